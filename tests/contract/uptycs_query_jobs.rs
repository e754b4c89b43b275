use crate::live::Live;
use triagekit::machine::drive;
use triagekit::uptycs::{SqlOptions, SqlPart};
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
