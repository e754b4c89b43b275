//! The envelope of every list: exactly `items`, `links`, `offset` and `limit`, and no total (docs/uptycs.md,
//! "Conventions").

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::uptycs::resource::Resource;

/// Which part of a list an envelope holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Slice {
    /// How many rows were left out before it.
    pub(crate) offset: u64,
    /// How many rows it may hold.
    pub(crate) limit: u64,
    /// Whether rows follow it.
    pub(crate) has_more: bool,
}

/// The links of a list. They are relative to the host and begin differently, as in captured answers.
pub(crate) fn links(customer: &str, resource: &Resource, slice: Slice) -> Vec<Value> {
    let path = resource.path;
    let mut links = vec![
        json!({
            "rel": "self", "title": resource.title,
            "href": format!("/public/api/customers/{customer}/{path}?"),
        }),
        json!({
            "rel": "parent", "title": "Customer information",
            "href": format!("/api/customers/{customer}"),
        }),
    ];
    if let Some((rel, title, path)) = resource.extra_link {
        links
            .push(json!({ "rel": rel, "title": title, "href": format!("/api/customers/{customer}/{path}") }));
    }
    if slice.has_more {
        let (limit, offset) = (slice.limit, slice.offset.saturating_add(slice.limit));
        links.push(json!({
            "rel": "next", "title": "Next page",
            "href": format!("/public/api/customers/{customer}/{path}?limit={limit}&offset={offset}"),
        }));
    }
    links
}

/// The answer; `items` is what stands between the brackets of the array.
pub(crate) fn envelope(customer: &str, resource: &Resource, slice: Slice, items: &str) -> Response {
    let links = Value::Array(links(customer, resource, slice));
    let Slice { offset, limit, .. } = slice;
    let body = format!("{{\"links\":{links},\"items\":[{items}],\"offset\":{offset},\"limit\":{limit}}}");
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    const RESOURCE: Resource = Resource {
        path: "alertRules",
        title: "Alert rules information",
        table: "",
        fields: &[],
        extra_link: None,
    };

    #[test]
    fn the_next_page_is_linked_while_there_is_one() {
        let slice = Slice { offset: 0, limit: 1, has_more: true };
        let next = links("cid", &RESOURCE, slice).pop().unwrap();
        assert_eq!(next["href"], "/public/api/customers/cid/alertRules?limit=1&offset=1");
        let last = links("cid", &RESOURCE, Slice { has_more: false, ..slice });
        assert!(last.iter().all(|link| link["rel"] != "next"));
    }
}
