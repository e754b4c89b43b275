use super::attack::Technique;
use super::observable::Observable;
use super::severity::Severity;
use super::status::Status;
use super::verdict::Verdict;
use crate::platform::Platform;
use crate::time::Timestamp;

/// What both platforms say of an alert, in one form.
///
/// The vendor's own record stays with whoever read it; this is what a queue shows, orders and groups by, and what
/// [`to_ocsf`](super::to_ocsf) writes. Texts are the vendor's, unchanged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Where it comes from.
    pub platform: Platform,
    /// Its id there.
    pub uid: String,
    /// What was found, in a line.
    pub title: String,
    /// What was found, in more words.
    pub description: Option<String>,
    /// How grave it is.
    pub severity: Severity,
    /// How far it is worked on.
    pub status: Status,
    /// What it turned out to be, where somebody said so.
    pub verdict: Option<Verdict>,
    /// When it was created (OCSF `time`); `None` where the record has no readable instant.
    pub time: Option<Timestamp>,
    /// When what it tells of began.
    pub started: Option<Timestamp>,
    /// When it was changed last.
    pub updated: Option<Timestamp>,
    /// The rule that raised it.
    pub rule: Option<String>,
    /// The tactic of MITRE ATT&CK, in words.
    pub tactic: Option<String>,
    /// The technique of MITRE ATT&CK.
    pub technique: Option<Technique>,
    /// The machine that it concerns, where one is named.
    pub host: Option<String>,
    /// The platform's id of that machine.
    pub asset: Option<String>,
    /// The side that is concerned.
    pub target: Party,
    /// The side that acts.
    pub adversary: Party,
    /// Who works on it.
    pub assignee: Option<String>,
    /// The comment that stands on it.
    pub note: Option<String>,
    /// Its tags.
    pub tags: Vec<String>,
    /// What it names that others may name as well.
    pub observables: Vec<Observable>,
}

/// One side of what happened.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Party {
    /// Its machine.
    pub host: Option<String>,
    /// Its address.
    pub ip: Option<String>,
    /// Its user.
    pub user: Option<String>,
}

impl Finding {
    /// A finding of which nothing is known yet.
    pub fn new(platform: Platform) -> Self {
        Self {
            platform,
            uid: String::new(),
            title: String::new(),
            description: None,
            severity: Severity::Unknown,
            status: Status::Unknown,
            verdict: None,
            time: None,
            started: None,
            updated: None,
            rule: None,
            tactic: None,
            technique: None,
            host: None,
            asset: None,
            target: Party::default(),
            adversary: Party::default(),
            assignee: None,
            note: None,
            tags: Vec::new(),
            observables: Vec::new(),
        }
    }
}
