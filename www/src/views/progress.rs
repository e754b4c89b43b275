use crate::effects::Store;
use crate::state::{Feed, Message, thousands};
use leptos::prelude::*;

/// How far the loading is, and the way to stop it. It appears only when it takes longer than a moment.
#[component]
pub(crate) fn Progress() -> impl IntoView {
    let store = Store::here();
    let done = store.select(|model| {
        let loading = || model.feeds.iter().filter(|feed| feed.is_loading());
        let loaded: u64 = loading().map(|feed| feed.loaded).sum();
        let goal: u64 = loading().map(Feed::goal).sum();
        loading().next().map(|_| (loaded, goal))
    });
    let is_loading = Memo::new(move |_| done.get().is_some());
    let loaded = move || done.get().unwrap_or_default().0;
    let goal = move || done.get().unwrap_or_default().1;
    view! {
        <Show when=move || is_loading.get()>
            <span class="progress">
                <progress class="progress-bar" aria-label="Loading alerts" max=goal prop:value=move || loaded().to_string()></progress>
                <span>"loading " {move || thousands(loaded())} " / " {move || thousands(goal())}</span>
                <button class="link" type="button" on:click=move |_| store.dispatch(Message::Cancel)>
                    "Cancel"
                </button>
            </span>
        </Show>
    }
}
