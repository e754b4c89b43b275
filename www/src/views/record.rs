use crate::state::{TokenKind, pretty};
use leptos::prelude::*;

/// A vendor's record as it came, laid out in lines; every piece of it is a text node.
pub(crate) fn record(json: &str) -> impl IntoView + use<> {
    let pieces = pretty(json)
        .into_iter()
        .map(|token| {
            let class = match token.kind {
                TokenKind::Name => "json-name",
                TokenKind::Text => "json-text",
                TokenKind::Literal => "json-literal",
                TokenKind::Structure => "json-structure",
            };
            view! { <span class=class>{token.text}</span> }
        })
        .collect_view();
    view! { <pre class="record" data-testid="record">{pieces}</pre> }
}
