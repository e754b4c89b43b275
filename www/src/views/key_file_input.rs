use super::field_input::{field_id, message_of};
use super::icon::{Icon, icon};
use crate::state::{Field, FieldError, LARGEST_KEY_FILE, read_key_file};
use leptos::task::spawn_local;
use leptos::{ev, html, prelude::*};
use triagekit::uptycs::KeyFile;
use wasm_bindgen_futures::JsFuture;
use web_sys::File;

/// What was chosen: nothing yet, a key, or what is wrong with the file.
pub(crate) type ChosenKey = Option<Result<KeyFile, FieldError>>;

/// A place to choose a key file, or to drop it on.
#[component]
pub(crate) fn KeyFileInput(
    /// Where the key goes.
    chosen: RwSignal<ChosenKey>,
    /// What is wrong in the form.
    errors: Signal<Vec<FieldError>>,
) -> impl IntoView {
    let id = field_id(Field::KeyFile);
    let input = NodeRef::<html::Input>::new();
    let is_over = RwSignal::new(false);
    let message = Memo::new(move |_| errors.with(|errors| message_of(errors, Field::KeyFile)));
    let take = move |file: Option<File>| {
        if let Some(file) = file {
            spawn_local(async move { chosen.set(Some(read(file).await)) });
        }
    };
    let changed = move |_| {
        let element = input.get_untracked();
        take(element.as_ref().and_then(web_sys::HtmlInputElement::files).and_then(|files| files.get(0)));
        // The same file can be chosen again after it was corrected.
        if let Some(input) = element {
            input.set_value("");
        }
    };
    let dropped = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(false);
        take(event.data_transfer().and_then(|data| data.files()).and_then(|files| files.get(0)));
    };
    let entered = move |event: ev::DragEvent| {
        event.prevent_default();
        is_over.set(true);
    };
    let name = move || match chosen.get() {
        Some(Ok(key)) => format!("Key {} for {}", key.key(), key.root().host()),
        _ => "Choose the key file, or drop it here".to_owned(),
    };
    view! {
        <div class="field" class:is-wrong=move || message.with(Option::is_some)>
            <span class="visually-hidden" id="key-file-label">"Key file"</span>
            <label
                class="drop"
                class:is-over=move || is_over.get()
                on:dragover=entered
                on:dragleave=move |_| is_over.set(false)
                on:drop=dropped
            >
                <input
                    class="drop-input"
                    id=id
                    type="file"
                    accept=".json,application/json"
                    node_ref=input
                    aria-labelledby="key-file-label key-file-name"
                    aria-describedby=format!("{id}-hint {id}-error")
                    aria-invalid=move || message.with(Option::is_some).to_string()
                    on:change=changed
                />
                {icon(Icon::File)}
                <span id="key-file-name">{name}</span>
            </label>
            <p class="field-hint" id=format!("{id}-hint")>
                "In Uptycs: Configuration, Users, your user, User API key, Download."
            </p>
            <p class="field-error" id=format!("{id}-error") role="alert">{move || message.get()}</p>
        </div>
    }
}

async fn read(file: File) -> Result<KeyFile, FieldError> {
    let largest = u32::try_from(LARGEST_KEY_FILE).map_or(f64::MAX, f64::from);
    if file.size() > largest {
        return Err(FieldError::new(
            Field::KeyFile,
            "This file is too large for a key file, which has a few hundred bytes. Choose the JSON file that Uptycs gave for download.",
        ));
    }
    let unreadable = || {
        FieldError::new(
            Field::KeyFile,
            "The browser cannot read this file. Choose it again, or type the key.",
        )
    };
    let text = JsFuture::from(file.text()).await.map_err(|_| unreadable())?;
    read_key_file(&text.as_string().ok_or_else(unreadable)?)
}
