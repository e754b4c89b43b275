use crate::effects::Store;
use crate::state::{Message, Place, date_and_time};
use leptos::prelude::*;
use triagekit::Platform;

/// A connection that has answered: where it leads, how it is, and the way to end it.
#[component]
pub(crate) fn ConnectedCard(
    /// To which product.
    kind: Platform,
) -> impl IntoView {
    let store = Store::here();
    let feed = store.select(move |model| model.feed_of(kind).cloned());
    let show = NodeRef::new();
    // Whoever has just signed in goes on with Enter.
    Effect::new(move |_| {
        if let Some(button) = show.get() {
            let button: web_sys::HtmlButtonElement = button;
            drop(button.focus());
        }
    });
    let disconnect = move |_| {
        if let Some(id) = store.peek(|model| model.feed_of(kind).map(|feed| feed.id)) {
            store.dispatch(Message::Disconnect(id));
        }
    };
    let retry = move |_| {
        if let Some(id) = store.peek(|model| model.feed_of(kind).map(|feed| feed.id)) {
            store.dispatch(Message::Retry(id));
        }
    };
    let problem = Memo::new(move |_| {
        feed.with(|feed| feed.as_ref().and_then(|feed| feed.problem()).map(|problem| problem.message.clone()))
    });
    view! {
        <p class="connected">
            <span class="dot" class:is-good=move || problem.with(Option::is_none) class:is-bad=move || problem.with(Option::is_some) aria-hidden="true"></span>
            {move || if problem.with(Option::is_some) { "Gives no alerts at the moment" } else { "Connected" }}
        </p>
        <dl class="facts">
            <dt>"Address"</dt>
            <dd class="mono">{move || feed.with(|feed| feed.as_ref().map(|feed| feed.connection.base_url.to_string()))}</dd>
            <dt>"Loaded"</dt>
            <dd>{move || feed.with(|feed| feed.as_ref().map(crate::state::Feed::summary))}</dd>
            <dt>"Last answer"</dt>
            <dd class="mono">
                {move || feed.with(|feed| feed.as_ref().and_then(|feed| feed.synced_at)).map(|at| format!("{} UTC", date_and_time(at)))}
            </dd>
        </dl>
        <p class="field-error" role="alert">{move || problem.get()}</p>
        <div class="card-acts">
            <button class="button is-primary" type="button" node_ref=show on:click=move |_| store.dispatch(Message::Go(Place::Queue))>
                "Show its alerts"
            </button>
            <Show when=move || problem.with(Option::is_some)>
                <button class="button" type="button" on:click=retry>
                    "Retry"
                </button>
            </Show>
            <button class="button" type="button" on:click=disconnect>
                "Disconnect"
            </button>
        </div>
    }
}
