use super::ask::Ask;
use super::client::Client;
use super::listing::Listing;
use super::spoken::Spoken;
use super::text;
use crate::error::Error;
use crate::http::Method;
use crate::machine::{Call, Machine};
use crate::retry::Safety;
use serde::{Deserialize, Serialize};
use serde_json::json;

const NAME: &str = "catalogue of tags";

/// A tag of the catalogue (docs/utmstack.md, 5.1). Alerts may have tags that are not in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Tag {
    /// Its id.
    pub id: u64,
    /// Its name, which no other has.
    pub tag_name: String,
    /// Its colour, such as `#f44336`.
    #[serde(default)]
    pub tag_color: Option<String>,
    /// Whether it is the system's own.
    #[serde(default)]
    pub system_owner: Option<bool>,
}

impl Client {
    /// Lists the catalogue, by name; each row is a [`Tag`]. With a text, those whose name contains it.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.1).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn tags(&self, containing: Option<&str>) -> Result<Machine<Spoken<Listing>>, Error> {
        let containing = containing.map(str::to_owned);
        self.real(NAME, move |_| {
            let mut call = Call::get("/api/utm-alert-tags", "listing the catalogue of tags");
            if let Some(text) = &containing {
                call = call.with("tagName.contains", text.as_str());
            }
            Ok(Listing::new(call.with("sort", "tagName,asc"), None))
        })
    }

    /// Puts a tag into the catalogue. A name that is taken ends the machine with `conflict`.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.1).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for a name that is not 1 to 50 characters or a colour of more than 15;
    /// [`Error::Unsupported`] for a name that alerts cannot be tagged with.
    pub fn create_tag(&self, name: &str, color: &str) -> Result<Machine<Spoken<Ask<Tag>>>, Error> {
        check(name, color)?;
        let body = json!({ "tagName": name.trim(), "tagColor": color });
        let name = name.to_owned();
        self.real(NAME, move |dialect| {
            text::check_tag(dialect, &name)?;
            let call =
                Call::write(Method::Post, "/api/utm-alert-tags", Safety::UnsafeWrite, "creating a tag");
            Ok(Ask::json(call.with_json(&body), "a tag"))
        })
    }

    /// Changes a tag of the catalogue. Alerts keep the name that they have.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.1).
    ///
    /// # Errors
    ///
    /// As [`Client::create_tag`].
    pub fn update_tag(&self, tag: &Tag) -> Result<Machine<Spoken<Ask<Tag>>>, Error> {
        check(&tag.tag_name, tag.tag_color.as_deref().unwrap_or_default())?;
        let tag = tag.clone();
        self.real(NAME, move |dialect| {
            text::check_tag(dialect, &tag.tag_name)?;
            let body = json!({
                "id": tag.id,
                "tagName": tag.tag_name,
                "tagColor": tag.tag_color,
                "systemOwner": tag.system_owner.unwrap_or(false),
            });
            let call =
                Call::write(Method::Put, "/api/utm-alert-tags", Safety::IdempotentWrite, "changing a tag");
            Ok(Ask::json(call.with_json(&body), "a tag"))
        })
    }

    /// Takes a tag out of the catalogue. Alerts keep it.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.1).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for the system's own tag, on which the server relies.
    pub fn delete_tag(&self, tag: &Tag) -> Result<Machine<Spoken<Ask<()>>>, Error> {
        if tag.system_owner == Some(true) {
            let message = format!("\"{}\" is the system's own tag: the server relies on it.", tag.tag_name);
            return Err(Error::InvalidArgument(message));
        }
        let path = format!("/api/utm-alert-tags/{}", tag.id);
        self.real(NAME, move |_| {
            let call = Call::write(Method::Delete, path.as_str(), Safety::IdempotentWrite, "deleting a tag");
            Ok(Ask::done(call))
        })
    }
}

fn check(name: &str, color: &str) -> Result<(), Error> {
    let length = name.trim().chars().count();
    if length == 0 || length > 50 {
        return Err(Error::InvalidArgument(format!(
            "A tag's name has 1 to 50 characters; this one has {length}."
        )));
    }
    if color.chars().count() > 15 {
        return Err(Error::InvalidArgument(
            "A tag's colour has at most 15 characters, such as #f44336.".to_owned(),
        ));
    }
    Ok(())
}
