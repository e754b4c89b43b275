use crate::live::Live;
use triagekit::machine::{Step, Transport, drive};
use triagekit::uptycs::{ListOptions, SqlOptions, SqlPart, SqlTarget};
use triagekit::{Error, uptycs};
use triagekit_demo::Config;

fn run(
    live: &mut Live,
    query: &str,
    options: &SqlOptions,
) -> Result<(Vec<serde_json::Value>, Vec<String>), Error> {
    let client: uptycs::Client = live.uptycs();
    let mut machine = client.sql(query, options, Live::now())?;
    let (mut rows, mut statuses) = (Vec::new(), Vec::new());
    drive(&mut machine, live, |part| match part {
        SqlPart::Progress(progress) => statuses.push(progress.status),
        SqlPart::Rows(page) => rows.extend(page.rows.iter().map(|row| {
            let item: serde_json::Value = serde_json::from_slice(page.row(row)).expect("JSON");
            item["rowData"].clone()
        })),
    })?;
    Ok((rows, statuses))
}

#[test]
fn a_query_gives_all_its_rows_through_a_job() {
    let mut live = Live::start(Config { uptycs_alerts: 2_500, utmstack_alerts: 0, ..Config::default() });
    let options = SqlOptions { days: None, page_size: 1_000, ..SqlOptions::default() };
    let (rows, statuses) =
        run(&mut live, "SELECT id, severity FROM upt_alerts ORDER BY id;", &options).expect("runs");
    let ids: Vec<String> = rows.iter().map(|row| row["id"].as_str().expect("an id").to_owned()).collect();
    assert_eq!(ids, live.existing("uptycs").into_iter().collect::<Vec<_>>());
    assert_eq!(statuses.first().map(String::as_str), Some("QUEUED"));
    assert_eq!(statuses.last().map(String::as_str), Some("FINISHED"));
}

#[test]
fn a_mistake_in_the_query_comes_back_in_the_vendors_words() {
    let mut live = Live::start(Config { uptycs_alerts: 3, utmstack_alerts: 0, ..Config::default() });
    let options = SqlOptions { days: None, ..SqlOptions::default() };
    let error = run(&mut live, "SELECT no_such_column FROM upt_alerts", &options).expect_err("a mistake");
    assert_eq!(error.code(), "job_failed");
    assert!(error.to_string().contains("no_such_column"), "{error}");
}

#[test]
fn days_bound_the_query_where_it_has_no_bound_of_its_own() {
    let mut live = Live::start(Config { uptycs_alerts: 3_000, utmstack_alerts: 0, ..Config::default() });
    let count = |live: &mut Live, days| {
        let options = SqlOptions { days, ..SqlOptions::default() };
        let (rows, _) = run(live, "SELECT count(*) AS n FROM upt_alerts", &options).expect("runs");
        rows[0]["n"].as_i64().expect("a number")
    };
    let all = count(&mut live, None);
    let week = count(&mut live, Some(7));
    let day = count(&mut live, Some(1));
    assert_eq!(all, 3_000);
    assert!(0 < day && day < week && week < all, "{day} {week} {all}");
}

fn jobs(live: &mut Live) -> usize {
    let mut machine = live.uptycs().list("queryJobs", &ListOptions::default()).expect("a list");
    live.ids(&mut machine).expect("jobs").0.len()
}

#[test]
fn no_job_is_left_behind_by_a_query_that_ends_or_is_given_up() {
    let mut live = Live::start(Config { uptycs_alerts: 100, utmstack_alerts: 0, ..Config::default() });
    let before = jobs(&mut live);
    run(&mut live, "SELECT id FROM upt_alerts", &SqlOptions::default()).expect("runs");
    assert_eq!(jobs(&mut live), before);

    let client = live.uptycs();
    let mut machine =
        client.sql("SELECT id FROM upt_alerts", &SqlOptions::default(), Live::now()).expect("a query");
    loop {
        match machine.next(live.moment()).expect("goes on") {
            Step::Send(request) => {
                let answer = live.send(request);
                machine.received(answer, live.moment()).expect("submitted");
            }
            Step::Page(_) => break,
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(jobs(&mut live), before + 1);
    machine.abandon();
    let report = drive(&mut machine, &mut live, |_| {}).expect("tidied up");
    assert_eq!((report.is_complete, report.is_deleted), (false, true));
    assert_eq!(jobs(&mut live), before);
}

#[test]
fn the_live_assets_and_the_time_machine_are_asked_through_jobs() {
    let mut live = Live::start(Config { uptycs_alerts: 100, utmstack_alerts: 0, ..Config::default() });
    for target in [
        SqlTarget::Realtime { host_name: None, asset_tag: None },
        SqlTarget::TimeMachine { window: None, host_name: None, asset_tag: None },
    ] {
        let options = SqlOptions { target: target.clone(), ..SqlOptions::default() };
        let (rows, statuses) = run(&mut live, "SELECT pid, name FROM processes", &options).expect("runs");
        assert_eq!(statuses.last().map(String::as_str), Some("FINISHED"), "{target:?}");
        assert!(!rows.is_empty() || matches!(target, SqlTarget::TimeMachine { .. }), "{target:?}");
    }
}

#[test]
fn several_queries_run_side_by_side_and_one_mistake_stops_no_other() {
    let mut live = Live::start(Config { uptycs_alerts: 100, utmstack_alerts: 0, ..Config::default() });
    let before = jobs(&mut live);
    let queries =
        ["SELECT id FROM upt_alerts", "SELECT no_such_column FROM upt_alerts", "SELECT id FROM upt_assets"];
    let queries = queries.map(str::to_owned);
    let options = SqlOptions { days: None, ..SqlOptions::default() };
    let mut machine = live.uptycs().sql_many(&queries, 2, &options, Live::now()).expect("queries");
    let outcomes = drive(&mut machine, &mut live, |_| {}).expect("ends");
    let codes: Vec<_> = outcomes.iter().map(|outcome| outcome.as_ref().err().map(Error::code)).collect();
    assert_eq!(codes, [None, Some("job_failed"), None]);
    assert_eq!(jobs(&mut live), before);
}

#[test]
fn a_small_query_is_answered_without_a_job() {
    let mut live = Live::start(Config { uptycs_alerts: 100, utmstack_alerts: 0, ..Config::default() });
    let options = SqlOptions { days: None, ..SqlOptions::default() };
    let mut machine =
        live.uptycs().query("SELECT count(*) AS n FROM upt_alerts", &options, Live::now()).expect("a query");
    let page = drive(&mut machine, &mut live, |page| match page {}).expect("answered");
    let row: serde_json::Value = serde_json::from_slice(page.row(&page.rows[0])).expect("JSON");
    assert_eq!(row["n"], 100);
    let mut machine = live.uptycs().audit_query("SELECT * FROM api_audit_logs LIMIT 1").expect("a query");
    drive(&mut machine, &mut live, |page| match page {}).expect("answered");
}
