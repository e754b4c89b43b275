use super::copy_button::CopyButton;
use super::icon::{Icon, icon};
use super::record::record;
use super::severity_mark::severity_mark;
use super::status_mark::status_mark;
use crate::effects::{Store, now};
use crate::state::{Alert, Message, age, date_and_time, legible};
use alloc::sync::Arc;
use leptos::prelude::*;
use triagekit::Timestamp;
use triagekit::finding::Party;

/// The detail of the row that the keyboard is at.
#[component]
pub(crate) fn Drawer() -> impl IntoView {
    let store = Store::here();
    let alert = store.select(|model| model.opened().cloned());
    let act = move |message: Message, shape: Icon, label: &'static str, title: &'static str| {
        view! {
            <button
                class="button is-quiet is-icon"
                type="button"
                aria-label=label
                title=title
                on:click=move |_| store.dispatch(message.clone())
            >
                {icon(shape)}
            </button>
        }
    };
    view! {
        <aside class="drawer" aria-label="Alert detail">
            <div class="drawer-acts">
                {act(Message::Move(-1), Icon::Up, "Previous alert", "Previous alert (K)")}
                {act(Message::Move(1), Icon::Down, "Next alert", "Next alert (J)")}
                {act(Message::CloseDetail, Icon::Cross, "Close the detail", "Close (Esc)")}
            </div>
            {move || alert.get().map(|alert| view! { <Detail alert /> })}
        </aside>
    }
}

#[component]
fn Detail(alert: Arc<Alert>) -> impl IntoView {
    let store = Store::here();
    let finding = &alert.finding;
    let connection = store.peek(|model| model.feed(alert.connection).map(|feed| feed.connection.to_string()));
    let title = legible(&finding.title).into_owned();
    let uid = finding.uid.clone();
    let record_text = {
        let alert = Arc::clone(&alert);
        move || alert.record_text()
    };
    view! {
        <header class="drawer-head">
            <p class="drawer-marks">
                {severity_mark(finding.severity)} {status_mark(finding.status)}
                {finding.time.map(|time| view! { <span class="is-muted">{age(time, now())} " ago"</span> })}
            </p>
            <h2 class="drawer-title">{if title.is_empty() { "Untitled alert".to_owned() } else { title }}</h2>
            {shown(finding.description.as_deref()).map(|text| view! { <p class="drawer-text" title=text.clone()>{text.clone()}</p> })}
        </header>
        <div class="drawer-body" tabindex="0" role="region" aria-label="Overview and record">
            <dl class="facts">
                {fact("Platform", connection.or_else(|| Some(finding.platform.name().to_owned())))}
                {fact("Severity", Some(finding.severity.word().to_owned()))}
                {fact("Status", Some(finding.status.word().to_owned()))}
                {instant("Created", finding.time)} {instant("Activity from", finding.started)}
                {instant("Last change", finding.updated)}
                {fact("Host", shown(finding.host.as_deref()).or_else(|| Some("not stated".to_owned())))}
                {fact("Target", party(&finding.target))} {fact("Adversary", party(&finding.adversary))}
                {fact("Rule", shown(finding.rule.as_deref()))} {fact("Tactic", shown(finding.tactic.as_deref()))}
                {fact("Technique", finding.technique.as_ref().map(ToString::to_string))}
                {fact("Assigned to", shown(finding.assignee.as_deref()))}
                {fact("Note", shown(finding.note.as_deref()))} {tags(&finding.tags)} <dt>"Id"</dt>
                <dd class="fact-with-act">
                    <code class="mono">{legible(&finding.uid).into_owned()}</code>
                    <CopyButton label="Copy the id" text=move || uid.clone() />
                </dd>
            </dl>
            <div class="drawer-section">
                <h3>"Full record"</h3>
                <CopyButton label="Copy the record" text=record_text />
            </div>
            {record(&alert.record_text())}
        </div>
    }
}

/// A line of the overview, if there is something to say in it.
fn fact(name: &'static str, value: Option<String>) -> Option<impl IntoView + use<>> {
    value.map(|value| view! { <dt>{name}</dt><dd>{value}</dd> })
}

fn instant(name: &'static str, at: Option<Timestamp>) -> Option<impl IntoView + use<>> {
    at.map(|at| {
        view! {
            <dt>{name}</dt>
            <dd class="mono" title=at.to_string()>
                {date_and_time(at)} " UTC"
            </dd>
        }
    })
}

fn tags(tags: &[String]) -> Option<impl IntoView + use<>> {
    let chips: Vec<_> = tags.iter().map(|tag| legible(tag).into_owned()).collect();
    (!chips.is_empty()).then(|| {
        view! {
            <dt>"Tags"</dt>
            <dd class="chips">
                {chips.into_iter().map(|tag| view! { <span class="chip">{tag}</span> }).collect_view()}
            </dd>
        }
    })
}

/// A side in a line: host, address, user, as far as they are known.
fn party(side: &Party) -> Option<String> {
    let parts: Vec<_> =
        [&side.host, &side.ip, &side.user].into_iter().filter_map(|part| shown(part.as_deref())).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// A text of the platform as it may stand in a line.
fn shown(text: Option<&str>) -> Option<String> {
    text.filter(|text| !text.is_empty()).map(|text| legible(text).into_owned())
}
