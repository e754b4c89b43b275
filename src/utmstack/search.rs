use super::filter::{Filter, Operator};
use crate::error::Error;
use crate::machine::Call;
use crate::page::NumberedPages;
use crate::time::{Timestamp, parse_duration};
use serde_json::{Value, json};

/// The index pattern of alerts in version 10 (docs/utmstack.md, 4.1).
const ALERTS_V10: &str = "alert-*";
const LARGEST_PAGE: u64 = 2_000;

/// The time that a search looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TimeRange {
    /// The first instant; the beginning of time for `None`.
    pub since: Option<Timestamp>,
    /// The last instant; the instant of the call for `None`, so that later alerts move no page.
    pub until: Option<Timestamp>,
}

impl TimeRange {
    /// Reads `since` and `until` as people write them: `7d`, `24h`, or an instant.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for what is neither, and for an end before the beginning.
    ///
    /// ```
    /// use triagekit::{utmstack::TimeRange, Timestamp};
    ///
    /// let now = Timestamp::parse("2026-11-21T00:00:00Z").unwrap();
    /// let week = TimeRange::parse(Some("7d"), None, now).unwrap();
    /// assert_eq!(week.since, Timestamp::parse("2026-11-14T00:00:00Z"));
    /// assert!(TimeRange::parse(Some("last week"), None, now).is_err());
    /// ```
    pub fn parse(since: Option<&str>, until: Option<&str>, now: Timestamp) -> Result<Self, Error> {
        let since = since.map(|text| instant("since", text, now)).transpose()?;
        let until = until.map(|text| instant("until", text, now)).transpose()?;
        if let (Some(since), Some(until)) = (since, until.or(Some(now)))
            && until < since
        {
            return Err(Error::InvalidArgument(format!(
                "The time range ends ({until}) before it begins ({since})."
            )));
        }
        Ok(Self { since, until })
    }
}

fn instant(name: &str, text: &str, now: Timestamp) -> Result<Timestamp, Error> {
    parse_duration(text).map(|length| now.before(length)).or_else(|| Timestamp::parse(text)).ok_or_else(|| {
        let shown: String = text.chars().take(40).collect();
        Error::InvalidArgument(format!(
            "{name} is {shown:?}, where a length of time such as 24h or 7d, or an instant such as 2026-11-21T08:00:00Z, is expected."
        ))
    })
}

/// What a search for alerts asks for.
#[derive(Debug, Clone, PartialEq)]
pub struct SearchOptions {
    /// The time that is looked at.
    pub range: TimeRange,
    /// Further conditions, as the server takes them: `{"field":…,"operator":…,"value":…}`.
    pub filters: Vec<Value>,
    /// How many rows to give at the most; all of them for `None`.
    pub limit: Option<u64>,
    /// How many rows a request asks for, 1 to 2,000.
    pub page_size: u64,
    /// Order, as `field,asc` or `field,desc`; newest first where there is none.
    pub sort: Vec<String>,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            range: TimeRange::default(),
            filters: Vec::new(),
            limit: None,
            page_size: LARGEST_PAGE,
            sort: Vec::new(),
        }
    }
}

impl SearchOptions {
    /// The walk over all alerts that these options ask for.
    pub(super) fn pages(&self, now: Timestamp) -> Result<NumberedPages, Error> {
        let mut call = self.call(now, "searching alerts")?;
        if self.sort.is_empty() {
            // Ties of the instant are broken by the id, without which equal instants may change places between pages.
            call = call.with("sort", "@timestamp,desc").with("sort", "id.keyword,desc");
        }
        for sort in &self.sort {
            call = call.with("sort", sort);
        }
        Ok(NumberedPages::new(call, self.page_size, self.limit))
    }

    /// The search itself, without pages.
    pub(super) fn call(&self, now: Timestamp, doing: &'static str) -> Result<Call, Error> {
        let until = self.range.until.unwrap_or(now);
        let since = self.range.since.unwrap_or_default();
        let between =
            Filter::new("@timestamp", Operator::IsBetween, json!([since.to_string(), until.to_string()]));
        let between = serde_json::to_value(between)
            .map_err(|_| Error::InvalidArgument("The time range cannot be written as JSON.".to_owned()))?;
        let mut filters = vec![between];
        for filter in &self.filters {
            let is_filter = filter.get("field").is_some_and(Value::is_string)
                && filter.get("operator").is_some_and(Value::is_string);
            if !is_filter {
                return Err(Error::InvalidArgument(
                    "A filter is an object with \"field\", \"operator\" and \"value\", such as \
                     {\"field\":\"status\",\"operator\":\"IS\",\"value\":2}."
                        .to_owned(),
                ));
            }
            filters.push(filter.clone());
        }
        let call = Call::post_read("/api/elasticsearch/search", Value::Array(filters).to_string(), doing);
        Ok(call.with("indexPattern", ALERTS_V10))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Intent, Payload, Procedure};

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-21T12:00:00Z").expect("an instant")
    }

    #[test]
    fn a_search_is_bounded_by_its_own_instant_and_sorted_without_ties() {
        let range = TimeRange::parse(Some("7d"), None, now()).expect("a range");
        let mut pages = SearchOptions { range, ..SearchOptions::default() }.pages(now()).expect("pages");
        let Ok(Intent::Call(call)) = pages.next(now()) else { panic!("a call") };
        let Payload::Json(body) = &call.payload else { panic!("a body") };
        assert_eq!(
            body,
            r#"[{"field":"@timestamp","operator":"IS_BETWEEN","value":["2026-11-14T12:00:00.000Z","2026-11-21T12:00:00.000Z"]}]"#
        );
        let sorts: Vec<_> =
            call.query.iter().filter(|(name, _)| name == "sort").map(|(_, value)| value.as_str()).collect();
        assert_eq!(sorts, ["@timestamp,desc", "id.keyword,desc"]);
    }

    #[test]
    fn a_range_that_ends_before_it_begins_is_refused() {
        assert!(TimeRange::parse(Some("1d"), Some("2d"), now()).is_err());
        assert!(TimeRange::parse(Some("2d"), Some("1d"), now()).is_ok());
    }

    #[test]
    fn a_filter_of_another_shape_is_refused_before_it_is_sent() {
        let options = SearchOptions { filters: vec![json!({"status": 2})], ..SearchOptions::default() };
        assert!(options.pages(now()).is_err());
    }
}
