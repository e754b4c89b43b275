use super::connections::Connections;
use super::queue_page::QueuePage;
use super::status_bar::StatusBar;
use super::top_bar::TopBar;
use crate::effects::Store;
use crate::state::{Message, Place};
use leptos::prelude::*;

/// The whole page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let store = Store::new();
    provide_context(store);
    store.dispatch(Message::Started);
    let place = store.select(|model| model.place);
    view! {
        <div class="shell">
            <TopBar />
            <main class="shell-main">
                {move || match place.get() {
                    Place::Connections => view! { <Connections /> }.into_any(),
                    Place::Queue => view! { <QueuePage /> }.into_any(),
                }}
            </main>
            <StatusBar />
        </div>
    }
}
