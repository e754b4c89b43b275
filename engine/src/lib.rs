//! Columnar store, query language and triage journal: what the console stands on.
