use super::severity_mark::severity_mark;
use super::status_mark::status_mark;
use super::truncated::truncated;
use crate::effects::Store;
use crate::state::{Alert, Message, date_and_time, legible};
use alloc::borrow::Cow;
use alloc::sync::Arc;
use leptos::prelude::*;

/// The id of a row's element, by which the keyboard's focus finds it.
pub(crate) fn row_id(alert: &Alert) -> String {
    format!("alert-{}", alert.sequence)
}

/// One alert in the table.
#[component]
pub(crate) fn Row(
    /// The alert.
    alert: Arc<Alert>,
    /// The row that the keyboard is at, by its alert's place among all that came.
    cursor: Memo<Option<u64>>,
) -> impl IntoView {
    let store = Store::here();
    let sequence = alert.sequence;
    let place = {
        let alert = Arc::clone(&alert);
        store.select(move |model| model.queue.index_of(&alert))
    };
    let is_here = move || cursor.get() == Some(sequence);
    // Before the first move, the first row is where Tab leads.
    let is_reachable = move || is_here() || (cursor.get().is_none() && place.get() == Some(0));
    let open = {
        let alert = Arc::clone(&alert);
        move |_| {
            store.dispatch(Message::Select(Arc::clone(&alert)));
            store.dispatch(Message::Open);
        }
    };
    let finding = &alert.finding;
    let title = legible(&finding.title).into_owned();
    let is_untitled = title.is_empty();
    let hover = title.clone();
    view! {
        <div
            class="row"
            role="row"
            id=row_id(&alert)
            class:is-here=is_here
            // The first row is the header's.
            aria-rowindex=move || place.get().map(|place| place + 2)
            aria-selected=move || is_here().to_string()
            tabindex=move || if is_reachable() { "0" } else { "-1" }
            on:click=open
        >
            <span role="gridcell">{severity_mark(finding.severity)}</span>
            <span role="gridcell" class="mono" title=finding.time.map(|time| time.to_string())>
                {finding.time.map_or_else(|| "no time".to_owned(), date_and_time)}
            </span>
            <span role="gridcell">{status_mark(finding.status)}</span>
            <span role="gridcell" class="is-muted">{finding.platform.name()}</span>
            <span role="gridcell" class="cell-name" class:is-muted=is_untitled title=hover>
                {if is_untitled { "Untitled alert".to_owned() } else { title }}
            </span>
            <span role="gridcell" class="cell-technique mono is-muted" title=finding.tactic.as_deref().map(legible).map(Cow::into_owned)>
                {finding.technique.as_ref().map(ToString::to_string)}
            </span>
            <span role="gridcell" class="cell-host">{finding.host.as_deref().map(truncated)}</span>
        </div>
    }
}
