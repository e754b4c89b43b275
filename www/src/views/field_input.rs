use crate::state::{Field, FieldError};
use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The id of a field's element.
pub(crate) const fn field_id(field: Field) -> &'static str {
    match field {
        Field::Url => "field-url",
        Field::Username => "field-username",
        Field::Password => "field-password",
        Field::ApiKey => "field-api-key",
        Field::KeyFile => "field-key-file",
        Field::KeyAndSecret => "field-key-and-secret",
        Field::Domain => "field-domain",
        Field::CustomerId => "field-customer-id",
        Field::Form => "field-form",
    }
}

/// Gives the focus to a field, once what was changed is drawn.
pub(crate) fn focus_field(field: Field) {
    request_animation_frame(move || {
        let element = document().get_element_by_id(field_id(field));
        if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
            // A field that is not shown cannot take the focus; its message is read out all the same.
            drop(element.focus());
        }
    });
}

/// The message that stands beside a field, if one does.
pub(crate) fn message_of(errors: &[FieldError], field: Field) -> Option<String> {
    errors.iter().find(|error| error.field == field).map(|error| error.message.clone())
}

/// A line of text with its label, its hint, and what is wrong with it.
///
/// The text stays in the element and is read when the form is submitted: a secret has no second place.
#[component]
pub(crate) fn FieldInput(
    /// Which field.
    field: Field,
    /// What it is called.
    label: &'static str,
    /// Its element.
    node: NodeRef<html::Input>,
    /// What is wrong in the form.
    errors: Signal<Vec<FieldError>>,
    /// `text`, `url` or `password`.
    #[prop(default = "text")]
    kind: &'static str,
    /// What a browser or a password manager may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// An example.
    #[prop(default = "")]
    placeholder: &'static str,
    /// What one needs to know to fill it.
    #[prop(default = "")]
    hint: &'static str,
) -> impl IntoView {
    let id = field_id(field);
    let message = Memo::new(move |_| errors.with(|errors| message_of(errors, field)));
    let is_wrong = move || message.with(Option::is_some);
    view! {
        <div class="field" class:is-wrong=is_wrong>
            <label class="field-label" for=id>
                {label}
            </label>
            <input
                class="input"
                id=id
                type=kind
                node_ref=node
                autocomplete=autocomplete
                autocapitalize="none"
                spellcheck="false"
                placeholder=placeholder
                aria-invalid=move || is_wrong().to_string()
                aria-describedby=format!("{id}-hint {id}-error")
            />
            <p class="field-hint" id=format!("{id}-hint")>{hint}</p>
            <p class="field-error" id=format!("{id}-error") role="alert">{move || message.get()}</p>
        </div>
    }
}
