use super::choice::Choice;
use super::connect_acts::{ConnectActs, forget_problem};
use super::field_input::{FieldInput, field_id, focus_field, message_of};
use super::key_file_input::{ChosenKey, KeyFileInput};
use crate::effects::Store;
use crate::state::{Connection, Feed, Field, FieldError, Message, UptycsForm};
use leptos::{ev, html, prelude::*};
use triagekit::{Platform, Secret};

/// Connecting to an Uptycs tenant.
#[component]
pub(crate) fn UptycsCard() -> impl IntoView {
    let store = Store::here();
    let key_and_secret = NodeRef::<html::Input>::new();
    let domain = NodeRef::<html::Input>::new();
    let customer_id = NodeRef::<html::Input>::new();
    let is_typed = RwSignal::new(false);
    let chosen = RwSignal::<ChosenKey>::new(None);
    let mistakes = RwSignal::new(Vec::<FieldError>::new());
    let is_connecting =
        store.select(|model| model.feed_of(Platform::Uptycs).is_some_and(Feed::is_connecting));
    let problem = store.select(|model| model.feed_of(Platform::Uptycs).and_then(Feed::problem).cloned());
    let errors = Signal::derive(move || {
        let from_file = chosen.get().and_then(Result::err);
        let from_platform = problem.get().map(|problem| {
            FieldError::new(UptycsForm::place(is_typed.get_untracked(), &problem), &problem.message)
        });
        from_file.into_iter().chain(mistakes.get()).chain(from_platform).collect::<Vec<_>>()
    });
    // Another file is another attempt: what was wrong with the last one is no longer of interest.
    Effect::new(move |_| {
        if chosen.with(Option::is_some) {
            mistakes.set(Vec::new());
            forget_problem(store, Platform::Uptycs);
        }
    });
    Effect::new(move |_| {
        if problem.with(Option::is_some)
            && let Some(error) = errors.get().first()
        {
            focus_field(error.field);
        }
    });

    let value =
        |node: NodeRef<html::Input>| node.get_untracked().map(|input| input.value()).unwrap_or_default();
    let read = move || {
        if is_typed.get_untracked() {
            let form = UptycsForm {
                key_and_secret: Secret::new(value(key_and_secret)),
                domain: value(domain),
                customer_id: value(customer_id),
            };
            return form.validate();
        }
        match chosen.get_untracked() {
            Some(Ok(key)) => Ok(Connection::uptycs(key)),
            // It stands there already.
            Some(Err(_)) => Err(Vec::new()),
            None => Err(vec![FieldError::new(
                Field::KeyFile,
                "A key file is expected. Choose it, drop it here, or type the key instead.",
            )]),
        }
    };
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        forget_problem(store, Platform::Uptycs);
        match read() {
            Ok(connection) => {
                mistakes.set(Vec::new());
                store.dispatch(Message::Connect(connection));
            }
            Err(errors) => {
                focus_field(errors.first().map_or(Field::KeyFile, |error| error.field));
                mistakes.set(errors);
            }
        }
    };
    view! {
        <form class="form" method="post" novalidate on:submit=submit aria-label="Connect Uptycs">
            <Choice legend="How to give the key" name="uptycs-method" ways=["Key file", "Type the key"] is_second=is_typed />
            <div class="form-part" hidden=move || is_typed.get()>
                <KeyFileInput chosen errors />
            </div>
            <div class="form-part" hidden=move || !is_typed.get()>
                <FieldInput
                    field=Field::KeyAndSecret
                    label="Key and secret"
                    node=key_and_secret
                    errors
                    kind="password"
                    placeholder="key#secret"
                />
                <FieldInput
                    field=Field::Domain
                    label="Domain"
                    node=domain
                    errors
                    placeholder="acme or acme.uptycs.io"
                />
                <FieldInput field=Field::CustomerId label="Customer id" node=customer_id errors hint="Both stand in the key file." />
            </div>
            <p class="field-error" id=format!("{}-uptycs", field_id(Field::Form)) role="alert">
                {move || errors.with(|errors| message_of(errors, Field::Form))}
            </p>
            <ConnectActs kind=Platform::Uptycs is_connecting />
            <p class="field-hint">
                "Uptycs is not known to answer calls from browsers of another origin. If yours does not, put the address of a proxy into the key file as \"baseUrl\"."
            </p>
        </form>
    }
}
