//! UTMStack compresses what is worth it (docs/utmstack.md, "Limits and environment").

use std::io::Write as _;

use axum::body::{Body, HttpBody as _};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;
use flate2::Compression;
use flate2::write::GzEncoder;
use http_body_util::BodyExt as _;

/// From this size on.
const LEAST: u64 = 1_024;
/// What Tomcat compresses.
const TYPES: &[&str] = &["application/json", "text/html", "text/plain", "text/css", "application/javascript"];

/// Whether a caller takes gzip.
pub(crate) fn is_accepted(asked: &HeaderMap) -> bool {
    let values = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|coding| {
        let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
        let is_refused = weight.trim().strip_prefix("q=").is_some_and(|q| q.trim().parse() == Ok(0.0_f32));
        matches!(name.trim(), "gzip" | "*") && !is_refused
    })
}

/// The answer with its body compressed, if it is large enough and of a type that is compressed.
pub(crate) async fn compressed(answer: Response) -> Response {
    let kind = answer.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let kind = kind.and_then(|value| value.split(';').next()).unwrap_or_default();
    let is_small = answer.body().size_hint().exact().is_some_and(|size| size < LEAST);
    if is_small || !TYPES.contains(&kind) || answer.headers().contains_key(header::CONTENT_ENCODING) {
        return answer;
    }
    let (mut head, body) = answer.into_parts();
    let whole = body.collect().await.map(http_body_util::Collected::to_bytes).unwrap_or_default();
    let packing = tokio::task::spawn_blocking(move || {
        let mut encoder = GzEncoder::new(Vec::with_capacity(whole.len() / 4), Compression::fast());
        encoder.write_all(&whole)?;
        encoder.finish()
    });
    // Writing to memory cannot fail; without a thread to do it the server is ending anyway.
    let packed = packing.await.ok().and_then(Result::ok).unwrap_or_default();
    head.headers.remove(header::CONTENT_LENGTH);
    head.headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    head.headers.append(header::VARY, HeaderValue::from_static("accept-encoding"));
    Response::from_parts(head, Body::from(packed))
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use axum::response::IntoResponse as _;

    use super::*;

    fn accepts(value: &'static str) -> bool {
        is_accepted(&HeaderMap::from_iter([(header::ACCEPT_ENCODING, HeaderValue::from_static(value))]))
    }

    fn compress(kind: &'static str, size: usize) -> (Option<HeaderValue>, Vec<u8>) {
        let answer = ([(header::CONTENT_TYPE, kind)], "x".repeat(size)).into_response();
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let answer = compressed(answer).await;
            let coding = answer.headers().get(header::CONTENT_ENCODING).cloned();
            (coding, answer.into_body().collect().await.unwrap().to_bytes().to_vec())
        })
    }

    #[test]
    fn gzip_is_accepted_by_name_or_by_star_and_refused_by_a_weight_of_zero() {
        for value in ["gzip", "br, gzip;q=0.5", "*"] {
            assert!(accepts(value), "{value}");
        }
        for value in ["br", "gzip;q=0", "identity", "gzip; q=0.0"] {
            assert!(!accepts(value), "{value}");
        }
    }

    #[test]
    fn json_of_a_kibibyte_is_compressed_and_comes_back_whole() {
        let (coding, body) = compress("application/json", 1_024);
        assert_eq!(coding.unwrap(), "gzip");
        let mut text = String::new();
        flate2::read::GzDecoder::new(body.as_slice()).read_to_string(&mut text).unwrap();
        assert_eq!(text.len(), 1_024);
    }

    #[test]
    fn small_answers_and_other_types_stay_as_they_are() {
        assert_eq!(compress("application/json", 1_023), (None, "x".repeat(1_023).into_bytes()));
        assert_eq!(compress("application/octet-stream", 5_000).0, None);
    }
}
