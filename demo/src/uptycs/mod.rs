//! Uptycs as its clients found it, under `/public/api/customers/{customerId}`. One file an endpoint or a rule of
//! the wire.

mod alert;
mod alerts;
mod answer;
mod asset;
mod assets;
mod audience;
mod call;
mod envelope;
mod failure;
mod filter;
mod key_file;
mod list;
mod query;
mod query_job;
mod query_jobs;
mod resource;
mod sort;
mod sql;
mod token;
mod vendor;

pub(crate) use alert::Alert;
pub(crate) use answer::answer;
pub(crate) use asset::Asset;
pub(crate) use key_file::KeyFile;
pub(crate) use query_jobs::QueryJobs;
pub(crate) use vendor::Uptycs;
