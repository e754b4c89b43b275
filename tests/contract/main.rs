//! The core against the demo server, over real HTTP: one file an endpoint.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod api_matrix;
mod findings;
mod live;
mod pulls;
mod uptycs_alert_updates;
mod uptycs_alerts;
mod uptycs_asset_writes;
mod uptycs_assets;
mod uptycs_objects;
mod uptycs_query_jobs;
mod uptycs_resources;
mod utmstack_authenticate;
mod utmstack_catalogue;
mod utmstack_count;
mod utmstack_dialect;
mod utmstack_filters;
mod utmstack_incidents;
mod utmstack_notes;
mod utmstack_property_values;
mod utmstack_search;
mod utmstack_second_factor;
mod utmstack_status;
mod utmstack_tags;
