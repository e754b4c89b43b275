use super::icon::{Icon, icon};
use crate::effects::Store;
use crate::state::{Connection, ConnectionId, Feed, Message, Phase, Place, Problem};
use leptos::prelude::*;

/// A bar for each connection that gives no rows at the moment, while the others go on.
#[component]
pub(crate) fn Banners() -> impl IntoView {
    let store = Store::here();
    // Where there is nothing to see at all, the problem stands in the middle instead.
    let failed = store.select(|model| {
        let is_alone = model.queue.is_empty() && !model.is_loading();
        let failed = model.feeds.iter().filter(|_| !is_alone);
        failed
            .filter_map(|feed: &Feed| Some((feed.id, feed.connection.clone(), feed.problem()?.clone())))
            .collect::<Vec<_>>()
    });
    let notes = store.select(|model| {
        let notes = model.feeds.iter().filter_map(|feed| match &feed.phase {
            Phase::Complete { note } => note.clone(),
            _ => None,
        });
        notes.collect::<Vec<_>>()
    });
    view! {
        {move || {
            failed
                .get()
                .into_iter()
                .map(|(id, connection, problem)| view! { <Banner id connection problem /> })
                .collect_view()
        }}
        {move || {
            notes
                .get()
                .into_iter()
                .map(|note| view! { <div class="banner" role="status"><p class="banner-text">{note}</p></div> })
                .collect_view()
        }}
    }
}

/// What one platform said, and what can be done about it.
#[component]
pub(crate) fn Banner(
    /// Which connection.
    id: ConnectionId,
    /// Where it leads.
    connection: Connection,
    /// What is wrong.
    problem: Problem,
) -> impl IntoView {
    let store = Store::here();
    let is_open = RwSignal::new(false);
    let needs_credentials = problem.needs_credentials();
    let details = [
        ("Connection", Some(connection.base_url.to_string())),
        ("Kind of problem", Some(problem.code.replace('_', " "))),
        ("HTTP status", problem.status.map(|status| status.to_string())),
        ("It said", problem.said.clone()),
    ];
    view! {
        <div class="banner is-problem" role="alert">
            {icon(Icon::Alert)}
            <div class="banner-text">
                <p>
                    <b>{connection.kind.name()} " gives no alerts at the moment."</b> " " {problem.message.clone()}
                </p>
                <Show when=move || is_open.get()>
                    <dl class="facts">
                        {details
                            .clone()
                            .into_iter()
                            .filter_map(|(name, value)| Some((name, value?)))
                            .map(|(name, value)| view! { <dt>{name}</dt><dd>{value}</dd> })
                            .collect_view()}
                    </dl>
                </Show>
            </div>
            <div class="banner-acts">
                <Show when=move || needs_credentials>
                    <button class="button" type="button" on:click=move |_| store.dispatch(Message::Go(Place::Connections))>
                        "Sign in again"
                    </button>
                </Show>
                <button class="button" type="button" on:click=move |_| store.dispatch(Message::Retry(id))>
                    "Retry"
                </button>
                <button
                    class="button is-quiet"
                    type="button"
                    aria-expanded=move || is_open.get().to_string()
                    on:click=move |_| is_open.update(|is_open| *is_open = !*is_open)
                >
                    "Details"
                </button>
            </div>
        </div>
    }
}
