//! Criteria in a query string: `incidentStatus.in=OPEN,IN_REVIEW`, `logDate.greaterThan=…`, `tagName.contains=…`.

use rusqlite::types::Value as Sql;

use crate::instant::UtcInstant;
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::Pageable;
use crate::utmstack::records::{Holds, Table};

/// The condition of a query string's pairs. What names no property or no operator is not a criterion, and is
/// passed over as Spring passes it over.
pub(crate) fn condition(table: &Table, pairs: &[(String, String)]) -> Result<(String, Vec<Sql>), Failure> {
    let mut texts = vec!["TRUE".to_owned()];
    let mut parameters = Vec::new();
    for (key, value) in pairs {
        let Some((name, operator)) = key.rsplit_once('.') else { continue };
        let Some((column, holds)) = table.column(name) else { continue };
        let one = |value: &str| read(key, value, holds);
        let text = match operator {
            "equals" => format!("{column} = ?"),
            "notEquals" => format!("{column} <> ?"),
            "greaterThan" => format!("{column} > ?"),
            "greaterThanOrEqual" | "greaterOrEqualThan" => format!("{column} >= ?"),
            "lessThan" => format!("{column} < ?"),
            "lessThanOrEqual" | "lessOrEqualThan" => format!("{column} <= ?"),
            "contains" | "doesNotContain" => {
                let not = if operator == "contains" { "" } else { "NOT " };
                texts.push(format!("{not}like_any_case({column}, ?)"));
                let literal = value.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
                parameters.push(Sql::from(format!("%{literal}%")));
                continue;
            }
            "specified" => {
                texts.push(format!("{column} IS {}NULL", if value == "true" { "NOT " } else { "" }));
                continue;
            }
            "in" | "notIn" => {
                let values: Vec<Sql> = value.split(',').map(one).collect::<Result<_, _>>()?;
                let marks = vec!["?"; values.len()].join(", ");
                texts.push(format!("{column} {}IN ({marks})", if operator == "in" { "" } else { "NOT " }));
                parameters.extend(values);
                continue;
            }
            _ => continue,
        };
        texts.push(text);
        parameters.push(one(value)?);
    }
    Ok((texts.join(" AND "), parameters))
}

/// The order of a list; `None` when it names what is no property, upon which the server fails.
pub(crate) fn order(table: &Table, pageable: &Pageable) -> Option<String> {
    let mut parts = Vec::new();
    for (name, downwards) in &pageable.sort {
        let (column, _) = table.column(name)?;
        parts.push(format!("{column}{}", if *downwards { " DESC" } else { "" }));
    }
    parts.push("id".to_owned());
    Some(parts.join(", "))
}

fn read(key: &str, value: &str, holds: Holds) -> Result<Sql, Failure> {
    let unreadable = || {
        Failure::bad_request(format!(
            "Failed to convert property value of type String for property '{key}': \"{value}\""
        ))
    };
    Ok(match holds {
        Holds::Text => Sql::from(value.to_owned()),
        Holds::Long => Sql::from(value.trim().parse::<i64>().map_err(|_| unreadable())?),
        Holds::Flag => Sql::from(i64::from(value == "true")),
        Holds::Instant => Sql::from(UtcInstant::parse(value).ok_or_else(unreadable)?.iso()),
    })
}
