use super::icon::{Icon, icon};
use crate::effects::copy;
use core::time::Duration;
use leptos::prelude::*;
use leptos::task::spawn_local;

/// Copies a text that is asked for at the press.
#[component]
pub(crate) fn CopyButton(
    /// What it says to those who do not see it.
    label: &'static str,
    /// The text.
    text: impl Fn() -> String + 'static,
) -> impl IntoView {
    let outcome = RwSignal::new(None);
    let press = move |_| {
        let text = text();
        spawn_local(async move {
            outcome.set(Some(copy(&text).await));
            // The button may be gone by then.
            let clear = move || outcome.try_update(|outcome| *outcome = None).unwrap_or_default();
            set_timeout(clear, Duration::from_secs(2));
        });
    };
    view! {
        <button class="button is-quiet is-small" type="button" aria-label=label title=label on:click=press>
            {move || match outcome.get() {
                Some(true) => view! { {icon(Icon::Tick)} "Copied" }.into_any(),
                Some(false) => view! { "Not allowed here" }.into_any(),
                None => view! { {icon(Icon::Sheets)} "Copy" }.into_any(),
            }}
        </button>
    }
}
