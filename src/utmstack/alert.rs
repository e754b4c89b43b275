use super::alert_status::AlertStatus;
use crate::page::Page;
use crate::time::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An alert as any API version writes it: what decides is read, all that came is kept.
///
/// A field that is missing or of another type reads as absent; nothing is refused for it, and nothing is lost, since
/// [`Alert::field`] reaches whatever came (docs/utmstack.md, 4.2, 4.3, A.4).
///
/// ```
/// use triagekit::utmstack::{Alert, AlertStatus};
///
/// let v10 = Alert::read(br#"{"id":"a","status":2,"source":{"ip":"198.51.100.7"},"TagRulesApplied":[3]}"#).unwrap();
/// let v11 = Alert::read(br#"{"id":"a","status":2,"adversary":{"ip":"198.51.100.7"},"tagRulesApplied":[3]}"#).unwrap();
/// for alert in [v10, v11] {
///     assert_eq!(alert.status(), Some(AlertStatus::Open));
///     assert_eq!(alert.adversary().and_then(|side| side.ip()), Some("198.51.100.7"));
///     assert_eq!(alert.tag_rules_applied(), [3]);
/// }
/// ```
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Alert(Map<String, Value>);

/// One side of what happened: an address, a machine, a user.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Side<'a>(&'a Map<String, Value>);

/// The incident that an alert belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IncidentMark<'a> {
    /// The incident's id, which servers write as text.
    pub id: &'a str,
    /// Its name.
    pub name: &'a str,
}

/// The alerts of a page, and what was none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AlertPage {
    /// The alerts in their order.
    pub alerts: Vec<Alert>,
    /// The documents that are no objects, byte for byte.
    pub odd: Vec<Vec<u8>>,
}

impl AlertPage {
    /// Reads the rows of a page. A document that is no object is kept as it came, never fatal.
    pub fn of(page: &Page) -> Self {
        let mut read = Self::default();
        for row in &page.rows {
            match Alert::read(page.row(row)) {
                Ok(alert) => read.alerts.push(alert),
                Err(_) => read.odd.push(page.row(row).to_vec()),
            }
        }
        read
    }
}

impl Alert {
    /// Reads one document.
    ///
    /// # Errors
    ///
    /// The parser's error for what is no JSON object.
    pub fn read(document: &[u8]) -> Result<Self, serde_json::Error> {
        serde_json::from_slice(document)
    }

    /// Any field by its path, with dots between names.
    ///
    /// ```
    /// let alert = triagekit::utmstack::Alert::read(br#"{"impact":{"integrity":2}}"#).unwrap();
    /// assert_eq!(alert.field("impact.integrity").and_then(|value| value.as_u64()), Some(2));
    /// ```
    pub fn field(&self, path: &str) -> Option<&Value> {
        let mut names = path.split('.');
        let mut value = self.0.get(names.next()?)?;
        for name in names {
            value = value.get(name)?;
        }
        Some(value)
    }

    /// The whole document.
    pub const fn fields(&self) -> &Map<String, Value> {
        &self.0
    }

    /// Its id; `None` where the document has none, as in the samples of the vendor's pages.
    pub fn id(&self) -> Option<&str> {
        self.text("id")
    }

    /// When it was created.
    pub fn time(&self) -> Option<Timestamp> {
        self.text("@timestamp").and_then(Timestamp::parse)
    }

    /// What was found, in a line.
    pub fn name(&self) -> Option<&str> {
        self.text("name")
    }

    /// How far it is worked on; a code, the text of a code and a label are all read.
    pub fn status(&self) -> Option<AlertStatus> {
        self.code("status").and_then(AlertStatus::of_code).or_else(|| {
            self.text("status").or_else(|| self.text("statusLabel")).and_then(AlertStatus::of_label)
        })
    }

    /// How grave it is: 1 low, 2 medium, 3 high; the documented version goes to 5.
    pub fn severity(&self) -> Option<u64> {
        self.code("severity")
    }

    /// The tags.
    pub fn tags(&self) -> Vec<String> {
        let tags = self.field("tags").and_then(Value::as_array);
        tags.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// Whether it is tagged as a false positive, in either spelling.
    pub fn is_false_positive(&self) -> bool {
        self.tags().iter().any(|tag| is_false_positive_tag(tag))
    }

    /// The note. Servers store the text `null` where a note was emptied; that reads as none.
    pub fn note(&self) -> Option<&str> {
        self.text("notes").filter(|note| *note != "null")
    }

    /// What was written at the last change of status.
    pub fn observation(&self) -> Option<&str> {
        self.text("statusObservation").filter(|text| *text != "null")
    }

    /// The category, or the tactic where there is only that.
    pub fn category(&self) -> Option<&str> {
        self.text("category").or_else(|| self.text("tactic"))
    }

    /// The technique (version 11).
    pub fn technique(&self) -> Option<&str> {
        self.text("technique")
    }

    /// Who or what reported it.
    pub fn data_source(&self) -> Option<&str> {
        self.text("dataSource")
    }

    /// The attacker's side: `adversary` in version 11, `source` in version 10.
    pub fn adversary(&self) -> Option<Side<'_>> {
        self.side("adversary").or_else(|| self.side("source"))
    }

    /// The side that was attacked: `target` in version 11, `destination` in version 10.
    pub fn target(&self) -> Option<Side<'_>> {
        self.side("target").or_else(|| self.side("destination"))
    }

    /// The alert that this one repeats (version 11).
    pub fn parent_id(&self) -> Option<&str> {
        self.text("parentId")
    }

    /// How many repeats it has, where the search asked for that (version 11).
    pub fn echoes(&self) -> Option<u64> {
        self.code("echoes")
    }

    /// Whether it is stamped as part of an incident.
    pub fn is_incident(&self) -> bool {
        self.field("isIncident")
            .is_some_and(|value| value.as_bool() == Some(true) || value.as_str() == Some("true"))
    }

    /// The incident that it is stamped with.
    pub fn incident(&self) -> Option<IncidentMark<'_>> {
        if !self.is_incident() {
            return None;
        }
        let text = |path| self.field(path).and_then(Value::as_str).unwrap_or_default();
        Some(IncidentMark {
            id: text("incidentDetail.incidentId"),
            name: text("incidentDetail.incidentName"),
        })
    }

    /// The tag rules that met it, by their ids; two spellings of the field are in use.
    pub fn tag_rules_applied(&self) -> Vec<u64> {
        let of = |name| self.field(name).and_then(Value::as_array).filter(|list| !list.is_empty());
        let rules = of("TagRulesApplied").or_else(|| of("tagRulesApplied"));
        rules.into_iter().flatten().filter_map(Value::as_u64).collect()
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }

    /// A number, or the text of one.
    fn code(&self, name: &str) -> Option<u64> {
        let value = self.0.get(name)?;
        value.as_u64().or_else(|| value.as_str().and_then(|text| text.trim().parse().ok()))
    }

    fn side(&self, name: &str) -> Option<Side<'_>> {
        self.0.get(name).and_then(Value::as_object).filter(|side| !side.is_empty()).map(Side)
    }
}

impl<'a> Side<'a> {
    /// The address.
    pub fn ip(self) -> Option<&'a str> {
        self.text("ip")
    }

    /// The machine; the vendor's pages call it `hostname`.
    pub fn host(self) -> Option<&'a str> {
        self.text("host").or_else(|| self.text("hostname"))
    }

    /// The user.
    pub fn user(self) -> Option<&'a str> {
        self.text("user")
    }

    /// The country, wherever the version keeps it.
    pub fn country(self) -> Option<&'a str> {
        let nested = self.0.get("geolocation").and_then(|place| place.get("country")).and_then(Value::as_str);
        self.text("country").or(nested).filter(|text| !text.is_empty())
    }

    /// All that is known of it.
    pub const fn fields(self) -> &'a Map<String, Value> {
        self.0
    }

    fn text(self, name: &str) -> Option<&'a str> {
        self.0.get(name).and_then(Value::as_str).filter(|text| !text.is_empty())
    }
}

/// Two spellings of one tag are in use (docs/utmstack.md, 4.1 and A.2).
pub(super) fn is_false_positive_tag(tag: &str) -> bool {
    tag.eq_ignore_ascii_case("false positive")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_all_versions_read_alike_and_nothing_of_them_is_lost() {
        for (document, host, category) in [
            (
                r#"{"id":"a","status":5,"statusLabel":"Completed","destination":{"host":"dc-02","port":445},"category":"Access","new":[1,{"x":null}]}"#,
                Some("dc-02"),
                Some("Access"),
            ),
            (
                r#"{"id":"a","status":5,"target":{"host":"dc-02"},"category":"Access","parentId":"p","echoes":4}"#,
                Some("dc-02"),
                Some("Access"),
            ),
            (
                r#"{"status":"5","destination":{"ip":"192.0.2.1","hostname":"dc-02"},"tactic":"Access","TagRulesApplied":null}"#,
                Some("dc-02"),
                Some("Access"),
            ),
            (r#"{"status":"Completed","target":{},"tags":null}"#, None, None),
        ] {
            let alert = Alert::read(document.as_bytes()).expect("an object");
            assert_eq!(alert.status(), Some(AlertStatus::Completed), "{document}");
            assert_eq!(alert.target().and_then(Side::host), host, "{document}");
            assert_eq!(alert.category(), category, "{document}");
            let back: Value = serde_json::to_value(&alert).expect("JSON");
            assert_eq!(back, serde_json::from_str::<Value>(document).expect("JSON"));
        }
    }

    #[test]
    fn odd_fields_read_as_absent() {
        let document = br#"{"id":7,"status":4,"severity":"high","tags":"x","notes":"null","isIncident":1,"@timestamp":0,"source":[]}"#;
        let alert = Alert::read(document).expect("an object");
        assert_eq!(
            (alert.id(), alert.status(), alert.severity(), alert.note(), alert.time()),
            (None, None, None, None, None)
        );
        assert!(alert.tags().is_empty() && !alert.is_incident() && alert.adversary().is_none());
    }

    #[test]
    fn what_is_no_object_is_kept_beside_the_alerts() {
        let body = br#"[{"id":"a"},"odd",{"id":"b"},7]"#.to_vec();
        let rows = crate::page::Row { index: 0, bytes: 0..0, id: None };
        let places = [1..11, 12..17, 18..28, 29..30];
        let rows = places.map(|bytes| crate::page::Row { bytes, ..rows.clone() }).to_vec();
        let page = Page { body, rows, received: 4, offset: 0, limit: 4, links: Vec::new(), total: None };
        let read = AlertPage::of(&page);
        assert_eq!(read.alerts.iter().filter_map(Alert::id).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(read.odd, [br#""odd""#.to_vec(), b"7".to_vec()]);
    }
}
