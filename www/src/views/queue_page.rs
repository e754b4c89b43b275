use super::banner::Banners;
use super::drawer::Drawer;
use super::empty::Empty;
use super::skeleton::skeleton;
use super::table::Table;
use super::toolbar::Toolbar;
use crate::effects::Store;
use leptos::prelude::*;

/// The alerts of all platforms in one table, with the detail of one of them beside it.
#[component]
pub(crate) fn QueuePage() -> impl IntoView {
    let store = Store::here();
    let has_rows = store.select(|model| !model.queue.is_empty());
    let is_loading = store.select(|model| model.is_loading());
    let is_open = store.select(|model| model.opened().is_some());
    view! {
        <div class="queue" class:has-detail=move || is_open.get()>
            <section class="queue-main" aria-label="Queue">
                <Toolbar />
                <Banners />
                {move || match (has_rows.get(), is_loading.get()) {
                    (true, _) => view! { <Table /> }.into_any(),
                    (false, true) => skeleton().into_any(),
                    (false, false) => view! { <Empty /> }.into_any(),
                }}
            </section>
            <Show when=move || is_open.get()>
                <Drawer />
            </Show>
        </div>
    }
}
