use super::banner::Banners;
use super::drawer::Drawer;
use super::empty::Empty;
use super::skeleton::skeleton;
use super::table::Table;
use super::toolbar::Toolbar;
use crate::effects::Store;
use leptos::prelude::*;

/// What stands in the middle.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Body {
    Rows,
    Waiting,
    Nothing,
}

/// The alerts of all platforms in one table, with the detail of one of them beside it.
#[component]
pub(crate) fn QueuePage() -> impl IntoView {
    let store = Store::here();
    let body = store.select(|model| match (model.queue.is_empty(), model.is_loading()) {
        (false, _) => Body::Rows,
        (true, true) => Body::Waiting,
        (true, false) => Body::Nothing,
    });
    let is_open = store.select(|model| model.opened().is_some());
    view! {
        <div class="queue" class:has-detail=move || is_open.get()>
            <section class="queue-main" aria-label="Queue">
                <Toolbar />
                <Banners />
                {move || match body.get() {
                    Body::Rows => view! { <Table /> }.into_any(),
                    Body::Waiting => skeleton().into_any(),
                    Body::Nothing => view! { <Empty /> }.into_any(),
                }}
            </section>
            <Show when=move || is_open.get()>
                <Drawer />
            </Show>
        </div>
    }
}
