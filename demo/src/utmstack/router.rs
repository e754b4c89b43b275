//! The paths of UTMStack.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, post, put};

use crate::config::Personality;
use crate::demo::Demo;
use crate::utmstack::access::{
    account, api_key_by_id, api_keys, authenticate, change_api_key, change_password, check_credentials,
    create_api_key, delete_api_key, enroll, generate_api_key, guard, resend_code, update_account,
    user_by_login, users, verify_code_in_body, verify_code_in_query, who_is_authenticated,
};
use crate::utmstack::alerts::{
    convert_to_incident, count_open_alerts, update_notes, update_status, update_tags,
};
use crate::utmstack::catalogue::{
    ALERT_LOGS, ALERT_TAGS, create_log, create_rule, create_tag, delete_rule, rule_by_id, rules_by_ids,
    tag_rules, update_log, update_rule, update_tag,
};
use crate::utmstack::chart_view::{chart_view, soc_ai};
use crate::utmstack::cors::cors;
use crate::utmstack::csv::csv;
use crate::utmstack::exists::exists;
use crate::utmstack::failure::Failure;
use crate::utmstack::incidents::{
    HISTORIES, INCIDENTS, LINKS, NOTES, add_alerts, change_status, create_incident, create_link, create_note,
    update_link, update_link_status, users_assigned,
};
use crate::utmstack::index_properties::{cluster_status, index_all, index_properties};
use crate::utmstack::property_values::{values, values_with_count};
use crate::utmstack::public::{date_format, images, ping, release_info, reset_password};
use crate::utmstack::records::{by_id, count, delete, list};
use crate::utmstack::search::{generic_search, search};
use crate::utmstack::shape_failures::shape_failures;
use crate::utmstack::{documented, overview};

/// nginx takes bodies of up to 200 MB.
const MOST_BYTES: usize = 200 * 1024 * 1024;

/// Everything under `/api`: first CORS, then the token, then the path, as Spring orders them.
pub(crate) fn router(demo: &Arc<Demo>) -> Router {
    let personality = demo.utmstack.personality;
    let alerts = match personality {
        Personality::V10 | Personality::V11 => real_alerts(),
        Personality::Documented => documented_alerts(),
    };
    let only_v11 = match personality {
        Personality::V11 => v11(),
        Personality::V10 | Personality::Documented => Router::new(),
    };
    Router::new()
        .merge(access())
        .merge(alerts)
        .merge(only_v11)
        .merge(index())
        .merge(catalogue())
        .merge(incidents())
        .merge(dashboard())
        .method_not_allowed_fallback(wrong_method)
        .fallback(unknown_path)
        .layer(DefaultBodyLimit::max(MOST_BYTES))
        .layer(from_fn_with_state(Arc::clone(demo), guard))
        .layer(from_fn_with_state(Arc::clone(demo), shape_failures))
        .layer(from_fn(cors))
        .with_state(Arc::clone(demo))
}

fn access() -> Router<Arc<Demo>> {
    Router::new()
        .route("/api/ping", get(ping))
        .route("/api/healthcheck", get(ping))
        .route("/api/releaseInfo", get(release_info))
        .route("/api/date-format", get(date_format))
        .route("/api/images/all", get(images))
        .route("/api/account/reset-password/init", post(reset_password))
        .route("/api/account/reset-password/finish", post(reset_password))
        .route("/api/authenticate", post(authenticate).get(who_is_authenticated))
        .route("/api/account", get(account).post(update_account))
        .route("/api/account/change-password", post(change_password))
        .route("/api/check-credentials", get(check_credentials))
        .route("/api/tfa/verifyCode", get(verify_code_in_query).post(verify_code_in_body))
        .route("/api/users", get(users))
        .route("/api/users/{login}", get(user_by_login))
}

/// What the servers do.
fn real_alerts() -> Router<Arc<Demo>> {
    Router::new()
        .route("/api/elasticsearch/search", post(search))
        .route("/api/elasticsearch/generic-search", post(generic_search))
        .route("/api/elasticsearch/search/csv", post(csv))
        .route("/api/elasticsearch/property/values-with-count", post(values_with_count))
        .route("/api/elasticsearch/property/values", get(values))
        .route("/api/utm-alerts/status", post(update_status))
        .route("/api/utm-alerts/tags", post(update_tags))
        .route("/api/utm-alerts/notes", post(update_notes))
        .route("/api/utm-alerts/convert-to-incident", post(convert_to_incident))
}

/// What the documentation says.
fn documented_alerts() -> Router<Arc<Demo>> {
    Router::new()
        .route("/api/elasticsearch/search", post(documented::search))
        .route("/api/elasticsearch/alerts/export/csv", post(documented::csv))
        .route("/api/elasticsearch/property/values-with-count", post(documented::values_with_count))
        .route("/api/utm-alerts/status", post(documented::update_status))
        .route("/api/utm-alerts/tags", post(documented::update_tags))
        .route("/api/utm-alerts/notes", post(documented::update_notes))
        .route("/api/utm-alerts/convert-to-incident", post(documented::convert_to_incident))
}

fn v11() -> Router<Arc<Demo>> {
    Router::new()
        .route("/api/elasticsearch/count", post(exists))
        .route("/api/tfa/verify-code", post(verify_code_in_body))
        .route("/api/tfa/refresh", get(resend_code))
        .route("/api/enrollment/tfa", post(enroll))
        .route("/api/api-keys", get(api_keys).post(create_api_key))
        .route("/api/api-keys/{id}", get(api_key_by_id).put(change_api_key).delete(delete_api_key))
        .route("/api/api-keys/{id}/generate", post(generate_api_key))
}

fn index() -> Router<Arc<Demo>> {
    Router::new()
        .route("/api/utm-alerts/count-open-alerts", get(count_open_alerts))
        .route("/api/elasticsearch/index/properties", get(index_properties))
        .route("/api/elasticsearch/index/all", get(index_all))
        .route("/api/elasticsearch/cluster/status", get(cluster_status))
}

fn catalogue() -> Router<Arc<Demo>> {
    Router::new()
        .route("/api/utm-alert-tags", list(&ALERT_TAGS).post(create_tag).put(update_tag))
        .route("/api/utm-alert-tags/{id}", by_id(&ALERT_TAGS).merge(delete(&ALERT_TAGS)))
        .route("/api/alert-tag-rules", get(tag_rules).post(create_rule).put(update_rule))
        .route("/api/alert-tag-rules/get-by-ids", get(rules_by_ids))
        .route("/api/alert-tag-rules/{id}", get(rule_by_id).delete(delete_rule))
        .route("/api/utm-alert-logs", list(&ALERT_LOGS).post(create_log).put(update_log))
        .route("/api/utm-alert-logs/count", count(&ALERT_LOGS))
        .route("/api/utm-alert-logs/{id}", by_id(&ALERT_LOGS).merge(delete(&ALERT_LOGS)))
}

fn incidents() -> Router<Arc<Demo>> {
    Router::new()
        .route("/api/utm-incidents", list(&INCIDENTS).post(create_incident))
        .route("/api/utm-incidents/add-alerts", post(add_alerts))
        .route("/api/utm-incidents/change-status", put(change_status))
        .route("/api/utm-incidents/users-assigned", get(users_assigned))
        .route("/api/utm-incidents/{id}", by_id(&INCIDENTS))
        .route("/api/utm-incident-alerts", list(&LINKS).post(create_link).put(update_link))
        .route("/api/utm-incident-alerts/update-status", post(update_link_status))
        .route("/api/utm-incident-alerts/{id}", delete(&LINKS))
        .route("/api/utm-incident-notes", list(&NOTES).post(create_note))
        .route("/api/utm-incident-histories", list(&HISTORIES))
        .route("/api/utm-incident-histories/count", count(&HISTORIES))
        .route("/api/utm-incident-histories/{id}", by_id(&HISTORIES))
}

fn dashboard() -> Router<Arc<Demo>> {
    Router::new()
        .route(
            "/api/overview/count-alerts-today-and-last-week",
            get(overview::count_alerts_today_and_last_week),
        )
        .route("/api/overview/count-alerts-by-status", get(overview::count_alerts_by_status))
        .route("/api/overview/count-alerts-by-severity", get(overview::count_alerts_by_severity))
        .route("/api/overview/top-alerts", get(overview::top_alerts))
        .route("/api/overview/top-alerts-by-category", get(overview::top_alerts_by_category))
        .route("/api/overview/count-events-by-type", get(overview::count_events_by_type))
        .route("/api/overview/events-in-time", get(overview::events_in_time))
        .route("/api/overview/top-windows-events", get(overview::top_windows_events))
        .route("/api/log-analyzer/chart-view", post(chart_view))
        .route("/api/soc-ai/alerts", post(soc_ai))
}

async fn unknown_path() -> Failure {
    Failure::Uncaught(StatusCode::NOT_FOUND)
}

async fn wrong_method(request: Request) -> Failure {
    Failure::Unreadable {
        status: StatusCode::METHOD_NOT_ALLOWED,
        detail: format!("Request method '{}' not supported", request.method()),
    }
}
