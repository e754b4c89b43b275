use super::row::{Row, row_id};
use crate::effects::Store;
use crate::state::{
    Alert, Extent, Message, Model, ROW_HEIGHT, anchored, offset_of, row_at, scroll_into_view,
};
use alloc::sync::Arc;
use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, FocusOptions, HtmlElement, KeyboardEvent, ResizeObserver};

/// The alerts, of which only those in sight are in the page.
#[component]
pub(crate) fn Table() -> impl IntoView {
    let store = Store::here();
    let scroller = NodeRef::<html::Div>::new();
    let extent = RwSignal::new(Extent::default());
    let count = store.select(|model| model.queue.len());
    let cursor = store.select(|model| model.cursor.as_ref().map(|alert| alert.sequence));
    let is_loading = store.select(Model::is_loading);
    let drawn = Memo::new(move |_| extent.get().rows(count.get()));
    let rows = move || {
        let range = drawn.get();
        store.read(|model| model.queue.alerts().get(range).unwrap_or_default().to_vec())
    };

    let measure = move || {
        // The browser may still report a size when the table has left the page.
        if let Some(element) = scroller.try_get_untracked().flatten() {
            extent.try_update(|extent| *extent = extent_of(&element));
        }
    };
    observe_size(scroller, measure);
    keep_rows_in_place(store, scroller, extent);
    let handle = window_event_listener(ev::keydown, move |event| on_key(store, scroller, extent, &event));
    on_cleanup(move || handle.remove());

    let follow = move |_| {
        measure();
        hold_focus(store, scroller, extent.get_untracked());
    };
    view! {
        <div
            class="table"
            role="grid"
            aria-label="Alerts, newest first"
            aria-rowcount=move || count.get() + 1
            aria-busy=move || is_loading.get().to_string()
            node_ref=scroller
            tabindex="-1"
            on:scroll=follow
        >
            <div class="table-head" role="row" aria-rowindex="1">
                <span role="columnheader">"Severity"</span>
                <span role="columnheader" aria-sort="descending">"Time (UTC) ↓"</span>
                <span role="columnheader">"Status"</span>
                <span role="columnheader">"Platform"</span>
                <span role="columnheader">"Name"</span>
                <span role="columnheader" class="cell-technique">"ATT&CK"</span>
                <span role="columnheader">"Host"</span>
            </div>
            <div class="table-canvas" role="presentation" style:height=move || pixels(offset_of(count.get()))>
                <div
                    class="table-window"
                    role="presentation"
                    style:transform=move || format!("translateY({})", pixels(offset_of(drawn.get().start)))
                >
                    <For
                        each=rows
                        key=|alert| alert.sequence
                        children={move |alert: Arc<Alert>| view! { <Row alert cursor /> }}
                    />
                </div>
            </div>
        </div>
    }
}

fn pixels(length: i32) -> String {
    format!("{length}px")
}

/// What is to be seen of the rows: the head covers the first line of the list.
fn extent_of(element: &Element) -> Extent {
    Extent { top: element.scroll_top(), height: element.client_height() - ROW_HEIGHT }
}

fn observe_size(scroller: NodeRef<html::Div>, measure: impl Fn() + Copy + 'static) {
    let watching = StoredValue::new_local(None);
    Effect::new(move |_| {
        let Some(element) = scroller.get() else { return };
        measure();
        let changed = Closure::<dyn Fn()>::new(measure);
        if let Ok(observer) = ResizeObserver::new(changed.as_ref().unchecked_ref()) {
            observer.observe(&element);
            watching.set_value(Some((observer, changed)));
        }
    });
    on_cleanup(move || {
        if let Some((observer, _)) = watching.try_update_value(Option::take).flatten() {
            observer.disconnect();
        }
    });
}

/// When rows come in above what is seen, what is seen stays where it is.
fn keep_rows_in_place(store: Store, scroller: NodeRef<html::Div>, extent: RwSignal<Extent>) {
    let alerts = store.select(|model| Arc::as_ptr(model.queue.alerts()).addr());
    Effect::new(move |before: Option<Arc<Vec<Arc<Alert>>>>| {
        alerts.track();
        let after = store.peek(|model| Arc::clone(model.queue.alerts()));
        let top = extent.get_untracked().top;
        let first = row_at(top);
        let moved = before
            .and_then(|before| before.get(first).cloned())
            .and_then(|alert| store.peek(|model| model.queue.index_of(&alert)))
            .filter(|place| top > 0 && *place != first);
        if let Some(place) = moved {
            // In the same frame, but after the list has got its new height.
            request_animation_frame(move || {
                if let Some(element) = scroller.try_get_untracked().flatten() {
                    element.set_scroll_top(anchored(top, first, place));
                    extent.try_update(|extent| *extent = extent_of(&element));
                }
            });
        }
        after
    });
}

/// The keys of the queue. They work wherever the focus is, except where one types.
fn on_key(store: Store, scroller: NodeRef<html::Div>, extent: RwSignal<Extent>, event: &KeyboardEvent) {
    if event.ctrl_key() || event.alt_key() || event.meta_key() || event.default_prevented() {
        return;
    }
    let target: Option<Element> = event.target().and_then(|target| target.dyn_into().ok());
    let is_in = |selector: &str| {
        target.as_ref().is_some_and(|element| element.closest(selector).ok().flatten().is_some())
    };
    if is_in("input, textarea, select") {
        return;
    }
    let page = isize::try_from(extent.get_untracked().height / ROW_HEIGHT).unwrap_or(1).max(2) - 1;
    let message = match event.key().as_str() {
        "j" | "ArrowDown" => Message::Move(1),
        "k" | "ArrowUp" => Message::Move(-1),
        "PageDown" if !is_in(".drawer") => Message::Move(page),
        "PageUp" if !is_in(".drawer") => Message::Move(-page),
        "Home" if !is_in(".drawer") => Message::MoveToEnd { is_last: false },
        "End" if !is_in(".drawer") => Message::MoveToEnd { is_last: true },
        "Enter" if !is_in("button, a, summary") => Message::Open,
        "Escape" => Message::CloseDetail,
        _ => return,
    };
    if is_in(".drawer-body") && event.key().starts_with("Arrow") {
        return;
    }
    event.prevent_default();
    store.dispatch(message);
    focus_cursor(store, scroller, extent);
}

/// Brings the row that the keyboard is at into sight and gives it the focus.
fn focus_cursor(store: Store, scroller: NodeRef<html::Div>, extent: RwSignal<Extent>) {
    let place = store.peek(|model| {
        let alert = model.cursor.as_ref()?;
        Some((model.queue.index_of(alert)?, row_id(alert)))
    });
    let Some(((index, id), element)) = place.zip(scroller.get_untracked()) else { return };
    if let Some(top) = scroll_into_view(index, extent_of(&element)) {
        element.set_scroll_top(top);
    }
    extent.set(extent_of(&element));
    // The row is drawn when the signals have settled, which is before the next frame.
    request_animation_frame(move || {
        let row = document().get_element_by_id(&id).and_then(|row| row.dyn_into::<HtmlElement>().ok());
        if let Some(row) = row {
            focus_without_scrolling(&row);
        }
    });
}

/// When the focused row is scrolled out of the page, the focus stays with the table instead of being lost.
fn hold_focus(store: Store, scroller: NodeRef<html::Div>, extent: Extent) {
    let is_drawn = store.peek(|model| {
        let place = model.cursor.as_ref().and_then(|alert| model.queue.index_of(alert));
        place.is_some_and(|place| extent.rows(model.queue.len()).contains(&place))
    });
    let has_row_focus = document()
        .active_element()
        .is_some_and(|element| element.get_attribute("role").as_deref() == Some("row"));
    if let Some(element) = scroller.get_untracked().filter(|_| has_row_focus && !is_drawn) {
        focus_without_scrolling(&element);
    }
}

fn focus_without_scrolling(element: &HtmlElement) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // An element that left the page meanwhile cannot take the focus, which is no harm.
    drop(element.focus_with_options(&options));
}
