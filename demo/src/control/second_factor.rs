//! `GET /_demo/second-factor?login=`: the code that UTMStack has sent, for those who do not read what is printed.

use std::sync::Arc;

use axum::extract::{Query, State};
use axum::http::StatusCode;
use serde::Deserialize;

use crate::demo::Demo;
use crate::utmstack::USERNAME;

/// Whose code.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    login: Option<String>,
}

/// The code as text; 404 when none is on its way.
pub(crate) async fn second_factor(
    State(demo): State<Arc<Demo>>,
    Query(asked): Query<Asked>,
) -> Result<String, (StatusCode, String)> {
    let login = asked.login.unwrap_or_else(|| USERNAME.to_owned());
    let code = demo.utmstack.second_factor.code(&login);
    code.ok_or_else(|| (StatusCode::NOT_FOUND, format!("no code is on its way to {login}\n")))
}
