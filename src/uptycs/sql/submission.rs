use super::bound::{has_own_bound, place, uses_parameter};
use super::query::SqlOptions;
use super::target::SqlTarget;
use crate::error::Error;
use crate::time::Timestamp;
use core::time::Duration;
use serde::Serialize;
use serde_json::{Map, Value, json};

/// How a query came to be bounded in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum TimeBound {
    /// The bound was placed in the query.
    Placed,
    /// The query has one of its own, which was kept.
    Own,
    /// The query's parameters `:from` and `:to` were given their values.
    Parameters,
    /// A window beside the query.
    Window,
    /// None of the query's tables has a time.
    Timeless,
    /// None, as was asked for.
    None,
}

/// A job as it is submitted.
#[derive(Debug)]
pub(super) struct Submission {
    pub(super) query: String,
    pub(super) bound: TimeBound,
    pub(super) body: String,
}

/// Builds the body of a job, bounded in time as the options say.
pub(super) fn submission(query: &str, options: &SqlOptions, now: Timestamp) -> Result<Submission, Error> {
    let query = statement(query)?;
    let days_ago = |days: u32| now.before(Duration::from_secs(u64::from(days) * 86_400));
    let mut body = json!({ "type": options.target.word() });
    let (query, bound) = match &options.target {
        SqlTarget::Global => match options.days {
            None => (query.to_owned(), TimeBound::None),
            Some(days) => {
                let from = days_ago(days);
                if uses_parameter(query, "from") || uses_parameter(query, "to") {
                    body["parameterValues"] = json!({ "from": from.to_string(), "to": now.to_string() });
                    (query.to_owned(), TimeBound::Parameters)
                } else {
                    bounded(query, from, options)?
                }
            }
        },
        SqlTarget::Realtime { host_name, asset_tag } => {
            let mut filters = narrowing(host_name.as_deref(), asset_tag.as_deref());
            filters.insert("live".to_owned(), "true".into());
            body["filters"] = filters.into();
            (query.to_owned(), TimeBound::None)
        }
        SqlTarget::TimeMachine { window, host_name, asset_tag } => {
            let (from, to) = window.unwrap_or_else(|| (days_ago(options.days.unwrap_or(1)), now));
            if from >= to {
                return Err(Error::InvalidArgument("A window begins before it ends.".to_owned()));
            }
            let mut filters = narrowing(host_name.as_deref(), asset_tag.as_deref());
            filters.insert("from".to_owned(), from.to_string().into());
            filters.insert("to".to_owned(), to.to_string().into());
            body["filters"] = filters.into();
            (query.to_owned(), TimeBound::Window)
        }
    };
    body["query"] = query.as_str().into();
    Ok(Submission { query, bound, body: body.to_string() })
}

/// A query without what surrounds it.
pub(super) fn statement(query: &str) -> Result<&str, Error> {
    let query = query.trim().trim_end_matches(';').trim_end();
    if query.is_empty() {
        return Err(Error::InvalidArgument("A SQL query is expected; it is empty.".to_owned()));
    }
    Ok(query)
}

/// A query of the lake with its bound.
pub(super) fn bounded(
    query: &str,
    from: Timestamp,
    options: &SqlOptions,
) -> Result<(String, TimeBound), Error> {
    let schema = options.schema.as_deref();
    if has_own_bound(query, schema) {
        return Ok((query.to_owned(), TimeBound::Own));
    }
    let placed = place(query, from, schema)?;
    let bound = if placed.tables == 0 { TimeBound::Timeless } else { TimeBound::Placed };
    Ok((placed.query, bound))
}

fn narrowing(host_name: Option<&str>, asset_tag: Option<&str>) -> Map<String, Value> {
    [("hostName", host_name), ("assetTags", asset_tag)]
        .into_iter()
        .filter_map(|(name, value)| value.map(|value| (name.to_owned(), value.into())))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn build(query: &str, options: &SqlOptions) -> (Value, TimeBound) {
        let now = Timestamp::parse("2026-11-21T08:00:00Z").expect("an instant");
        let submission = submission(query, options, now).expect("a submission");
        (serde_json::from_str(&submission.body).expect("JSON"), submission.bound)
    }

    #[test]
    fn assets_are_asked_as_the_vendors_shell_asks_them() {
        let target = SqlTarget::Realtime { host_name: Some("web-1".to_owned()), asset_tag: None };
        let (body, bound) = build("SELECT * FROM uptime", &SqlOptions { target, ..SqlOptions::default() });
        let expected = json!({
            "type": "realtime", "query": "SELECT * FROM uptime", "filters": {"live": "true", "hostName": "web-1"}
        });
        assert_eq!((body, bound), (expected, TimeBound::None));
    }

    #[test]
    fn the_time_machine_looks_at_the_last_day_or_at_a_window() {
        let target = SqlTarget::TimeMachine { window: None, host_name: None, asset_tag: None };
        let (body, bound) = build("SELECT * FROM processes", &SqlOptions { target, ..SqlOptions::default() });
        assert_eq!(
            body["filters"],
            json!({"from": "2026-11-20T08:00:00.000Z", "to": "2026-11-21T08:00:00.000Z"})
        );
        assert_eq!(bound, TimeBound::Window);
    }

    #[test]
    fn how_it_was_bounded_is_told() {
        let of = |query: &str| build(query, &SqlOptions::default()).1;
        assert_eq!(of("SELECT * FROM upt_alerts"), TimeBound::Placed);
        assert_eq!(of("SELECT * FROM upt_assets"), TimeBound::Timeless);
        assert_eq!(of("SELECT * FROM process_events WHERE upt_day >= 20240101"), TimeBound::Own);
        assert_eq!(of("SELECT 1 FROM t WHERE upt_server_time > :from"), TimeBound::Parameters);
        let unbounded = SqlOptions { days: None, ..SqlOptions::default() };
        assert_eq!(build("SELECT * FROM upt_alerts", &unbounded).1, TimeBound::None);
    }
}
