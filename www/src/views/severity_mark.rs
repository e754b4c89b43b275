use super::icon::{Icon, icon};
use leptos::prelude::*;
use triagekit::finding::Severity;

/// A severity as shape, word and colour.
pub(crate) fn severity_mark(severity: Severity) -> impl IntoView {
    let (class, shape) = match severity {
        Severity::Critical => ("severity is-critical", Icon::Triangle),
        Severity::High => ("severity is-high", Icon::Diamond),
        Severity::Medium => ("severity is-medium", Icon::Square),
        Severity::Low => ("severity is-low", Icon::Circle),
        Severity::Informational => ("severity is-muted", Icon::Circle),
        Severity::Unknown => ("severity is-muted", Icon::Ring),
    };
    view! { <span class=class>{icon(shape)} {severity.word()}</span> }
}
