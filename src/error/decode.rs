use super::unexpected::Unexpected;
use crate::http::Response;
use crate::platform::Platform;
use serde::de::DeserializeOwned;

/// Reads an answer's JSON into a type; an error names the place in the JSON that does not fit.
pub(crate) fn decode<T: DeserializeOwned>(
    platform: Platform,
    doing: &'static str,
    response: &Response,
    expected: &'static str,
) -> Result<T, Unexpected> {
    serde_json::from_slice(&response.body).map_err(|cause| {
        let mut unexpected = Unexpected::body(platform, doing, response, expected, &cause);
        // The path costs a second reading, which only a failure pays for.
        let mut parser = serde_json::Deserializer::from_slice(&response.body);
        if let Err(error) = serde_path_to_error::deserialize::<_, T>(&mut parser) {
            let path = error.path().to_string();
            if path != "." {
                unexpected.came = format!("{} at {path}", unexpected.came);
            }
        }
        unexpected
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::http::Headers;

    #[test]
    fn the_place_that_does_not_fit_is_named() {
        #[derive(Debug, serde::Deserialize)]
        struct Inner {
            #[expect(dead_code, reason = "only its type matters")]
            status: String,
        }
        let body = br#"{"jobs":[{"status":"RUNNING"},{"status":7}]}"#.to_vec();
        let response = Response { status: 200, headers: Headers::default(), body };
        let result: Result<std::collections::BTreeMap<String, Vec<Inner>>, _> =
            decode(Platform::Uptycs, "following jobs", &response, "a list of jobs");
        let message = result.expect_err("7 is no text").to_string();
        assert!(message.contains("at jobs[1].status"), "{message}");
    }
}
