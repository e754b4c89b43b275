//! A rule that tags alerts in their automatic review (docs/utmstack.md, 5.2).

use rusqlite::{Connection, Row, params};
use serde_json::{Value, json};

use crate::utmstack::body::Body;
use crate::utmstack::failure::Failure;

const OBJECT: &str = "alertTagRuleVM";

/// What a caller can say of a rule.
#[derive(Debug, Clone)]
pub(crate) struct TagRule {
    pub(crate) name: String,
    pub(crate) description: String,
    /// The filters, as they were sent.
    pub(crate) conditions: Value,
    /// The ids of the tags.
    pub(crate) tags: Vec<i64>,
}

impl TagRule {
    /// Reads a rule; of its tags only the ids count.
    pub(crate) fn read(body: &Body) -> Result<Self, Failure> {
        let not_null = |field: &'static str| Failure::invalid(OBJECT, field, "must not be null");
        let name = body.text("name")?.ok_or_else(|| not_null("name"))?;
        let description = body.text("description")?.ok_or_else(|| not_null("description"))?;
        let conditions = body.list("conditions")?.filter(|list| !list.is_empty());
        let conditions =
            conditions.ok_or_else(|| Failure::invalid(OBJECT, "conditions", "must not be empty"))?;
        let tags = body.list("tags")?.filter(|list| !list.is_empty());
        let tags = tags.ok_or_else(|| Failure::invalid(OBJECT, "tags", "must not be empty"))?;
        let ids = tags.iter().map(|tag| Ok(Body::of(tag)?.int("id")?.unwrap_or(0)));
        Ok(Self {
            name,
            description,
            conditions: Value::from(conditions),
            tags: ids.collect::<Result<_, Failure>>()?,
        })
    }

    /// Writes a new rule, which is active, and gives its id.
    pub(crate) fn insert(&self, db: &Connection, login: &str, at: &str) -> rusqlite::Result<i64> {
        db.execute(
            "INSERT INTO alert_tag_rule (rule_name, rule_description, rule_conditions, rule_applied_tags, rule_active,
                rule_deleted, created_by, created_date, last_modified_by, last_modified_date)
             VALUES (?1, ?2, ?3, ?4, 1, 0, ?5, ?6, ?5, ?6)",
            params![
                self.name,
                self.description,
                self.conditions.to_string(),
                json!(self.tags).to_string(),
                login,
                at
            ],
        )?;
        Ok(db.last_insert_rowid())
    }

    /// Changes what a caller can change; whether it is active stays as it is.
    pub(crate) fn update(&self, db: &Connection, id: i64, login: &str, at: &str) -> rusqlite::Result<()> {
        db.execute(
            "UPDATE alert_tag_rule SET rule_name = ?, rule_description = ?, rule_conditions = ?,
                rule_applied_tags = ?, last_modified_by = ?, last_modified_date = ? WHERE id = ?",
            params![
                self.name,
                self.description,
                self.conditions.to_string(),
                json!(self.tags).to_string(),
                login,
                at,
                id
            ],
        )
        .map(|_| ())
    }
}

/// A rule as the API shows it, with its tags as they are now.
pub(crate) fn shown(db: &Connection, row: &Row<'_>) -> rusqlite::Result<Value> {
    let text = |column: &str| row.get::<_, String>(column);
    let parsed = |text: String| serde_json::from_str::<Value>(&text).unwrap_or_default();
    let mut tags = db.prepare_cached(
        "SELECT json_object('id', id, 'tagName', tag_name, 'tagColor', tag_color,
            'systemOwner', json(iif(system_owner, 'true', 'false')))
         FROM alert_tag WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
    )?;
    let tags = tags
        .query_map([text("rule_applied_tags")?], |tag| tag.get::<_, String>(0))?
        .map(|tag| tag.map(parsed))
        .collect::<rusqlite::Result<Vec<_>>>()?;
    Ok(json!({
        "id": row.get::<_, i64>("id")?,
        "name": text("rule_name")?,
        "description": text("rule_description")?,
        "conditions": parsed(text("rule_conditions")?),
        "tags": tags,
        "active": row.get::<_, bool>("rule_active")?,
        "deleted": row.get::<_, bool>("rule_deleted")?,
        "createdBy": text("created_by")?,
        "createdDate": text("created_date")?,
        "lastModifiedBy": text("last_modified_by")?,
        "lastModifiedDate": text("last_modified_date")?,
    }))
}
