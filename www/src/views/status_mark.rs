use leptos::prelude::*;
use triagekit::finding::Status;

/// A status as dot and word.
pub(crate) fn status_mark(status: Status) -> impl IntoView {
    let class = match status {
        Status::New => "status is-new",
        Status::InProgress => "status is-in-progress",
        Status::Resolved => "status is-resolved",
        Status::Suppressed | Status::Unknown => "status is-muted",
    };
    view! {
        <span class=class>
            <span class="dot" aria-hidden="true"></span>
            {status.word()}
        </span>
    }
}
