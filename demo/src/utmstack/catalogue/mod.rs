//! What people keep beside the alerts: the names of tags, the rules that tag, and the history of changes
//! (docs/utmstack.md, 5.1 to 5.3).

mod alert_logs;
mod alert_tags;
mod fill;
mod review;
mod rule_list;
mod tag_rule;
mod tag_rules;

pub(crate) use alert_logs::{ALERT_LOGS, create_log, update_log};
pub(crate) use alert_tags::{ALERT_TAGS, create_tag, update_tag};
pub(crate) use fill::fill_catalogue;
pub(crate) use review::{review, review_every};
pub(crate) use rule_list::tag_rules;
pub(crate) use tag_rule::TagRule;
pub(crate) use tag_rules::{create_rule, delete_rule, rule_by_id, rules_by_ids, update_rule};
