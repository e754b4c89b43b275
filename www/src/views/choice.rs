use leptos::prelude::*;

/// One of two ways, as a pair of radio buttons that look like a switch.
#[component]
pub(crate) fn Choice(
    /// What is chosen between.
    legend: &'static str,
    /// The name that ties the buttons together.
    name: &'static str,
    /// The words of the first and the second way.
    ways: [&'static str; 2],
    /// Whether the second way is chosen.
    is_second: RwSignal<bool>,
) -> impl IntoView {
    let [first, second] = ways;
    let way = move |word: &'static str, means: bool| {
        view! {
            <label class="choice-way">
                <input
                    type="radio"
                    name=name
                    prop:checked=move || is_second.get() == means
                    on:change=move |_| is_second.set(means)
                />
                <span>{word}</span>
            </label>
        }
    };
    view! {
        <fieldset class="choice">
            <legend class="visually-hidden">{legend}</legend>
            {way(first, false)}
            {way(second, true)}
        </fieldset>
    }
}
