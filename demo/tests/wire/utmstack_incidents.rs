//! Incidents with what belongs to them, and the numbers of the dashboard.

use serde_json::{Value, json};
use triagekit_demo::Personality;

use crate::utmstack_desk::{Desk, desk};

const INCIDENTS: &str = "/api/utm-incidents";

fn link(alert: &Value) -> Value {
    json!({
        "alertId": alert["id"], "alertName": alert["name"],
        "alertStatus": alert["status"], "alertSeverity": alert["severity"],
    })
}

fn new_incident(name: &str, alerts: &[&Value]) -> Value {
    let list: Vec<Value> = alerts.iter().map(|alert| link(alert)).collect();
    let users = json!([{ "id": 2, "login": "user" }]).to_string();
    json!({ "incidentName": name, "incidentDescription": "d", "incidentAssignedTo": users, "alertList": list })
}

fn alerts(desk: &Desk) -> Vec<Value> {
    desk.some("status", "IS", &json!(2))
}

#[test]
fn an_incident_is_made_with_200_and_an_alert_can_be_in_one_only() {
    let desk = desk(Personality::V10);
    let alerts = alerts(&desk);
    let made = desk.post(INCIDENTS, &new_incident("First", &[&alerts[0], &alerts[1]]));
    assert_eq!(made.status, 200);
    let incident = made.json();
    assert_eq!(
        (incident["incidentStatus"].as_str(), incident["incidentSolution"].is_null()),
        (Some("OPEN"), true)
    );
    let highest = alerts[..2].iter().map(|alert| alert["severity"].as_i64().unwrap()).max();
    assert_eq!(incident["incidentSeverity"].as_i64(), highest);
    let taken = desk.post(INCIDENTS, &new_incident("Second", &[&alerts[2], &alerts[1]]));
    assert_eq!((taken.status, taken.body.as_str()), (409, ""));
    assert!(taken.header("x-utmstack-error").is_some());
    assert_eq!(desk.post(INCIDENTS, &new_incident("Empty", &[])).status, 400);
    assert_eq!(desk.post(INCIDENTS, &new_incident("a \"b\"", &[&alerts[3]])).status, 400);
    let mut without = new_incident("Without", &[&alerts[3]]);
    without["incidentDescription"] = Value::Null;
    assert_eq!(desk.post(INCIDENTS, &without).status, 500, "the database wants a description");
    assert_eq!(desk.get(INCIDENTS).header("x-total-count"), Some("1"), "what fails leaves nothing behind");
    assert_eq!(
        desk.get(&format!("{INCIDENTS}/users-assigned")).json(),
        json!([{ "id": 2, "login": "user" }])
    );
    assert_eq!(desk.get(&format!("{INCIDENTS}/999")).status, 404);
}

#[test]
fn alerts_are_added_with_201() {
    let desk = desk(Personality::V10);
    let alerts = alerts(&desk);
    let id = desk.post(INCIDENTS, &new_incident("First", &[&alerts[0]])).json()["id"].clone();
    let path = format!("{INCIDENTS}/add-alerts");
    let add = |id: &Value, list: Value| desk.post(&path, &json!({ "incidentId": id, "alertList": list }));
    assert_eq!(add(&id, json!([link(&alerts[1])])).status, 201);
    assert_eq!(add(&id, json!([link(&alerts[1])])).status, 409);
    assert_eq!(add(&json!(999), json!([link(&alerts[2])])).status, 500);
    assert_eq!(add(&id, json!([])).status, 500, "version 10 lets it fall through");
    let links = desk.get(&format!("/api/utm-incident-alerts?incidentId.equals={id}")).json();
    assert_eq!(links.as_array().unwrap().len(), 2);
}

#[test]
fn alerts_follow_the_status_of_their_incident() {
    let desk = desk(Personality::V10);
    let alerts = alerts(&desk);
    let alert_id = alerts[0]["id"].as_str().unwrap();
    let mut incident = desk.post(INCIDENTS, &new_incident("First", &[&alerts[0]])).json();
    incident["incidentStatus"] = json!("COMPLETED");
    let path = format!("{INCIDENTS}/change-status");
    let answer = desk.ask("PUT", &path, Some(&incident));
    assert_eq!((answer.status, answer.json()["incidentStatus"].as_str()), (200, Some("COMPLETED")));
    let alert = desk.alert(alert_id);
    assert_eq!((alert["status"].as_i64(), alert["statusObservation"].as_str()), (Some(5), Some("null")));
    incident["incidentStatus"] = json!("IN_REVIEW");
    incident["incidentSolution"] = json!("found it");
    desk.ask("PUT", &path, Some(&incident));
    let alert = desk.alert(alert_id);
    assert_eq!((alert["status"].as_i64(), alert["statusObservation"].as_str()), (Some(3), Some("found it")));
    incident.as_object_mut().unwrap().remove("incidentDescription");
    assert_eq!(desk.ask("PUT", &path, Some(&incident)).status, 500, "what is missing is null");
    let found =
        desk.get(&format!("{INCIDENTS}?incidentStatus.in=IN_REVIEW,OPEN&incidentName.contains=irs")).json();
    assert_eq!(found.as_array().unwrap().len(), 1);
}

#[test]
fn links_notes_and_histories_belong_to_an_incident() {
    let desk = desk(Personality::V10);
    let alerts = alerts(&desk);
    let id = desk.post(INCIDENTS, &new_incident("First", &[&alerts[0]])).json()["id"].clone();
    let note = desk.post("/api/utm-incident-notes", &json!({ "incidentId": id, "noteText": "looked at it" }));
    assert_eq!((note.status, note.json()["noteSendBy"].as_str()), (201, Some("admin")));
    let long = json!({ "incidentId": id, "noteText": "x".repeat(1_001) });
    assert_eq!(desk.post("/api/utm-incident-notes", &long).status, 400);
    let histories =
        desk.get(&format!("/api/utm-incident-histories?incidentId.equals={id}&sort=id,asc")).json();
    let kinds: Vec<&str> =
        histories.as_array().unwrap().iter().map(|one| one["actionType"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["INCIDENT_CREATED", "INCIDENT_NOTE_ADD"]);
    assert_eq!(desk.get("/api/utm-incident-histories/count").body, "2");
    let update = json!({ "incidentId": id, "alertIds": [alerts[0]["id"]], "status": 5 });
    assert_eq!(desk.post("/api/utm-incident-alerts/update-status", &update).status, 200);
    let links = desk.get("/api/utm-incident-alerts").json();
    assert_eq!(links[0]["alertStatus"], 5);
    assert_eq!(desk.alert(alerts[0]["id"].as_str().unwrap())["status"], 2, "only the copy is changed");
    assert_eq!(desk.ask("DELETE", &format!("/api/utm-incident-alerts/{}", links[0]["id"]), None).status, 200);
    assert_eq!(desk.get("/api/utm-incident-alerts").json(), json!([]));
}

#[test]
fn the_dashboard_leaves_out_what_is_in_review_and_false_positives() {
    let desk = desk(Personality::V10);
    let counted = desk.search(&json!([
        { "field": "status", "operator": "IS_NOT", "value": 1 },
        { "field": "tags", "operator": "IS_NOT", "value": "False positive" },
    ]));
    let span = "from=now-60d&to=now";
    let cards = desk.get(&format!("/api/overview/count-alerts-by-status?{span}")).json();
    let names: Vec<&str> =
        cards.as_array().unwrap().iter().map(|card| card["serie"].as_str().unwrap()).collect();
    assert_eq!(names, ["Open", "In review", "Completed"]);
    let sum: i64 = cards.as_array().unwrap().iter().map(|card| card["value"].as_i64().unwrap()).sum();
    assert_eq!(usize::try_from(sum).unwrap(), counted.len());
    let pie = desk.get(&format!("/api/overview/count-alerts-by-severity?{span}&top=5")).json();
    assert_eq!(pie["data"].as_array().unwrap().len(), 3);
    assert_eq!(pie["value"][0]["name"], pie["data"][0]);
    let table = desk.get(&format!("/api/overview/top-alerts?{span}&top=4")).json();
    assert_eq!(
        (table["columns"].clone(), table["rows"].as_array().unwrap().len()),
        (json!(["Alert", "Amount"]), 4)
    );
    assert!(table["rows"][0][1].is_string());
    let bars = desk.get(&format!("/api/overview/top-alerts-by-category?{span}&top=3")).json();
    assert_eq!(bars["categories"].as_array().unwrap().len(), bars["series"].as_array().unwrap().len());
    let week = desk.get("/api/overview/count-alerts-today-and-last-week").json();
    assert_eq!((week[0]["serie"].as_str(), week[1]["serie"].as_str()), (Some("Today"), Some("Last 7 days")));
    assert_eq!(desk.get("/api/overview/top-alerts?from=now-1d&to=now").status, 400, "top is required");
    let chart = json!({ "indexPattern": "alert-*", "interval": "Day", "filters": [], "top": 5, "field": "@timestamp" });
    let chart = desk.post("/api/log-analyzer/chart-view", &chart).json();
    assert_eq!(chart["categories"].as_array().unwrap().len(), chart["values"].as_array().unwrap().len());
    assert_eq!(desk.post("/api/soc-ai/alerts", &json!(["x"])).json()["status"], "success");
}
