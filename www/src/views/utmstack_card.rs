use super::choice::Choice;
use super::connect_acts::{ConnectActs, forget_problem};
use super::field_input::{FieldInput, field_id, focus_field, message_of};
use crate::effects::Store;
use crate::state::{Feed, Field, FieldError, Message, UtmstackForm, UtmstackMethod};
use leptos::{ev, html, prelude::*};
use triagekit::{Platform, Secret};

/// Signing in to a UTMStack instance.
#[component]
pub(crate) fn UtmstackCard() -> impl IntoView {
    let store = Store::here();
    let url = NodeRef::<html::Input>::new();
    let username = NodeRef::<html::Input>::new();
    let password = NodeRef::<html::Input>::new();
    let api_key = NodeRef::<html::Input>::new();
    let by_key = RwSignal::new(false);
    let method =
        move || if by_key.get_untracked() { UtmstackMethod::ApiKey } else { UtmstackMethod::Password };
    let mistakes = RwSignal::new(Vec::<FieldError>::new());
    let is_connecting =
        store.select(|model| model.feed_of(Platform::Utmstack).is_some_and(Feed::is_connecting));
    let problem = store.select(|model| model.feed_of(Platform::Utmstack).and_then(Feed::problem).cloned());
    let errors = Signal::derive(move || {
        let from_platform = problem
            .get()
            .map(|problem| FieldError::new(UtmstackForm::place(method(), &problem), &problem.message));
        mistakes.get().into_iter().chain(from_platform).collect::<Vec<_>>()
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
    let submit = move |event: ev::SubmitEvent| {
        event.prevent_default();
        let form = UtmstackForm {
            method: method(),
            url: value(url),
            username: value(username),
            password: Secret::new(value(password)),
            api_key: Secret::new(value(api_key)),
        };
        forget_problem(store, Platform::Utmstack);
        match form.validate() {
            Ok(connection) => {
                mistakes.set(Vec::new());
                store.dispatch(Message::Connect(connection));
            }
            Err(errors) => {
                if let Some(first) = errors.first() {
                    focus_field(first.field);
                }
                mistakes.set(errors);
            }
        }
    };
    view! {
        // `post`, so that no password could ever reach a URL, even if the script did not run.
        <form class="form" method="post" novalidate on:submit=submit aria-label="Connect UTMStack">
            <FieldInput
                field=Field::Url
                label="Address"
                node=url
                errors
                kind="url"
                autocomplete="url"
                placeholder="https://siem.example.org"
            />
            <Choice legend="How to sign in" name="utmstack-method" ways=["User and password", "API key"] is_second=by_key />
            <div class="form-part" hidden=move || by_key.get()>
                <FieldInput field=Field::Username label="User" node=username errors autocomplete="username" />
                <FieldInput
                    field=Field::Password
                    label="Password"
                    node=password
                    errors
                    kind="password"
                    autocomplete="current-password"
                />
            </div>
            <div class="form-part" hidden=move || !by_key.get()>
                <FieldInput
                    field=Field::ApiKey
                    label="API key"
                    node=api_key
                    errors
                    kind="password"
                    hint="UTMStack 10.9 and later."
                />
            </div>
            <p class="field-error" id=field_id(Field::Form) role="alert" tabindex="-1">
                {move || errors.with(|errors| message_of(errors, Field::Form))}
            </p>
            <ConnectActs kind=Platform::Utmstack is_connecting />
        </form>
    }
}
