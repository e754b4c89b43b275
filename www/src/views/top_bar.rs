use super::health::Health;
use super::icon::{Icon, icon};
use crate::effects::{Store, toggle_theme};
use crate::state::{Message, Place};
use leptos::prelude::*;

/// The name, the views, and how the connections are.
#[component]
pub(crate) fn TopBar() -> impl IntoView {
    let store = Store::here();
    let place = store.select(|model| model.place);
    let tab = move |to: Place, word: &'static str| {
        let is_here = move || place.get() == to;
        view! {
            <button
                class="tab"
                type="button"
                class:is-here=is_here
                aria-current=move || is_here().then_some("page")
                on:click=move |_| store.dispatch(Message::Go(to))
            >
                {word}
            </button>
        }
    };
    view! {
        <header class="top-bar">
            <span class="brand">{icon(Icon::Shield)} "triagekit"</span>
            <nav class="tabs" aria-label="Views">
                {tab(Place::Queue, "Queue")} {tab(Place::Connections, "Connections")}
            </nav>
            <Health />
            <button
                class="button is-quiet is-icon"
                type="button"
                aria-label="Switch between dark and light"
                title="Switch between dark and light"
                on:click=|_| {
                    toggle_theme();
                }
            >
                {icon(Icon::Contrast)}
            </button>
        </header>
    }
}
