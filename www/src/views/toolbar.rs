use super::severity_mark::severity_mark;
use crate::effects::Store;
use crate::state::{Message, STRETCH, thousands};
use leptos::prelude::*;

/// How many alerts there are, of which severity, and the way to more of them.
#[component]
pub(crate) fn Toolbar() -> impl IntoView {
    let store = Store::here();
    let count = store.select(|model| model.queue.len());
    let severities = store.select(|model| model.queue.by_severity());
    let can_load = store.select(|model| model.may_have_more() && !model.is_loading());
    let is_of_several =
        store.select(|model| model.feeds.iter().filter(|feed| feed.may_have_more()).count() > 1);
    let number = |count: usize| thousands(u64::try_from(count).unwrap_or(u64::MAX));
    view! {
        <div class="toolbar">
            <h1 class="toolbar-title">"Alerts"</h1>
            <span class="toolbar-count" role="status" data-testid="count">
                {move || number(count.get())} " loaded, newest first"
            </span>
            <ul class="severity-counts" aria-label="Loaded alerts by severity">
                {move || {
                    severities
                        .get()
                        .into_iter()
                        .map(|(severity, count)| view! { <li>{severity_mark(severity)} <b>{number(count)}</b></li> })
                        .collect_view()
                }}
            </ul>
            <Show when=move || can_load.get()>
                <button class="button" type="button" on:click=move |_| store.dispatch(Message::LoadMore)>
                    "Load " {thousands(STRETCH)} " more" {move || is_of_several.get().then_some(" of each")}
                </button>
            </Show>
        </div>
    }
}
