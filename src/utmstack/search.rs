use super::dialect::Dialect;
use super::filter::{Filter, compile, sort_order};
use crate::error::Error;
use crate::machine::Call;
use crate::page::NumberedPages;
use crate::time::{Timestamp, parse_duration};
use serde_json::Value;

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
    /// Further conditions, all of which must hold.
    pub filters: Vec<Filter>,
    /// How many rows to give at the most; all of them for `None`.
    pub limit: Option<u64>,
    /// How many rows a request asks for, 1 to 2,000.
    pub page_size: u64,
    /// Order, as `field,asc` or `field,desc`; newest first where there is none. Text is ordered by its `.keyword`,
    /// which is added where it is missing. The documented version takes one order only: the first.
    pub sort: Vec<String>,
    /// Whether each row tells how many echoes it has, as `hasChildren` and `echoes` (version 11 only).
    pub include_children: bool,
}

impl Default for SearchOptions {
    fn default() -> Self {
        Self {
            range: TimeRange::default(),
            filters: Vec::new(),
            limit: None,
            page_size: LARGEST_PAGE,
            sort: Vec::new(),
            include_children: false,
        }
    }
}

impl SearchOptions {
    /// The walk over all alerts that these options ask for.
    pub(super) fn pages(&self, dialect: Dialect, now: Timestamp) -> Result<NumberedPages, Error> {
        let mut call = self.call(dialect, now, "searching alerts")?;
        let by_time = "@timestamp,desc".to_owned();
        let orders = match (self.sort.is_empty(), dialect.is_real()) {
            (true, false) => vec![by_time],
            // Ties of the instant are broken by the id, without which equal instants may change places between pages.
            (true, true) => vec![by_time, "id.keyword,desc".to_owned()],
            (false, true) => self.sort.clone(),
            (false, false) => self.sort.iter().take(1).cloned().collect(),
        };
        for order in &orders {
            call = call.with("sort", sort_order(order, dialect.is_real()));
        }
        if self.include_children {
            if dialect != Dialect::V11 {
                return Err(Error::Unsupported(format!(
                    "{dialect} has no echoes: repeats of an alert are counted only by API version 11. \
                     Search without children."
                )));
            }
            call = call.with("includeChildren", "true");
        }
        Ok(NumberedPages::new(call, self.page_size, self.limit))
    }

    /// The search itself, without pages.
    pub(super) fn call(&self, dialect: Dialect, now: Timestamp, doing: &'static str) -> Result<Call, Error> {
        let filters = self.wire(dialect, now)?;
        let call = Call::post_read("/api/elasticsearch/search", Value::Array(filters).to_string(), doing);
        Ok(call.with("indexPattern", dialect.alert_index()))
    }

    /// The conditions as a version takes them, the bound in time among them.
    pub(super) fn wire(&self, dialect: Dialect, now: Timestamp) -> Result<Vec<Value>, Error> {
        let until = self.range.until.unwrap_or(now);
        let since = self.range.since.unwrap_or_default();
        let between = Filter::between("@timestamp", since.to_string(), until.to_string());
        let mut filters = between.compile(dialect)?;
        filters.extend(compile(&self.filters, dialect)?);
        Ok(filters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::{Intent, Payload, Procedure};
    use serde_json::json;

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-21T12:00:00Z").expect("an instant")
    }

    #[test]
    fn a_search_is_bounded_by_its_own_instant_and_sorted_without_ties() {
        let range = TimeRange::parse(Some("7d"), None, now()).expect("a range");
        let mut pages =
            SearchOptions { range, ..SearchOptions::default() }.pages(Dialect::V10, now()).expect("pages");
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
        let options =
            SearchOptions { filters: vec![json!({"status": 2}).into()], ..SearchOptions::default() };
        assert!(options.pages(Dialect::V10, now()).is_err());
    }

    /// The query of the first request.
    fn query(options: &SearchOptions, dialect: Dialect) -> Vec<(String, String)> {
        match options.pages(dialect, now()).expect("pages").next(now()) {
            Ok(Intent::Call(call)) => call.query,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_version_gets_its_index_and_orders_that_it_takes() {
        let options = SearchOptions {
            sort: vec!["name,asc".to_owned(), "severity,desc".to_owned()],
            ..SearchOptions::default()
        };
        for (dialect, index, sorts) in [
            (Dialect::V10, "alert-*", vec!["name.keyword,asc", "severity,desc"]),
            (Dialect::V11, "v11-alert-*", vec!["name.keyword,asc", "severity,desc"]),
            (Dialect::Documented, "alert-*", vec!["name,asc"]),
        ] {
            let query = query(&options, dialect);
            let of = |wanted: &str| -> Vec<&str> {
                query.iter().filter(|(name, _)| name == wanted).map(|(_, value)| value.as_str()).collect()
            };
            assert_eq!((of("indexPattern"), of("sort")), (vec![index], sorts));
        }
    }

    #[test]
    fn echoes_are_counted_by_version_11_and_refused_by_the_others() {
        let options = SearchOptions { include_children: true, ..SearchOptions::default() };
        assert!(query(&options, Dialect::V11).contains(&("includeChildren".to_owned(), "true".to_owned())));
        assert_eq!(
            options.pages(Dialect::V10, now()).map_err(|error| error.code()).err(),
            Some("unsupported")
        );
    }
}
