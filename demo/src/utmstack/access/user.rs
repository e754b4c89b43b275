//! The people who may log in.

use rusqlite::{Connection, OptionalExtension as _, Row, params};
use serde_json::{Value, json};

use crate::utmstack::vendor::{PASSWORD, USERNAME};

/// When the demo's users came to be.
const CREATED: &str = "2025-01-15T09:00:00Z";

/// Login, first name, last name, roles, and by which way a second factor comes: by mail, or not set up yet.
type Person = (&'static str, &'static str, &'static str, &'static str, Option<&'static str>);

const PEOPLE: &[Person] = &[
    (USERNAME, "Administrator", "Administrator", "ROLE_ADMIN,ROLE_USER", Some("EMAIL")),
    ("user", "User", "User", "ROLE_USER", None),
    ("demo", "Demo", "Demo", "ROLE_ADMIN,ROLE_USER", Some("EMAIL")),
    ("i.petrov", "Иван", "Петров", "ROLE_USER", Some("EMAIL")),
    ("m.schroeder", "Märta", "O'Schröder", "ROLE_USER", Some("EMAIL")),
];

/// A row of the users.
#[derive(Debug, Clone)]
pub(crate) struct User {
    pub(crate) login: String,
    pub(crate) password: String,
    pub(crate) authorities: String,
    pub(crate) tfa_method: Option<String>,
    /// The record as the API shows it.
    pub(crate) record: Value,
}

impl User {
    /// The user of a login.
    pub(crate) fn of_login(db: &Connection, login: &str) -> rusqlite::Result<Option<Self>> {
        db.query_row("SELECT * FROM app_user WHERE login = ?", [login], Self::of_row).optional()
    }

    /// All users by their ids.
    pub(crate) fn all(db: &Connection) -> rusqlite::Result<Vec<Self>> {
        db.prepare("SELECT * FROM app_user ORDER BY id")?.query_map([], Self::of_row)?.collect()
    }

    fn of_row(row: &Row<'_>) -> rusqlite::Result<Self> {
        let text = |column: &str| row.get::<_, Option<String>>(column);
        let authorities: String = row.get("authorities")?;
        let record = json!({
            "id": row.get::<_, i64>("id")?,
            "login": text("login")?,
            "firstName": text("first_name")?,
            "lastName": text("last_name")?,
            "email": text("email")?,
            "imageUrl": "",
            "activated": true,
            "langKey": text("lang_key")?,
            "createdBy": "system",
            "createdDate": text("created_date")?,
            "lastModifiedBy": text("last_modified_by")?,
            "lastModifiedDate": text("last_modified_date")?,
            "authorities": authorities.split(',').collect::<Vec<_>>(),
            "tfaSecret": Value::Null,
        });
        Ok(Self {
            login: row.get("login")?,
            password: row.get("password")?,
            authorities,
            tfa_method: row.get("tfa_method")?,
            record,
        })
    }
}

/// Writes the users that are there from the start.
pub(crate) fn fill_users(db: &Connection) -> rusqlite::Result<()> {
    let mut statement = db.prepare(
        "INSERT INTO app_user (login, password, first_name, last_name, email, lang_key, authorities, tfa_method,
            created_date, last_modified_by, last_modified_date) VALUES (?, ?, ?, ?, ?, 'en', ?, ?, ?, 'system', ?)",
    )?;
    for (login, first, last, authorities, method) in PEOPLE {
        let email = format!("{login}@example.com");
        statement.execute(params![
            login,
            PASSWORD,
            first,
            last,
            email,
            authorities,
            method,
            CREATED,
            CREATED
        ])?;
    }
    Ok(())
}
