//! A built console on the same origin.

use triagekit_demo::Config;

use crate::asking::{get, send, small, with};

#[test]
fn a_folder_is_served_with_types_tags_and_a_strict_policy() {
    let folder = std::env::temp_dir().join(format!("triagekit-console-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("index.html"), "<!doctype html>").unwrap();
    std::fs::write(folder.join("app.wasm"), [0, 97, 115, 109]).unwrap();
    let server = with(Config {
        console: Some(folder.clone()),
        utmstack_alerts: 1,
        uptycs_alerts: 1,
        ..Config::default()
    });
    let page = get(&server, "/");
    assert_eq!((page.status, page.body.as_str()), (200, "<!doctype html>"));
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(
        page.header("content-security-policy")
            .unwrap()
            .starts_with("default-src 'self'; script-src 'self' 'wasm-unsafe-eval';")
    );
    assert_eq!(page.header("cache-control"), Some("no-cache"));
    assert_eq!(page.header("x-content-type-options"), Some("nosniff"));
    assert_eq!(page.header("referrer-policy"), Some("no-referrer"));
    assert_eq!(get(&server, "/app.wasm").header("content-type"), Some("application/wasm"));
    let tag = page.header("etag").unwrap();
    let again = send("GET", &format!("{}/", server.base_url()), &[("if-none-match", tag)], None);
    assert_eq!((again.status, again.body.as_str()), (304, ""));
    assert_eq!(get(&server, "/missing.js").status, 404);
    assert_eq!(get(&server, "/%2e%2e/secret").status, 404);
    drop(server);
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn without_a_console_the_root_says_how_to_get_one() {
    let answer = get(&small(), "/");
    assert_eq!(answer.status, 404);
    assert!(answer.body.contains("--console"));
}
