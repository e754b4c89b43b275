use super::ask::Ask;
use super::client::Client;
use super::spoken::Spoken;
use super::value_counts::{ValueCount, ValueCounts};
use crate::error::Error;
use crate::http::Response;
use crate::machine::{Call, Machine};
use serde::Deserialize;
use serde_json::Value;

/// What the server's own dashboard counts (docs/utmstack.md, 5.5).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overview {
    /// Alerts of today and of the last seven days; no range.
    TodayAndWeek,
    /// Alerts by status.
    ByStatus,
    /// Alerts by severity.
    BySeverity,
    /// The most frequent names.
    TopAlerts,
    /// The most frequent categories.
    TopCategories,
}

impl Overview {
    const fn path(self) -> &'static str {
        match self {
            Self::TodayAndWeek => "/api/overview/count-alerts-today-and-last-week",
            Self::ByStatus => "/api/overview/count-alerts-by-status",
            Self::BySeverity => "/api/overview/count-alerts-by-severity",
            Self::TopAlerts => "/api/overview/top-alerts",
            Self::TopCategories => "/api/overview/top-alerts-by-category",
        }
    }
}

impl Client {
    /// Counts what the server's own dashboard counts: without alerts in automatic review and without false positives.
    ///
    /// `from` and `to` are date math or instants, such as `now-7d` and `now`; `top` is how many values at the most.
    ///
    /// Evidence: attested (docs/utmstack.md, 5.5).
    ///
    /// # Errors
    ///
    /// The machine ends with [`Error::Unsupported`] for the documented version.
    pub fn overview(
        &self,
        what: Overview,
        from: &str,
        to: &str,
        top: u32,
    ) -> Result<Machine<Spoken<Ask<ValueCounts>>>, Error> {
        let (from, to) = (from.to_owned(), to.to_owned());
        self.real("overview", move |_| {
            let mut call = Call::get(what.path(), "reading the overview");
            if what != Overview::TodayAndWeek {
                call = call.with("from", from.as_str()).with("to", to.as_str()).with("top", top.to_string());
            }
            Ok(Ask::new(call, "counts of one of the overview's shapes", read))
        })
    }
}

/// Any of the overview's shapes as counts.
fn read(response: &Response) -> Result<ValueCounts, serde_json::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Shape {
        Series(Vec<Serie>),
        Table { rows: Vec<(Value, Value)> },
        Categories { categories: Vec<Value>, series: Vec<Value> },
        Pie { value: Vec<Slice> },
    }
    #[derive(Deserialize)]
    struct Serie {
        serie: Value,
        value: Value,
    }
    #[derive(Deserialize)]
    struct Slice {
        name: Value,
        value: Value,
    }
    if response.body.is_empty() {
        return Ok(ValueCounts::default());
    }
    let pairs: Vec<(Value, Value)> = match serde_json::from_slice(&response.body)? {
        Shape::Series(series) => series.into_iter().map(|serie| (serie.serie, serie.value)).collect(),
        Shape::Table { rows } => rows,
        Shape::Pie { value } => value.into_iter().map(|slice| (slice.name, slice.value)).collect(),
        Shape::Categories { categories, series } => {
            // One number a category, bare or inside a series.
            let inner = series.first().and_then(|first| first.get("data").or_else(|| first.get("values")));
            let counts = inner.and_then(Value::as_array).cloned().unwrap_or(series);
            categories.into_iter().zip(counts).collect()
        }
    };
    Ok(ValueCounts(
        pairs
            .into_iter()
            .map(|(value, count)| ValueCount { value: text(&value), count: number(&count) })
            .collect(),
    ))
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// A count as a number or as text; floats of whole numbers are read too.
fn number(count: &Value) -> u64 {
    let text = text(count);
    let whole = text.split('.').next().unwrap_or_default();
    whole.trim().parse().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    #[test]
    fn every_shape_gives_its_counts() {
        for body in [
            r#"[{"serie":"a","value":3},{"serie":"b","value":2}]"#,
            r#"{"columns":["Alert","Amount"],"rows":[["a","3"],["b","2"]]}"#,
            r#"{"data":["a","b"],"value":[{"value":3,"name":"a"},{"value":2,"name":"b"}]}"#,
            r#"{"categories":["a","b"],"series":[{"name":"Alerts","data":[3,2]}]}"#,
            r#"{"categories":["a","b"],"series":[3.0,2]}"#,
        ] {
            let response =
                Response { status: 200, headers: Headers::default(), body: body.as_bytes().to_vec() };
            let counts = read(&response).expect(body).0;
            let pairs: Vec<(&str, u64)> =
                counts.iter().map(|item| (item.value.as_str(), item.count)).collect();
            assert_eq!(pairs, [("a", 3), ("b", 2)], "{body}");
        }
    }
}
