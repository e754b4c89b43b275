use super::client::Client;
use super::listing::Listing;
use super::spoken::Spoken;
use crate::error::Error;
use crate::machine::{Call, Machine};
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};

/// What is listed of the history of alerts; what is not given does not matter.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HistoryQuery {
    /// One alert's.
    pub alert_id: Option<String>,
    /// One kind of action: `UPDATE_STATUS`, `UPDATE_TAGS`, `UPDATE_NOTES`, `UPDATE_SOLUTION` or `MARK_AS_INCIDENT`.
    pub action: Option<String>,
    /// After this instant.
    pub since: Option<Timestamp>,
    /// How many entries to give at the most.
    pub limit: Option<u64>,
}

/// An entry of an alert's history (docs/utmstack.md, 5.3).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
#[derive(Default)]
pub struct AlertLog {
    /// The entry's id.
    pub id: Option<u64>,
    /// The alert.
    pub alert_id: Option<String>,
    /// Who did it.
    pub log_user: Option<String>,
    /// When, as the server writes it.
    pub log_date: Option<String>,
    /// What was done.
    pub log_action: Option<String>,
    /// The alert before, as JSON text.
    pub log_old_value: Option<String>,
    /// The alert afterwards, as JSON text.
    pub log_new_value: Option<String>,
    /// The same in words, which may hold `<br>`.
    pub log_message: Option<String>,
}

impl AlertLog {
    /// The words, line by line. They are the vendor's and may hold anything that a user typed: text, never HTML.
    ///
    /// ```
    /// let log = triagekit::utmstack::AlertLog {
    ///     log_message: Some("The ada user updated the alert notes with: <br>Asked Jim".to_owned()),
    ///     ..Default::default()
    /// };
    /// assert_eq!(log.lines(), ["The ada user updated the alert notes with:", "Asked Jim"]);
    /// ```
    pub fn lines(&self) -> Vec<String> {
        let message = self.log_message.as_deref().unwrap_or_default();
        let message = message.replace("<br/>", "<br>").replace("<br />", "<br>");
        message.split("<br>").map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
    }

    /// When it was done.
    pub fn time(&self) -> Option<Timestamp> {
        self.log_date.as_deref().and_then(Timestamp::parse)
    }
}

impl Client {
    /// Lists what was done with alerts, newest first; each row is an [`AlertLog`].
    ///
    /// Evidence: attested (docs/utmstack.md, 5.3). Of a change to many alerts at once only the first 10 are recorded,
    /// and what the server does by itself mostly is not.
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn alert_history(&self, query: &HistoryQuery) -> Result<Machine<Spoken<Listing>>, Error> {
        let query = query.clone();
        self.real("history of alerts", move |_| {
            let mut call = Call::get("/api/utm-alert-logs", "listing the history of alerts");
            if let Some(id) = &query.alert_id {
                call = call.with("alertId.equals", id.as_str());
            }
            if let Some(action) = &query.action {
                call = call.with("logAction.equals", action.as_str());
            }
            if let Some(since) = query.since {
                call = call.with("logDate.greaterThan", since.to_string());
            }
            Ok(Listing::new(call.with("sort", "logDate,desc"), query.limit))
        })
    }
}
