//! Serves a built console from a folder, on the same origin as both vendors.

use std::path::{Component, Path, PathBuf};

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest as _, Sha256};

const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
     connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// Answers a request that is nobody else's.
pub(crate) async fn answer(
    folder: Option<&Path>,
    method: &Method,
    path: &str,
    asked: &HeaderMap,
) -> Response {
    let Some(folder) = folder else {
        return (StatusCode::NOT_FOUND, "This demo server has no console; start it with --console DIR.\n")
            .into_response();
    };
    if !matches!(*method, Method::GET | Method::HEAD) {
        return StatusCode::METHOD_NOT_ALLOWED.into_response();
    }
    let Some(file) = file(folder, path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    match tokio::fs::read(&file).await {
        Ok(content) => serve(&file, content, asked),
        Err(_) => StatusCode::NOT_FOUND.into_response(),
    }
}

/// The file of a path: never one outside the folder.
fn file(folder: &Path, path: &str) -> Option<PathBuf> {
    let path = if path == "/" { "index.html" } else { path.trim_start_matches('/') };
    let relative = Path::new(path);
    let is_inside = relative.components().all(|part| matches!(part, Component::Normal(_)));
    is_inside.then(|| folder.join(relative))
}

fn serve(file: &Path, content: Vec<u8>, asked: &HeaderMap) -> Response {
    let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(Sha256::digest(&content)));
    let known = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let is_known =
        known.is_some_and(|known| known.split(',').any(|one| one.trim().trim_start_matches("W/") == tag));
    let mut answer =
        if is_known { StatusCode::NOT_MODIFIED.into_response() } else { Body::from(content).into_response() };
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type(file)));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-cache"));
    headers.insert(header::CONTENT_SECURITY_POLICY, POLICY);
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::REFERRER_POLICY, HeaderValue::from_static("no-referrer"));
    answer
}

fn content_type(file: &Path) -> &'static str {
    match file.extension().and_then(|extension| extension.to_str()).unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "txt" | "md" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_path_leaves_the_folder() {
        let folder = Path::new("/srv/console");
        assert_eq!(file(folder, "/"), Some(PathBuf::from("/srv/console/index.html")));
        assert_eq!(file(folder, "/a/b.js"), Some(PathBuf::from("/srv/console/a/b.js")));
        for path in ["/../secret", "/a/../../secret", "//../x", "/./x/../../y"] {
            assert_eq!(file(folder, path), None, "{path}");
        }
    }

    #[test]
    fn what_a_browser_has_is_not_sent_again() {
        let first = serve(Path::new("x.wasm"), b"content".to_vec(), &HeaderMap::new());
        assert_eq!(first.headers()[header::CONTENT_TYPE], "application/wasm");
        let mut asked = HeaderMap::new();
        asked.insert(header::IF_NONE_MATCH, first.headers()[header::ETAG].clone());
        let second = serve(Path::new("x.wasm"), b"content".to_vec(), &asked);
        assert_eq!(second.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(serve(Path::new("x.wasm"), b"new".to_vec(), &asked).status(), StatusCode::OK);
    }
}
