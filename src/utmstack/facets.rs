use super::client::Client;
use super::search::SearchOptions;
use super::spoken::Spoken;
use super::value_counts::ValueCounts;
use super::values::{self, ValueOptions};
use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Intent, Machine, Procedure};
use crate::platform::Platform;
use crate::time::Timestamp;
use std::collections::VecDeque;

/// A facet that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FacetRequest {
    /// The field.
    pub field: String,
    /// Only values of alerts whose field contains this text.
    pub containing: Option<String>,
    /// How many values, and in which order.
    pub options: ValueOptions,
}

/// A field with the values that the alerts of a search have in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facet {
    /// The field, as it was asked for.
    pub field: String,
    /// Its values with their counts.
    pub values: ValueCounts,
}

/// Counts the values of several fields, one after the other.
#[derive(Debug)]
pub struct Facets {
    waiting: VecDeque<(String, Call)>,
    ready: Option<Facet>,
    given: u64,
}

impl Client {
    /// Counts the values of several fields within a search, each under all conditions except those on itself, so that
    /// what was not ticked stays there to tick. Gives one part a field, and how many it gave.
    ///
    /// Evidence: attested (docs/utmstack.md, 1.9 and 3.3).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for options that cannot be sent.
    pub fn facets(
        &self,
        requests: &[FacetRequest],
        search: &SearchOptions,
        now: Timestamp,
    ) -> Result<Machine<Spoken<Facets>>, Error> {
        let (requests, search) = (requests.to_vec(), search.clone());
        self.spoken(move |dialect| {
            let mut waiting = VecDeque::with_capacity(requests.len());
            for request in &requests {
                let others = values::without(&search, &request.field, request.containing.as_deref());
                let call = values::call(&request.field, &others, request.options, dialect, now)?;
                waiting.push_back((request.field.clone(), call));
            }
            Ok(Facets { waiting, ready: None, given: 0 })
        })
    }
}

impl Procedure for Facets {
    type Page = Facet;
    type Report = u64;

    fn next(&mut self, _now: Timestamp) -> Result<Intent<Facet, u64>, Error> {
        if let Some(facet) = self.ready.take() {
            self.given += 1;
            return Ok(Intent::Page(facet));
        }
        Ok(match self.waiting.front() {
            Some((_, call)) => Intent::Call(call.clone()),
            None => Intent::Done(self.given),
        })
    }

    fn answered(&mut self, response: Response, _now: Timestamp) -> Result<(), Error> {
        let values = serde_json::from_slice(&response.body).map_err(|cause| {
            let doing = "counting the values of a field";
            Unexpected::body(Platform::Utmstack, doing, &response, "counts of values", &cause)
        })?;
        if let Some((field, _)) = self.waiting.pop_front() {
            self.ready = Some(Facet { field, values });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::machine::Payload;
    use crate::utmstack::{Dialect, Filter};

    #[test]
    fn a_facet_is_counted_under_the_other_conditions_only() {
        let search = SearchOptions {
            filters: vec![
                Filter::one_of("name", ["a"]),
                Filter::from(serde_json::json!({"field":"name.keyword","operator":"IS","value":"b"})),
                Filter::equals("severity", 3),
            ],
            ..SearchOptions::default()
        };
        let others = values::without(&search, "name.keyword", Some("bru"));
        let call = values::call("name", &others, ValueOptions::default(), Dialect::V10, Timestamp::default())
            .expect("a call");
        let Payload::Json(body) = &call.payload else { panic!("a body") };
        assert!(body.contains(r#""field":"name.keyword","filters""#), "{body}");
        assert!(body.contains(r#"{"field":"severity","operator":"IS","value":3}"#), "{body}");
        assert!(body.contains(r#"{"field":"name","operator":"CONTAIN","value":"bru"}"#), "{body}");
        assert!(!body.contains(r#""a""#) && !body.contains(r#""b""#), "{body}");
    }
}
