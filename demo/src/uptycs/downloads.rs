//! Files: the link of a carve, and packages of the agent (docs/uptycs.md, "Users, roles, carves, packages, cloud").

use std::sync::Arc;

use axum::Json;
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use serde_json::json;

use crate::demo::Demo;
use crate::uptycs::call::Call;
use crate::uptycs::collection::Collection;
use crate::uptycs::failure::Failure;
use crate::uptycs::{list, objects};

/// `GET /carves/{id}/link`: an address in S3 with the three values that a client has to send there as headers.
/// Nothing listens at the address: it ends in `.invalid`.
pub(crate) async fn carve_link(demo: &Arc<Demo>, id: &str) -> Result<Response, Failure> {
    let carves = Collection::at("carves").ok_or_else(|| Failure::internal("there is no carves"))?;
    let resource = carves.resource().ok_or_else(|| Failure::internal("carves cannot be listed"))?;
    list::row(demo, id, resource).await.map_err(|_| objects::missing(carves, id))?;
    let url = format!(
        "https://carves.s3.example.invalid/{id}.tar?x-amz-server-side-encryption-customer-algorithm=AES256\
         &x-amz-server-side-encryption-customer-key=ZGVtbw%3D%3D&x-amz-server-side-encryption-customer-key-MD5=ZGVtbw%3D%3D"
    );
    Ok(Json(json!({ "url": url })).into_response())
}

/// `GET /packageDownloads/osquery/{osFlavor}/{assetGroupId}`.
pub(crate) fn package(call: &Call, flavor: &str) -> Result<Response, Failure> {
    let extension = match flavor {
        "debian" => "deb",
        "centos" | "rhel" | "suse" => "rpm",
        "windows" => "msi",
        "darwin" | "macos" => "pkg",
        other => return Err(Failure::not_found(format!("there is no package for {other}"))),
    };
    let version = call.parameter("osqVersion").unwrap_or("5.3.0.11");
    let name = format!("assets-osquery-{}-Uptycs.{extension}", version.trim_end_matches("-Uptycs"));
    if name.chars().any(|letter| letter.is_control() || letter == '"') {
        return Err(Failure::bad_request("\"osqVersion\" must be a version"));
    }
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"{name}\"")),
    ];
    Ok((headers, "This is no package: it comes from a demo server.\n").into_response())
}
