//! The driver in a real browser: what comes of a request, and how a pull is stopped and gone on with.
//!
//! `fetch` is replaced by functions that answer as servers and networks do.

#![cfg(target_arch = "wasm32")]
#![expect(clippy::expect_used, reason = "clippy knows `#[test]`, not `#[wasm_bindgen_test]`")]

extern crate alloc;

use alloc::rc::Rc;
use core::cell::RefCell;
use core::time::Duration;
use triagekit::http::{Failure, Headers, Method, Request, Response};
use triagekit::retry::RetryPolicy;
use triagekit::uptycs::{Client, KeyFile, ListOptions};
use triagekit_console::effects::{ATTEMPT, Bell, Cancellation, Ending, Flow, Wire, pull, send};
use wasm_bindgen_futures::spawn_local;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// Answers every request with what a piece of JavaScript gives for `(request, count)`.
fn answer_with(script: &str) {
    let text = format!(
        "{{ let count = 0; globalThis.fetch = async (request) => {{ count += 1; const n = count; {script} }}; }}"
    );
    js_sys::eval(&text).expect("the script is JavaScript");
}

fn request() -> Request {
    let mut headers = Headers::default();
    headers.append("accept", "application/json");
    Request {
        method: Method::Post,
        url: "http://127.0.0.1:1/x".to_owned(),
        headers,
        body: Some(b"{}".to_vec()),
    }
}

async fn outcome() -> Result<Response, Failure> {
    send(request(), &Cancellation::default(), ATTEMPT).await
}

const HANGS: &str = "return new Promise((_, reject) => request.signal.addEventListener('abort', () => reject(request.signal.reason)));";

#[wasm_bindgen_test]
async fn an_answer_is_taken_whole_with_status_and_headers() {
    answer_with(
        "const sent = await request.text();
         return new Response(request.method + sent, { status: 418, headers: { 'x-total-count': '7' } });",
    );
    let response = outcome().await.expect("an answer");
    assert_eq!((response.status, response.body.as_slice()), (418, b"POST{}".as_slice()));
    assert_eq!(response.headers.get("X-Total-Count"), Some("7"));
}

#[wasm_bindgen_test]
async fn neither_cookies_nor_caches_nor_redirects_take_part() {
    answer_with(
        "return new Response([request.credentials, request.cache, request.redirect, request.referrerPolicy].join());",
    );
    let response = outcome().await.expect("an answer");
    assert_eq!(response.body, b"omit,no-store,manual,no-referrer");
}

#[wasm_bindgen_test]
async fn what_does_not_connect_is_unreachable_in_the_browsers_words() {
    answer_with("throw new TypeError('Failed to fetch');");
    assert_eq!(outcome().await, Err(Failure::Unreachable("Failed to fetch".to_owned())));
}

#[wasm_bindgen_test]
async fn a_body_that_breaks_off_is_interrupted() {
    answer_with(
        "return new Response(new ReadableStream({ start(c) { c.enqueue(new Uint8Array(3)); c.error(new TypeError('network error')); } }));",
    );
    // Chromium has words of its own for it.
    assert!(matches!(outcome().await, Err(Failure::Interrupted(_))));
}

#[wasm_bindgen_test]
async fn an_attempt_that_takes_too_long_is_timed_out() {
    answer_with(HANGS);
    let outcome = send(request(), &Cancellation::default(), Duration::from_millis(20)).await;
    assert_eq!(outcome, Err(Failure::TimedOut));
}

#[wasm_bindgen_test]
async fn what_is_cancelled_under_way_is_cancelled() {
    answer_with(HANGS);
    let cancellation = Cancellation::default();
    let other = cancellation.clone();
    spawn_local(async move { other.cancel() });
    assert_eq!(send(request(), &cancellation, ATTEMPT).await, Err(Failure::Cancelled));
    // And what begins afterwards does not begin.
    answer_with("throw new Error('it was sent');");
    assert_eq!(send(request(), &cancellation, ATTEMPT).await, Err(Failure::Cancelled));
}

const PAGES: &str = "const offset = Number(new URL(request.url).searchParams.get('offset'));
    const items = [0, 1].map((i) => ({ id: `r${offset + i}` })).filter((_, i) => offset + i < 6);
    return Response.json({ items, links: [], offset, limit: 2 });";

fn list() -> triagekit::machine::Machine<triagekit::page::OffsetPages> {
    let key = KeyFile::from_parts("K#s", "http://127.0.0.1:1", "c").expect("a key");
    let policy = RetryPolicy { base_delay: Duration::from_millis(1), ..RetryPolicy::default() };
    Client::new(key, policy)
        .list("alerts", &ListOptions { page_size: 2, ..ListOptions::default() })
        .expect("a list")
}

#[wasm_bindgen_test]
async fn a_pull_pauses_where_it_is_told_and_goes_on_behind_it() {
    answer_with(PAGES);
    let mut machine = list();
    let ids = Rc::new(RefCell::new(Vec::new()));
    let take = |flow| {
        let ids = Rc::clone(&ids);
        move |page: triagekit::page::Page| {
            ids.borrow_mut().extend(page.rows.iter().filter_map(|row| row.id.clone()));
            flow
        }
    };
    let wire = Wire::default();
    assert!(matches!(pull(&mut machine, &wire, take(Flow::Pause)).await, Ok(Ending::Paused)));
    assert_eq!(*ids.borrow(), ["r0", "r1"]);
    assert!(matches!(pull(&mut machine, &wire, take(Flow::GoOn)).await, Ok(Ending::Done(_))));
    assert_eq!(*ids.borrow(), ["r0", "r1", "r2", "r3", "r4", "r5"]);
}

#[wasm_bindgen_test]
async fn a_pull_that_was_cancelled_or_failed_makes_the_same_call_again() {
    let mut machine = list();
    let mut rows = 0;
    answer_with(HANGS);
    let wire = Wire::default();
    let cancellation = wire.cancellation.clone();
    spawn_local(async move { cancellation.cancel() });
    assert!(matches!(pull(&mut machine, &wire, |_| Flow::GoOn).await, Ok(Ending::Cancelled)));

    answer_with("return new Response('no', { status: 403 });");
    let error = pull(&mut machine, &Wire::default(), |_| Flow::GoOn).await.expect_err("403");
    assert_eq!(error.code(), "forbidden");

    answer_with(PAGES);
    let wire = Wire::default();
    let ending = pull(&mut machine, &wire, |page| {
        rows += page.rows.len();
        Flow::GoOn
    });
    assert!(matches!(ending.await, Ok(Ending::Done(_))));
    assert_eq!(rows, 6);
}

#[wasm_bindgen_test]
async fn faults_that_pass_are_waited_out() {
    answer_with(&format!("if (n === 1) return new Response('busy', {{ status: 503 }}); {PAGES}"));
    let ending = pull(&mut list(), &Wire::default(), |_| Flow::GoOn).await;
    assert!(matches!(ending, Ok(Ending::Done(_))));
}

#[wasm_bindgen_test]
async fn a_pause_ends_when_it_is_cancelled() {
    let cancellation = Cancellation::default();
    let other = cancellation.clone();
    spawn_local(async move { other.cancel() });
    assert_eq!(cancellation.or_cancelled(core::future::pending::<()>()).await, None);
}

#[wasm_bindgen_test]
async fn a_bell_wakes_all_that_listen() {
    let bell = Bell::default();
    let heard = Rc::new(RefCell::new(0));
    let ringer = bell.clone();
    for _ in 0..2 {
        let (bell, heard) = (bell.clone(), Rc::clone(&heard));
        spawn_local(async move {
            bell.rung().await;
            *heard.borrow_mut() += 1;
        });
    }
    spawn_local(async move { ringer.ring() });
    bell.rung().await;
    gloo_timers::future::TimeoutFuture::new(0).await;
    assert_eq!(*heard.borrow(), 2);
}
