use super::banner::Banner;
use crate::effects::Store;
use crate::state::{Message, Place};
use leptos::prelude::*;

/// What stands where the table would be when there is no row: why, and the next step.
#[component]
pub(crate) fn Empty() -> impl IntoView {
    let store = Store::here();
    let feeds = store.select(|model| model.feeds.clone());
    let has_demo = store.select(|model| model.demo.is_some());
    let to_connections = move || {
        view! {
            <button
                class="button is-primary"
                type="button"
                on:click=move |_| store.dispatch(Message::Go(Place::Connections))
            >
                "Connect a platform"
            </button>
        }
    };
    view! {
        <div class="empty">
            {move || {
                let feeds = feeds.get();
                let problems: Vec<_> = feeds
                    .iter()
                    .filter_map(|feed| Some((feed.id, feed.connection.clone(), feed.problem()?.clone())))
                    .collect();
                if feeds.is_empty() {
                    view! {
                        <h2>"No platform is connected"</h2>
                        <p>"Connect UTMStack, Uptycs or both, and their newest alerts stand here in one list."</p>
                        <div class="empty-acts">
                            {to_connections()}
                            <Show when=move || has_demo.get()>
                                <button class="button" type="button" on:click=move |_| store.dispatch(Message::UseDemo)>
                                    "Use the demo"
                                </button>
                            </Show>
                        </div>
                    }
                        .into_any()
                } else if problems.is_empty() {
                    let names: Vec<_> = feeds.iter().map(|feed| feed.connection.to_string()).collect();
                    view! {
                        <h2>"No alerts"</h2>
                        <p>
                            {names.join(" and ")}
                            " answered and had none to give. If you expect some, check that this user or key may read alerts, or connect another platform."
                        </p>
                        <div class="empty-acts">{to_connections()}</div>
                    }
                        .into_any()
                } else {
                    view! {
                        <h2>
                            {if problems.len() == feeds.len() { "No platform gives alerts" } else { "No alerts" }}
                        </h2>
                        {problems
                            .into_iter()
                            .map(|(id, connection, problem)| view! { <Banner id connection problem /> })
                            .collect_view()}
                    }
                        .into_any()
                }
            }}
        </div>
    }
}
