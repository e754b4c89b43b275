//! The core against the demo server, over real HTTP: one file an endpoint.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod findings;
mod live;
mod uptycs_alerts;
mod uptycs_assets;
mod uptycs_query_jobs;
mod utmstack_authenticate;
mod utmstack_count;
mod utmstack_search;
