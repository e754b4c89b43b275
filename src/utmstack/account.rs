use super::ask::Ask;
use super::client::Client;
use super::spoken::Spoken;
use crate::error::Error;
use crate::machine::{Call, Machine};
use serde::{Deserialize, Serialize};

/// A user of the server. Secrets that the server gives with it are not read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User {
    /// The id.
    #[serde(default)]
    pub id: Option<u64>,
    /// The name that the user signs in with.
    pub login: String,
    /// The first name.
    #[serde(default)]
    pub first_name: Option<String>,
    /// The last name.
    #[serde(default)]
    pub last_name: Option<String>,
    /// The e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Whether the user may sign in.
    #[serde(default)]
    pub activated: Option<bool>,
    /// The roles, such as `ROLE_ADMIN`.
    #[serde(default)]
    pub authorities: Option<Vec<String>>,
}

impl Client {
    /// Reads who is signed in.
    ///
    /// Evidence: attested (docs/utmstack.md, 2.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn account(&self) -> Result<Machine<Spoken<Ask<User>>>, Error> {
        self.real("account", |_| {
            Ok(Ask::json(Call::get("/api/account", "reading the account"), "an account"))
        })
    }

    /// Lists the users, up to 1,000, such as for giving an incident to one.
    ///
    /// Evidence: attested (docs/utmstack.md, 2.4).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn users(&self) -> Result<Machine<Spoken<Ask<Vec<User>>>>, Error> {
        self.real("list of users", |_| {
            let call = Call::get("/api/users", "listing users").with("size", "1000");
            Ok(Ask::json(call, "a JSON array of users"))
        })
    }
}
