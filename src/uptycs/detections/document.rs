use crate::error::{Error, Unexpected};
use crate::http::Response;
use crate::machine::{Call, Machine};
use crate::platform::Platform;
use crate::uptycs::client::{Client, id_path};
use crate::uptycs::reading::Reading;
use core::ops::Range;
use serde::Deserialize;
use serde_json::value::RawValue;

/// A detection as it is read by its id: the record, and around it alerts, events, the process tree and the attack matrix
/// (docs/uptycs.md, 5).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    body: Vec<u8>,
    record: Range<usize>,
}

impl Detection {
    /// The record itself, as JSON.
    pub fn record(&self) -> &[u8] {
        self.body.get(self.record.clone()).unwrap_or_default()
    }

    /// The whole answer, as JSON.
    pub fn whole(&self) -> &[u8] {
        &self.body
    }

    fn understand(call: &Call, response: Response) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Wrapped<'a> {
            #[serde(borrow, default)]
            detection: Option<&'a RawValue>,
            #[serde(borrow, default)]
            id: Option<&'a RawValue>,
        }
        let wrapped: Wrapped<'_> = serde_json::from_slice(&response.body).map_err(|cause| {
            Unexpected::body(Platform::Uptycs, call.doing, &response, "a detection", &cause)
        })?;
        let record = match (wrapped.detection, wrapped.id) {
            (Some(inner), _) => {
                let bytes = inner.get().as_bytes();
                // A borrowed raw value lies inside the body, so the distance of their first bytes is its place.
                let start = bytes.as_ptr().addr().saturating_sub(response.body.as_ptr().addr());
                start..start + bytes.len()
            }
            (None, Some(_)) => 0..response.body.len(),
            (None, None) => {
                return Err(Unexpected {
                    platform: Platform::Uptycs,
                    doing: call.doing,
                    status: response.status,
                    expected: "an object with \"detection\"",
                    came: "an object without it".to_owned(),
                    is_retryable: false,
                }
                .into());
            }
        };
        Ok(Self { body: response.body, record })
    }
}

impl Client {
    /// Reads a detection by its id, unwrapped (`GET /detections/{id}`; attested by a capture of 2024).
    ///
    /// # Errors
    ///
    /// [`Error::InvalidArgument`] for an empty id.
    ///
    /// ```
    /// use triagekit::retry::RetryPolicy;
    /// use triagekit::uptycs::{Client, KeyFile};
    ///
    /// let key = KeyFile::parse(r#"{"key":"K","secret":"s","customerId":"c","domain":"acme"}"#).unwrap();
    /// assert!(Client::new(key, RetryPolicy::default()).detection("d-1").is_ok());
    /// ```
    pub fn detection(&self, id: &str) -> Result<Machine<Reading<Detection>>, Error> {
        let call = Call::get(id_path("/detections", id)?, "reading a detection");
        Ok(self.machine(Reading::new(call, Detection::understand)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    fn read(body: &str) -> Result<Detection, Error> {
        let response = Response { status: 200, headers: Headers::default(), body: body.as_bytes().to_vec() };
        Detection::understand(&Call::get("/detections/d", "reading a detection"), response)
    }

    #[test]
    fn the_record_is_found_inside_its_wrapping() {
        let detection =
            read(r#"{"incidentFromStore":false, "detection": {"id":"d"}, "alerts":{"items":[]}}"#);
        assert_eq!(detection.expect("a detection").record(), br#"{"id":"d"}"#);
    }

    #[test]
    fn a_record_without_wrapping_is_taken_as_it_is() {
        assert_eq!(read(r#"{"id":"d"}"#).expect("a detection").record(), br#"{"id":"d"}"#);
    }

    #[test]
    fn an_object_without_a_record_is_named() {
        let error = read(r#"{"alerts":{}}"#).expect_err("no detection");
        assert_eq!(error.code(), "unexpected_answer");
    }
}
