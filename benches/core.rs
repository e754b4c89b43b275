//! One side of one measurement of the core, for a second; prints how often it was done in one.
//!
//! `bench-core sign|split ours|peer`

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a program that prints its result")]

use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use jwt_compact::alg::{Hs256, Hs256Key};
use jwt_compact::{AlgorithmExt, Header};
use serde::Serialize;
use triagekit::http::{Headers, Response};
use triagekit::jwt::{Claims, Signer};
use triagekit::machine::{Call, Procedure};
use triagekit::page::{OffsetPages, Shape};
use triagekit::{Secret, Timestamp};

const SECRET: &str = "bench/secret+of+64+characters+that+signs+nothing+but+benches/0123";
const NOW: i64 = 1_795_296_000;
const ROWS: usize = 10_000;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["sign", "ours"] => sign_ours(),
        ["sign", "peer"] => sign_peer(),
        ["split", "ours"] => split_ours(),
        ["split", "peer"] => split_peer(),
        _ => {
            eprintln!("Expected: bench-core sign|split ours|peer");
            return ExitCode::from(2);
        }
    };
    println!("{done:.1}");
    ExitCode::SUCCESS
}

/// How often `work` is done in a second, after a fifth of a second to warm up.
fn rate(mut work: impl FnMut(i64)) -> f64 {
    let mut round = |length: Duration| {
        let start = Instant::now();
        let mut times = 0_i64;
        while start.elapsed() < length {
            work(times);
            times += 1;
        }
        i32::try_from(times).map_or(f64::NAN, f64::from) / start.elapsed().as_secs_f64()
    };
    round(Duration::from_millis(200));
    round(Duration::from_secs(1))
}

fn sign_ours() -> f64 {
    let signer = Signer::new(&Secret::new(SECRET));
    rate(|times| {
        let issued_at = Timestamp::from_unix_seconds(NOW + times % 1_000);
        let expires_at = issued_at.after(Duration::from_secs(300));
        let issuer = "BENCHKEY000000000000000000000001".to_owned();
        let claims = Claims { issuer, issued_at, expires_at, ..Claims::default() };
        let _ = black_box(signer.sign(&claims));
    })
}

#[derive(Serialize)]
struct Issuer {
    iss: &'static str,
}

fn sign_peer() -> f64 {
    let key = Hs256Key::new(SECRET.as_bytes());
    rate(|times| {
        let mut claims = jwt_compact::Claims::new(Issuer { iss: "BENCHKEY000000000000000000000001" });
        claims.issued_at = chrono::DateTime::from_timestamp(NOW + times % 1_000, 0);
        claims.expiration = chrono::DateTime::from_timestamp(NOW + times % 1_000 + 300, 0);
        let _ = black_box(Hs256.token(&Header::empty().with_token_type("JWT"), &claims, &key));
    })
}

/// A page of alerts of about 650 bytes each.
fn page() -> Vec<u8> {
    let rows: Vec<String> = (0..ROWS)
        .map(|row| {
            format!(
                r#"{{"id":"{row:08x}-1c2d-4e3f-8a4b-5c6d7e8f9a0b","code":"RULE_{}","severity":"high","status":"open","displayName":"Process started from a temporary folder","description":"{}","createdAt":"2026-11-21T08:00:00.000Z","alertTime":"2026-11-21T08:00:00.000Z","asset":{{"id":"a{row}","hostName":"srv-{}","interfaces":[{{"name":"eth0","ip":"10.0.0.7"}}]}},"metadata":{{"pid":{row},"path":"/tmp/x","cmdline":"/tmp/x -a \"b c\" --d","login_name":"root","sha256":"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}},"alertTags":["T1059.004","ATTACK"],"links":[]}}"#,
                row % 300,
                "A process that is not on the allow-list was started. ".repeat(2),
                row % 240
            )
        })
        .collect();
    format!(r#"{{"items":[{}],"links":[],"offset":0,"limit":{ROWS}}}"#, rows.join(",")).into_bytes()
}

/// Splits a page into rows with their ids, as a pull does.
fn split_ours() -> f64 {
    let body = page();
    rate(|_| {
        let call = Call::get("/alerts", "listing alerts");
        let mut pages = OffsetPages::new(call, Shape::Identified, 10_000, None);
        let response = Response { status: 200, headers: Headers::default(), body: body.clone() };
        let answered = pages.answered(response, Timestamp::default());
        let _ = black_box((answered, pages.next(Timestamp::default())));
    })
}

/// Reads the same page into a tree of values.
fn split_peer() -> f64 {
    let body = page();
    rate(|_| {
        let _ = black_box(serde_json::from_slice::<serde_json::Value>(&body.clone()));
    })
}
