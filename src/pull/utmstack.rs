use super::source::{Answer, PageQuery, Partition, Source, TimedRow};
use super::timed::time_of;
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Channel};
use crate::page::read_array;
use crate::platform::Platform;
use serde_json::{Value, json};

const TIME: &str = "@timestamp";
/// What the server cuts larger wishes to (docs/utmstack.md, 1.1).
const LARGEST_PAGE: u64 = 2_000;
/// Prefixes of at most this many digits: 16^8 parts hold any instant.
const DEEPEST: u32 = 8;
/// Fields that people change while a pull runs: a filter on one of them moves rows in and out of it.
const MUTABLE: [&str; 8] = [
    "status",
    "statusLabel",
    "statusObservation",
    "tags",
    "notes",
    "isIncident",
    "incidentDetail",
    "assetGroupName",
];

/// The alerts of a UTMStack instance, or any other index pattern with `@timestamp`.
#[derive(Debug, Clone)]
pub struct UtmstackSource {
    channel: Channel,
    index_pattern: String,
    filters: Vec<Value>,
}

impl UtmstackSource {
    /// The documents of an index pattern, with further filters as the server takes them.
    pub(crate) fn new(channel: &Channel, index_pattern: String, filters: Vec<Value>) -> Self {
        Self { channel: channel.clone(), index_pattern, filters }
    }
}

impl Source for UtmstackSource {
    fn platform(&self) -> Platform {
        Platform::Utmstack
    }

    fn channel(&self) -> &Channel {
        &self.channel
    }

    fn largest_page(&self) -> u64 {
        LARGEST_PAGE
    }

    fn call(&self, query: &PageQuery) -> Call {
        // Both ends of IS_BETWEEN are included. Documents carry finer fractions than milliseconds, so the last
        // millisecond reaches up to the end of the window.
        let between = [query.window.from.to_string(), query.window.to.to_string()];
        let mut filters = vec![json!({ "field": TIME, "operator": "IS_BETWEEN", "value": between })];
        filters.extend(self.filters.iter().cloned());
        filters.extend(
            query.partition.conditions.iter().filter_map(|condition| serde_json::from_str(condition).ok()),
        );
        let order = if query.is_newest_first { "desc" } else { "asc" };
        Call::post_read("/api/elasticsearch/search", Value::Array(filters).to_string(), "pulling alerts")
            .with("indexPattern", &self.index_pattern)
            .with("sort", format!("{TIME},{order}"))
            .with("sort", format!("id.keyword,{order}"))
            .with("top", "10000")
            .with("page", "1")
            .with("size", query.size.to_string())
    }

    fn read(&self, query: &PageQuery, response: Response) -> Result<Answer, Error> {
        let rows = read_array(&response.body).map_err(|cause| {
            let expected = "a JSON array of documents";
            Unexpected::body(Platform::Utmstack, "pulling alerts", &response, expected, &cause)
        })?;
        let is_cut = u64::try_from(rows.len()).is_ok_and(|came| came >= query.size.min(LARGEST_PAGE));
        let rows = rows.into_iter().map(|row| {
            let at = response.body.get(row.bytes.clone()).and_then(|bytes| time_of(bytes, TIME));
            TimedRow { row, at }
        });
        let rows = rows.collect();
        Ok(Answer { rows, is_cut, body: response.body })
    }

    /// By severity first, then by the digits of the id.
    fn split(&self, partition: &Partition) -> Vec<Partition> {
        let with = |condition: Value| {
            let mut conditions = partition.conditions.clone();
            // A longer prefix takes the place of the shorter one.
            if partition.depth > 1 {
                conditions.pop();
            }
            conditions.push(condition.to_string());
            Partition { conditions, depth: partition.depth + 1 }
        };
        if partition.depth == 0 {
            let known = (1..=3).map(|code| json!({ "field": "severity", "operator": "IS", "value": code }));
            let others = json!({ "field": "severity", "operator": "IS_NOT_ONE_OF", "value": [1, 2, 3] });
            return known.chain([others]).map(with).collect();
        }
        if partition.depth > DEEPEST {
            return Vec::new();
        }
        let prefix = match partition.depth {
            1 => String::new(),
            _ => partition.conditions.last().and_then(|last| prefix_of(last)).unwrap_or_default(),
        };
        let digits = "0123456789abcdef".chars();
        digits
            .map(|digit| {
                // The ninth character of a UUID is a hyphen; eight digits are more than any instant needs.
                let value = format!("{prefix}{digit}");
                with(json!({ "field": "id.keyword", "operator": "START_WITH", "value": value }))
            })
            .collect()
    }

    fn weakness(&self) -> Option<String> {
        let fields = self.filters.iter().filter_map(|filter| filter.get("field")?.as_str());
        let mutable = fields.into_iter().find(|field| {
            let root = field.split('.').next().unwrap_or_default();
            MUTABLE.contains(&root)
        })?;
        Some(format!("the filter on {mutable} lets rows move in and out while the pull runs"))
    }
}

fn prefix_of(condition: &str) -> Option<String> {
    let condition: Value = serde_json::from_str(condition).ok()?;
    Some(condition.get("value")?.as_str()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base_url::BaseUrl;
    use crate::retry::RetryPolicy;
    use crate::secret::Secret;
    use crate::utmstack::{Credentials, UtmstackAccess};

    fn source() -> UtmstackSource {
        let root = BaseUrl::parse("https://siem.example.org").expect("an address");
        let access = UtmstackAccess::new(root, Credentials::ApiKey(Secret::new("k")));
        UtmstackSource::new(&Channel::new(access, RetryPolicy::default()), "alert-*".to_owned(), Vec::new())
    }

    #[test]
    fn an_instant_is_split_by_severity_and_then_by_longer_and_longer_prefixes() {
        let source = source();
        let severities = source.split(&Partition::default());
        assert_eq!(severities.len(), 4);
        let digits = source.split(severities.first().expect("a part"));
        assert_eq!(digits.len(), 16);
        let longer = source.split(digits.last().expect("a part"));
        let last = longer.last().expect("a part");
        assert_eq!(last.conditions.len(), 2, "severity and one prefix: {:?}", last.conditions);
        assert!(last.conditions.last().is_some_and(|condition| condition.contains("\"ff\"")));
    }

    #[test]
    fn a_filter_on_what_people_change_weakens_the_guarantee() {
        let mut source = source();
        assert_eq!(source.weakness(), None);
        source.filters = vec![json!({ "field": "tags.keyword", "operator": "IS", "value": "x" })];
        assert!(source.weakness().is_some_and(|weakness| weakness.contains("tags.keyword")));
    }
}
