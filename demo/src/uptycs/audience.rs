//! Which assets a statement is about (docs/uptycs.md, "queryJobs lifecycle", "Live query").

use std::sync::Arc;

use rusqlite::params_from_iter;
use rusqlite::types::Value as Sql;
use serde_json::{Map, Value, json};

use crate::demo::Demo;
use crate::instant::{DAY, UtcInstant};
use crate::uptycs::assets::ASSETS;
use crate::uptycs::failure::Failure;
use crate::uptycs::filter;
use crate::uptycs::sql::{Agents, Answerer, Realm, Span};

/// The agents of a realtime statement and the span of a timemachine one.
#[derive(Debug, Default)]
pub(crate) struct Audience {
    /// Who is asked.
    pub(crate) agents: Agents,
    /// What is looked at.
    pub(crate) span: Option<Span>,
}

/// Reads `filters`. A filter's value may be plain, as jobs have it, or an operation, as live queries have it.
pub(crate) async fn of(demo: &Arc<Demo>, realm: Realm, filters: Option<&Value>) -> Result<Audience, Failure> {
    let none = Map::new();
    let filters = match filters {
        None | Some(Value::Null) => &none,
        Some(Value::Object(filters)) => filters,
        Some(other) => {
            return Err(Failure::bad_request(format!("\"filters\" must be an object, but is {other}")));
        }
    };
    match realm {
        Realm::Global | Realm::Audit => Ok(Audience::default()),
        Realm::Realtime => {
            let agents = Agents::new(assets(demo, filters, true).await?);
            Ok(Audience { agents, span: None })
        }
        Realm::Timemachine => {
            let now = UtcInstant::now();
            let instant = |name: &str, default: UtcInstant| match filters.get(name) {
                None => Ok(default),
                Some(value) => value
                    .as_str()
                    .and_then(UtcInstant::parse)
                    .ok_or_else(|| Failure::bad_request(format!("\"{name}\" must be a valid date"))),
            };
            let (from, to) = (instant("from", now.plus(-DAY))?, instant("to", now)?);
            let is_narrow = filters.keys().any(|name| name != "from" && name != "to");
            let assets = if is_narrow {
                Some(assets(demo, filters, false).await?.into_iter().map(|asset| asset.id).collect())
            } else {
                None
            };
            Ok(Audience { agents: Agents::default(), span: Some(Span { from, to, assets }) })
        }
    }
}

/// The assets that meet the filters; those that are offline cannot answer.
async fn assets(
    demo: &Arc<Demo>,
    filters: &Map<String, Value>,
    only_live: bool,
) -> Result<Vec<Answerer>, Failure> {
    let mut known = Map::new();
    let mut tags = Vec::new();
    for (name, value) in filters {
        match name.as_str() {
            "from" | "to" => {}
            "assetTags" | "asset_tags" => tags.extend(texts(value)),
            name => {
                let operation = if value.is_object() { value.clone() } else { json!({ "equals": value }) };
                known.insert(json_name(name), operation);
            }
        }
    }
    let filter::Condition { sql, mut parameters } = filter::compile(&ASSETS, &known)?;
    let mut sql = format!(
        "SELECT asset.id, asset.host_name FROM asset JOIN asset_body USING (seq) WHERE ({sql}){}",
        if only_live { " AND asset.live" } else { "" }
    );
    for tag in tags {
        sql.push_str(" AND EXISTS (SELECT 1 FROM json_each(asset_body.body, '$.tags') WHERE value = ?)");
        parameters.push(Sql::from(tag));
    }
    sql.push_str(" ORDER BY asset.seq");
    let found = demo.uptycs.database.reading(move |db| {
        db.prepare(&sql)?
            .query_map(params_from_iter(parameters), |row| {
                Ok(Answerer { id: row.get(0)?, host_name: row.get(1)? })
            })?
            .collect()
    });
    Ok(found.await?)
}

/// Live queries name columns of SQL, jobs name fields of JSON.
fn json_name(name: &str) -> String {
    let mut parts = name.trim_start_matches('_').split('_');
    let mut joined = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let mut letters = part.chars();
        joined.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        joined.extend(letters);
    }
    joined
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(text) => vec![text.clone()],
        Value::Array(values) => values.iter().flat_map(texts).collect(),
        Value::Object(operations) => operations.values().flat_map(texts).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_become_names_of_fields() {
        for (name, expected) in
            [("host_name", "hostName"), ("_id", "id"), ("os", "os"), ("hostName", "hostName")]
        {
            assert_eq!(json_name(name), expected);
        }
    }
}
