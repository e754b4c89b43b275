//! `GET /api/alert-tag-rules`: plain parameters instead of criteria, and a native query, so that it is sorted by the
//! names of columns (docs/utmstack.md, 5.2).

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::response::Response;
use rusqlite::types::Value as Sql;
use rusqlite::{Connection, params_from_iter};
use serde_json::Value;

use crate::demo::Demo;
use crate::utmstack::catalogue::tag_rule::shown;
use crate::utmstack::failure::Failure;
use crate::utmstack::pageable::{Pageable, parameter};
use crate::utmstack::paged::page_of;

const PLACE: &str = "AlertTagRuleResource.getAlertTagRules";
const COLUMNS: &[&str] = &[
    "id",
    "rule_name",
    "rule_description",
    "rule_active",
    "rule_deleted",
    "created_by",
    "created_date",
    "last_modified_by",
    "last_modified_date",
];

/// The rules, paged from 0.
pub(crate) async fn tag_rules(
    State(demo): State<Arc<Demo>>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Result<Response, Failure> {
    let pageable = Pageable::of(&pairs);
    let mut order: Vec<String> = Vec::new();
    for (column, downwards) in &pageable.sort {
        if !COLUMNS.contains(&column.as_str()) {
            return Err(Failure::internal(PLACE, &format!("column \"{column}\" does not exist")));
        }
        order.push(format!("{column}{}", if *downwards { " DESC" } else { "" }));
    }
    order.push("id".to_owned());
    let (condition, parameters) = condition(&pairs);
    let (size, from) = (pageable.size, pageable.page.saturating_mul(pageable.size));
    let page = demo.utmstack.database.reading(move |db| {
        let count = format!("SELECT count(*) FROM alert_tag_rule WHERE {condition}");
        let total: i64 = db.query_row(&count, params_from_iter(&parameters), |row| row.get(0))?;
        let sql = format!(
            "SELECT * FROM alert_tag_rule WHERE {condition} ORDER BY {} LIMIT {size} OFFSET {from}",
            order.join(", ")
        );
        Ok((total, rules(db, &sql, &parameters)?))
    });
    let (total, rules) = page.await.map_err(|error| Failure::internal(PLACE, &error.to_string()))?;
    Ok(page_of("/api/alert-tag-rules", &pageable, total, Value::from(rules).to_string()))
}

fn condition(pairs: &[(String, String)]) -> (String, Vec<Sql>) {
    let mut texts = vec!["TRUE".to_owned()];
    let mut parameters = Vec::new();
    let given = |name: &str| parameter(pairs, name).filter(|value| !value.is_empty()).map(str::to_owned);
    let contains = "instr(lower(element.value ->> '$.{}'), lower(?))";
    for (name, text) in [
        ("id", "id = CAST(? AS INTEGER)".to_owned()),
        ("name", "instr(lower(rule_name), lower(?))".to_owned()),
        ("conditionField", in_conditions(&contains.replace("{}", "field"))),
        ("conditionValue", in_conditions(&contains.replace("{}", "value"))),
        ("ruleActive", "rule_active = (? = 'true')".to_owned()),
        ("ruleDeleted", "rule_deleted = (? = 'true')".to_owned()),
    ] {
        if let Some(value) = given(name) {
            texts.push(text);
            parameters.push(Sql::from(value));
        }
    }
    if let Some(ids) = given("tagIds") {
        texts.push(
            "EXISTS (SELECT 1 FROM json_each(rule_applied_tags) AS tag
                WHERE instr(',' || ? || ',', ',' || tag.value || ','))"
                .to_owned(),
        );
        parameters.push(Sql::from(ids));
    }
    (texts.join(" AND "), parameters)
}

fn in_conditions(condition: &str) -> String {
    format!("EXISTS (SELECT 1 FROM json_each(rule_conditions) AS element WHERE {condition})")
}

fn rules(db: &Connection, sql: &str, parameters: &[Sql]) -> rusqlite::Result<Vec<Value>> {
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map(params_from_iter(parameters), |row| shown(db, row))?;
    rows.collect()
}
