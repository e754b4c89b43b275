use crate::state::legible;
use leptos::prelude::*;

/// How many characters at the end always stay: hosts differ there.
const TAIL: usize = 5;

/// Text that gives way in the middle when there is no room; the whole of it on hover.
pub(crate) fn truncated(text: &str) -> impl IntoView + use<> {
    let whole = legible(text).into_owned();
    let start = whole.char_indices().rev().nth(TAIL - 1).map_or(0, |(index, _)| index);
    let (head, tail) = whole.split_at_checked(start).unwrap_or((&whole, ""));
    let (head, tail) = (head.to_owned(), tail.to_owned());
    view! {
        <span class="truncated" title=whole>
            <span class="truncated-head">{head}</span>
            <span>{tail}</span>
        </span>
    }
}
