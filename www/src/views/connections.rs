use super::connected_card::ConnectedCard;
use super::uptycs_card::UptycsCard;
use super::utmstack_card::UtmstackCard;
use crate::effects::Store;
use crate::state::{Feed, Message, Place};
use leptos::prelude::*;
use triagekit::Platform;

/// Where connections are made and ended.
#[component]
pub(crate) fn Connections() -> impl IntoView {
    let store = Store::here();
    let has_demo = store.select(|model| model.demo.is_some());
    let has_answered = store.select(|model| model.feeds.iter().any(Feed::has_answered));
    let is_connected = |kind| store.select(move |model| model.feed_of(kind).is_some_and(Feed::has_answered));
    let utmstack = is_connected(Platform::Utmstack);
    let uptycs = is_connected(Platform::Uptycs);
    view! {
        <div class="connect">
            <header class="connect-head">
                <div>
                    <h1>"Connect your platforms"</h1>
                    <p class="is-muted">
                        "Credentials stay in this page's memory and go to the platform alone. Closing the page forgets them."
                    </p>
                </div>
                <Show when=move || has_answered.get()>
                    <button
                        class="button is-primary"
                        type="button"
                        on:click=move |_| store.dispatch(Message::Go(Place::Queue))
                    >
                        "Open the queue"
                    </button>
                </Show>
            </header>
            <Show when=move || has_demo.get() && !has_answered.get()>
                <section class="offer" aria-label="Demo">
                    <p>
                        <b>"This server is a demo."</b>
                        " It plays both platforms with made-up alerts; no account is needed."
                    </p>
                    <button class="button is-primary" type="button" on:click=move |_| store.dispatch(Message::UseDemo)>
                        "Use the demo"
                    </button>
                </section>
            </Show>
            <div class="cards">
                <section class="card" aria-labelledby="card-utmstack">
                    <h2 id="card-utmstack">"UTMStack"</h2>
                    {move || {
                        if utmstack.get() {
                            view! { <ConnectedCard kind=Platform::Utmstack /> }.into_any()
                        } else {
                            view! { <UtmstackCard /> }.into_any()
                        }
                    }}
                </section>
                <section class="card" aria-labelledby="card-uptycs">
                    <h2 id="card-uptycs">"Uptycs"</h2>
                    {move || {
                        if uptycs.get() {
                            view! { <ConnectedCard kind=Platform::Uptycs /> }.into_any()
                        } else {
                            view! { <UptycsCard /> }.into_any()
                        }
                    }}
                </section>
            </div>
        </div>
    }
}
