use crate::effects::{Store, now};
use crate::state::{Feed, Message, Phase, Place, age, clock_time};
use core::time::Duration;
use leptos::prelude::*;

/// How each connection is: a dot, its name, and when it last answered.
#[component]
pub(crate) fn Health() -> impl IntoView {
    let store = Store::here();
    let feeds = store.select(|model| model.feeds.clone());
    let clock = RwSignal::new(now());
    if let Ok(ticking) = set_interval_with_handle(move || clock.set(now()), Duration::from_secs(1)) {
        on_cleanup(move || ticking.clear());
    }
    view! {
        <ul class="health" aria-label="Connections">
            {move || {
                feeds
                    .get()
                    .into_iter()
                    .map(|feed| {
                        let (class, word) = condition(&feed);
                        let synced_at = feed.synced_at;
                        let since = move || synced_at.map(|at| age(at, clock.get().max(at)));
                        let last = synced_at
                            .map_or_else(String::new, |at| format!(" Last answer at {} UTC.", clock_time(at)));
                        view! {
                            <li>
                                <button
                                    class="health-item"
                                    type="button"
                                    title=format!("{}: {word}.{last}", feed.connection)
                                    on:click=move |_| store.dispatch(Message::Go(Place::Connections))
                                >
                                    <span class=class aria-hidden="true"></span>
                                    <span>{feed.connection.kind.name()}</span>
                                    <span class="health-host">{feed.connection.base_url.host().to_owned()}</span>
                                    <span class="is-muted">
                                        {move || if word == "connected" { since() } else { Some(word.to_owned()) }}
                                    </span>
                                </button>
                            </li>
                        }
                    })
                    .collect_view()
            }}
        </ul>
    }
}

fn condition(feed: &Feed) -> (&'static str, &'static str) {
    match &feed.phase {
        Phase::Failed(problem) if problem.needs_credentials() => ("dot is-bad", "sign in again"),
        Phase::Failed(problem) if problem.is_silence() => ("dot is-bad", "not answering"),
        Phase::Failed(_) => ("dot is-bad", "refusing"),
        Phase::Loading if feed.is_connecting() => ("dot is-waiting", "connecting"),
        _ => ("dot is-good", "connected"),
    }
}
