//! Fills Uptycs's tables with the rows of the scenario.

use rusqlite::{Connection, params};

use crate::data::{Occurrence, Scenario, timeline};
use crate::error::Error;
use crate::instant::UtcInstant;
use crate::random::Random;
use crate::store::fill_lake::fill_lake;
use crate::store::fill_objects::fill_objects;
use crate::store::json::json;
use crate::store::{Database, create_lake};
use crate::uptycs::{Alert, Asset};

/// Writes the assets and `count` alerts up to `end`, unless the database holds some already.
pub(crate) fn fill_uptycs(
    database: &Database,
    scenario: &Scenario,
    seed: u64,
    count: u32,
    end: UtcInstant,
) -> Result<(), Error> {
    database.write(create_lake)?;
    let there: i64 = database.read(|db| db.query_row("SELECT count(*) FROM asset", [], |row| row.get(0)))?;
    if there > 0 {
        return Ok(());
    }
    let mut random = Random::stream(seed, "uptycs");
    database.write(|db| {
        for occurrence in timeline(scenario, &mut random, count, end) {
            add_to_uptycs(db, scenario, &mut random, occurrence, end, None)?;
        }
        fill_assets(db, scenario, seed, end)?;
        fill_objects(db, scenario, seed, end)?;
        fill_lake(db, scenario, seed, end)
    })?;
    Ok(())
}

/// Writes one alert, nothing of which happens after `end`, and gives its id. `birth` is when the row came to be
/// there, whatever instants it bears; `None` says when it was made.
pub(crate) fn add_to_uptycs(
    db: &Connection,
    scenario: &Scenario,
    random: &mut Random,
    occurrence: Occurrence,
    end: UtcInstant,
    birth: Option<i64>,
) -> rusqlite::Result<Option<String>> {
    let Some(alert) = Alert::new(scenario, random, occurrence, end) else { return Ok(None) };
    let mut row = db.prepare_cached(
        "INSERT INTO alert (id, asset_id, host_name, rule_id, code, description, severity, status, alert_time,
            created_at, updated_at, key, value, grouping, assigned_to, birth, changed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)",
    )?;
    let mut document = db.prepare_cached("INSERT INTO alert_body (seq, body) VALUES (?1, ?2)")?;
    row.execute(params![
        alert.id,
        alert.asset_id,
        alert.asset.host_name,
        alert.rule_id,
        alert.code,
        alert.description,
        alert.severity,
        alert.status,
        alert.times.alert.sql(),
        alert.times.created.sql(),
        alert.times.updated.sql(),
        alert.key,
        alert.value,
        alert.grouping,
        alert.assigned_to,
        birth.unwrap_or_else(|| alert.times.created.millis()),
        birth.unwrap_or_else(|| alert.times.updated.millis()),
    ])?;
    document.execute(params![db.last_insert_rowid(), json(&alert)?])?;
    Ok(Some(alert.id))
}

fn fill_assets(db: &Connection, scenario: &Scenario, seed: u64, end: UtcInstant) -> rusqlite::Result<()> {
    let mut random = Random::stream(seed, "assets");
    let mut row = db.prepare(
            "INSERT INTO asset (id, host_name, description, location, latitude, longitude, gateway, city_id, cpu_brand,
                hardware_model, hardware_serial, hardware_vendor, cores, logical_cores, memory_mb, os, os_version,
                os_flavor, os_key, osquery_version, object_group_id, status, disabled, live, created_at, updated_at,
                deleted_at, last_enrolled_at, last_activity_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
                ?22, 0, ?23, ?24, ?25, NULL, ?26, ?27)",
        )?;
    let mut document = db.prepare("INSERT INTO asset_body (seq, body) VALUES (?1, ?2)")?;
    for host in &scenario.hosts {
        let asset = Asset::new(scenario, &mut random, host, end);
        row.execute(params![
            asset.id,
            asset.host_name,
            asset.description,
            asset.location,
            asset.latitude,
            asset.longitude,
            asset.gateway,
            asset.city_id,
            asset.cpu_brand,
            asset.hardware_model,
            asset.hardware_serial,
            asset.hardware_vendor,
            asset.cores,
            asset.logical_cores,
            asset.memory_mb,
            asset.os,
            asset.os_version,
            asset.os_flavor,
            asset.os_key,
            asset.osquery_version,
            asset.object_group_id,
            asset.status,
            asset.live,
            asset.times.created.sql(),
            asset.times.updated.sql(),
            asset.times.enrolled.sql(),
            asset.times.active.sql(),
        ])?;
        document.execute(params![db.last_insert_rowid(), json(&asset)?])?;
    }
    Ok(())
}
