//! SQL of callers: real statements on the tables of the catalogue, and nothing but reading (docs/uptycs.md, "SQL").

mod expression;
mod function;
mod presto_time;
mod presto_value;
mod run;
mod scope;
mod session;
mod table;
mod translate;

pub(crate) use run::{Statement, run};
pub(crate) use scope::{Realm, Scope};
pub(crate) use session::{Agents, Span};
pub(crate) use table::{Answerer, Column, Row, SqlError, Table};
