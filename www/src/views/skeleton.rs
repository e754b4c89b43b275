use leptos::prelude::*;

/// Where rows will stand. The style sheet shows it only after 300 ms: what comes sooner does not flicker.
pub(crate) fn skeleton() -> impl IntoView {
    view! {
        <div class="skeleton" role="status" aria-label="Loading alerts">
            {(0..16).map(|_| view! { <div class="skeleton-row" aria-hidden="true"><i></i><i></i><i></i><i></i><i></i><i></i><i></i></div> }).collect_view()}
        </div>
    }
}
