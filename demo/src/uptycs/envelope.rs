//! The envelope of every list: exactly `items`, `links`, `offset` and `limit`, and no total (docs/uptycs.md,
//! "Conventions").

use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::{Value, json};

use crate::uptycs::resource::Resource;

/// `rel`, title and path of a link that only one resource has.
type ExtraLink = Option<(&'static str, &'static str, &'static str)>;

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
fn links(customer: &str, path: &str, title: &str, extra_link: ExtraLink, slice: Slice) -> Vec<Value> {
    let mut links = vec![
        json!({
            "rel": "self", "title": title,
            "href": format!("/public/api/customers/{customer}/{path}?"),
        }),
        json!({
            "rel": "parent", "title": "Customer information",
            "href": format!("/api/customers/{customer}"),
        }),
    ];
    if let Some((rel, title, path)) = extra_link {
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
    written(slice, links(customer, resource.path, &resource.title, resource.extra_link, slice), items)
}

/// The answer of a list without rows at a path.
pub(crate) fn empty(customer: &str, path: &str, slice: Slice) -> Response {
    written(slice, links(customer, path, "Information", None, slice), "")
}

fn written(slice: Slice, links: Vec<Value>, items: &str) -> Response {
    let links = Value::Array(links);
    let Slice { offset, limit, .. } = slice;
    let body = format!("{{\"links\":{links},\"items\":[{items}],\"offset\":{offset},\"limit\":{limit}}}");
    ([(header::CONTENT_TYPE, "application/json; charset=utf-8")], body).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_is_linked_while_there_is_one() {
        let slice = Slice { offset: 0, limit: 1, has_more: true };
        let next = links("cid", "alertRules", "", None, slice).pop().unwrap();
        assert_eq!(next["href"], "/public/api/customers/cid/alertRules?limit=1&offset=1");
        let last = links("cid", "alertRules", "", None, Slice { has_more: false, ..slice });
        assert!(last.iter().all(|link| link["rel"] != "next"));
    }
}
