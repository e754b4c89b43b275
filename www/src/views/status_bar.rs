use super::progress::Progress;
use crate::effects::Store;
use crate::state::{Feed, Model, Place, clock_time, date_and_time};
use leptos::prelude::*;

/// What is loaded, as of when, and which keys there are.
#[component]
pub(crate) fn StatusBar() -> impl IntoView {
    let store = Store::here();
    let summaries = store.select(|model| {
        model.feeds.iter().filter(|feed| feed.has_answered()).map(Feed::summary).collect::<Vec<_>>()
    });
    let synced_at = store.select(Model::synced_at);
    let down_to = store.select(Model::complete_down_to);
    let place = store.select(|model| model.place);
    view! {
        <footer class="status-bar">
            <span class="status-counts" data-testid="loaded">
                {move || {
                    let summaries = summaries.get();
                    if summaries.is_empty() { "Nothing loaded yet".to_owned() } else { summaries.join(" · ") }
                }}
            </span>
            {move || synced_at.get().map(|at| view! { <span>"as of " {clock_time(at)} " UTC"</span> })}
            {move || {
                down_to
                    .get()
                    .map(|at| {
                        view! {
                            <span title="Further back, alerts of one platform may be missing until more is loaded.">
                                "complete back to " {date_and_time(at)}
                            </span>
                        }
                    })
            }}
            <Progress />
            <span class="spacer"></span>
            <Show when=move || place.get() == Place::Queue>
                <span class="keys">
                    <kbd>"J"</kbd> <kbd>"K"</kbd> " move" <kbd>"Enter"</kbd> " open" <kbd>"Esc"</kbd> " close"
                </span>
            </Show>
        </footer>
    }
}
