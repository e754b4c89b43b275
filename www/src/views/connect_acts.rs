use crate::effects::Store;
use crate::state::Message;
use leptos::prelude::*;
use triagekit::Platform;

/// The button that submits, and while it waits, the one that gives up.
#[component]
pub(crate) fn ConnectActs(
    /// Which card's.
    kind: Platform,
    /// Whether the first answer is awaited.
    is_connecting: Memo<bool>,
) -> impl IntoView {
    let store = Store::here();
    let give_up = move |_| {
        if let Some(id) = store.peek(|model| model.feed_of(kind).map(|feed| feed.id)) {
            store.dispatch(Message::Disconnect(id));
        }
    };
    view! {
        <div class="card-acts">
            <button class="button is-primary" type="submit" disabled=move || is_connecting.get()>
                {move || if is_connecting.get() { "Connecting…" } else { "Connect" }}
            </button>
            <Show when=move || is_connecting.get()>
                <button class="button" type="button" on:click=give_up>
                    "Cancel"
                </button>
            </Show>
        </div>
    }
}

/// A new attempt clears what the last one came to.
pub(crate) fn forget_problem(store: Store, kind: Platform) {
    let failed =
        store.peek(|model| model.feed_of(kind).filter(|feed| feed.problem().is_some()).map(|feed| feed.id));
    if let Some(id) = failed {
        store.dispatch(Message::Disconnect(id));
    }
}
