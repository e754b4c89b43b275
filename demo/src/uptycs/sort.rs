//! The parameter `sort`: `field:asc` or `field:desc` (docs/uptycs.md, "Conventions").

use crate::uptycs::failure::Failure;
use crate::uptycs::resource::Resource;

/// The order in SQL. Without `sort` rows come as they were made, and so do ties.
pub(crate) fn parse(resource: &Resource, text: Option<&str>) -> Result<String, Failure> {
    let mut orders = Vec::new();
    for part in text.unwrap_or_default().split(',').map(str::trim).filter(|part| !part.is_empty()) {
        let (name, direction) = part.split_once(':').unwrap_or((part, "asc"));
        let field = resource.field(name).ok_or_else(|| {
            Failure::bad_request(format!("{} cannot be sorted by \"{name}\"", resource.path))
        })?;
        let direction = match direction.to_ascii_lowercase().as_str() {
            "asc" => "ASC",
            "desc" => "DESC",
            _ => return Err(Failure::bad_request(format!("\"{part}\" must end with :asc or :desc"))),
        };
        orders.push(format!("{} {direction}", field.sql));
    }
    // Ties follow the direction of the last field, so that an index serves the whole order.
    let downwards = orders.last().is_some_and(|order| order.ends_with("DESC"));
    orders.push(format!("{}.seq {}", resource.table, if downwards { "DESC" } else { "ASC" }));
    Ok(orders.join(", "))
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::uptycs::resource::{Field, Kind};

    static RESOURCE: Resource = Resource {
        path: "things",
        title: Cow::Borrowed(""),
        table: "thing",
        fields: Cow::Borrowed(&[Field::new("alertTime", "alert_time", Kind::Instant)]),
        plain: &[],
        extra_link: None,
    };

    #[test]
    fn an_order_ends_with_the_order_of_making() {
        assert_eq!(parse(&RESOURCE, None).unwrap(), "thing.seq ASC");
        assert_eq!(parse(&RESOURCE, Some("alertTime:desc")).unwrap(), "alert_time DESC, thing.seq DESC");
    }

    #[test]
    fn unknown_fields_and_directions_are_refused() {
        assert!(parse(&RESOURCE, Some("color:asc")).is_err());
        assert!(parse(&RESOURCE, Some("alertTime:up")).is_err());
    }
}
