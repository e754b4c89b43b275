use super::connection::{Connection, ConnectionId};
use super::effect::Effect;
use super::feed::{Feed, Phase};
use super::message::Message;
use super::model::{Model, Place};
use super::problem::Problem;
use alloc::sync::Arc;

/// How many rows of a connection are fetched at a time before it pauses.
pub const STRETCH: u64 = 2_000;

/// Takes in what happened, and says what is to be done.
pub fn update(model: &mut Model, message: Message) -> Vec<Effect> {
    match message {
        Message::Started => return vec![Effect::LookForDemo],
        Message::DemoOffered(connections) => model.demo = Some(connections),
        Message::UseDemo => {
            model.place = Place::Queue;
            let connections = model.demo.clone().unwrap_or_default();
            return connections.into_iter().flat_map(|connection| connect(model, connection)).collect();
        }
        Message::Connect(connection) => return connect(model, connection),
        Message::Disconnect(id) => return disconnect(model, id),
        Message::Go(place) => model.place = place,
        Message::Arrived { id, alerts, total, at } => {
            // What still arrives of a connection that was ended belongs to nobody.
            if let Some(feed) = feed(model, id) {
                let oldest = alerts.iter().filter_map(|alert| alert.finding.time).min();
                feed.oldest = feed.oldest.into_iter().chain(oldest).min();
                feed.synced_at = Some(at);
                feed.total = total.or(feed.total);
                let new = u64::try_from(model.queue.merge(alerts)).unwrap_or(u64::MAX);
                if let Some(feed) = self::feed(model, id) {
                    feed.loaded += new;
                }
            }
        }
        Message::Paused(id) => set_phase(model, id, Phase::Paused),
        Message::Completed(id) => set_phase(model, id, Phase::Complete { note: None }),
        Message::Stopped(id) => set_phase(model, id, Phase::Cancelled),
        Message::Failed(id, problem) => set_phase(model, id, after_failure(problem)),
        Message::LoadMore => return go_on(model, Feed::may_have_more),
        Message::Cancel => {
            return model
                .feeds
                .iter()
                .filter(|feed| feed.is_loading())
                .map(|feed| Effect::Stop(feed.id))
                .collect();
        }
        Message::Retry(id) => return go_on(model, |feed| feed.id == id && feed.problem().is_some()),
        Message::Move(rows) => move_cursor(model, rows),
        Message::MoveToEnd { is_last } => {
            let index = if is_last { model.queue.len().saturating_sub(1) } else { 0 };
            model.cursor = model.queue.get(index).cloned();
        }
        Message::Select(alert) => model.cursor = Some(alert),
        Message::Open => {
            if model.cursor.is_none() {
                model.cursor = model.queue.get(0).cloned();
            }
            model.is_open = model.cursor.is_some();
        }
        Message::CloseDetail => model.is_open = false,
    }
    Vec::new()
}

fn connect(model: &mut Model, connection: Connection) -> Vec<Effect> {
    let predecessor = model.feed_of(connection.kind).map(|feed| feed.id);
    let mut effects = predecessor.map(|id| disconnect(model, id)).unwrap_or_default();
    model.last_id += 1;
    let id = ConnectionId(model.last_id);
    model.feeds.push(Feed::new(id, connection.clone(), STRETCH));
    model.feeds.sort_by_key(|feed| feed.connection.kind);
    effects.push(Effect::Open { id, connection: Box::new(connection), rows: STRETCH });
    effects
}

fn disconnect(model: &mut Model, id: ConnectionId) -> Vec<Effect> {
    model.feeds.retain(|feed| feed.id != id);
    model.queue.remove(id);
    if model.cursor.as_ref().is_some_and(|alert| alert.connection == id) {
        model.cursor = None;
        model.is_open = false;
    }
    vec![Effect::Close(id)]
}

/// Lets the chosen connections fetch another stretch.
fn go_on(model: &mut Model, is_chosen: impl Fn(&Feed) -> bool) -> Vec<Effect> {
    let mut effects = Vec::new();
    for feed in model.feeds.iter_mut().filter(|feed| is_chosen(feed)) {
        // What was stopped or failed on its way owes the rest of its stretch; what has arrived gets a new one.
        if feed.loaded >= feed.target {
            feed.target = feed.loaded + STRETCH;
        }
        feed.phase = Phase::Loading;
        effects.push(Effect::Continue { id: feed.id, rows: feed.target - feed.loaded });
    }
    effects
}

/// Beyond the reach of one search nothing has failed: what was delivered is good, and the platform's limit is told.
fn after_failure(problem: Problem) -> Phase {
    if problem.code == "result_window" {
        Phase::Complete { note: Some(problem.message) }
    } else {
        Phase::Failed(problem)
    }
}

fn feed(model: &mut Model, id: ConnectionId) -> Option<&mut Feed> {
    model.feeds.iter_mut().find(|feed| feed.id == id)
}

fn set_phase(model: &mut Model, id: ConnectionId, phase: Phase) {
    if let Some(feed) = feed(model, id) {
        feed.phase = phase;
    }
}

fn move_cursor(model: &mut Model, rows: isize) {
    let last = model.queue.len().saturating_sub(1);
    let index = match model.cursor.as_ref().and_then(|alert| model.queue.index_of(alert)) {
        Some(index) => index.saturating_add_signed(rows).min(last),
        None => 0,
    };
    model.cursor = model.queue.get(index).map(Arc::clone);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Alert;
    use triagekit::uptycs::KeyFile;
    use triagekit::utmstack::Credentials;
    use triagekit::{BaseUrl, Platform, Secret, Timestamp};

    fn utmstack() -> Connection {
        let url = BaseUrl::parse("https://siem.example.org").expect("an address");
        Connection::utmstack(url, Credentials::ApiKey(Secret::new("k")))
    }

    fn uptycs() -> Connection {
        Connection::uptycs(KeyFile::from_parts("K#s", "acme", "c").expect("a key"))
    }

    fn now() -> Timestamp {
        Timestamp::parse("2026-11-21T12:00:00Z").expect("an instant")
    }

    fn both() -> Model {
        let mut model = Model::default();
        update(&mut model, Message::DemoOffered(vec![utmstack(), uptycs()]));
        update(&mut model, Message::UseDemo);
        model
    }

    fn arrive(model: &mut Model, id: u32, minutes: &[u32]) {
        let alerts = minutes
            .iter()
            .map(|minute| {
                let row = format!(r#"{{"id":"{minute}","@timestamp":"2026-11-21T08:{minute:02}:00Z"}}"#);
                let sequence = u64::from(id * 100 + minute);
                Alert::read(ConnectionId(id), Platform::Utmstack, sequence, row.as_bytes())
            })
            .collect();
        update(model, Message::Arrived { id: ConnectionId(id), alerts, total: None, at: now() });
    }

    fn problem(code: &'static str) -> Problem {
        Problem { code, message: "It said no.".to_owned(), status: None, said: None }
    }

    #[test]
    fn the_demo_opens_both_platforms_at_once() {
        let mut model = Model::default();
        update(&mut model, Message::DemoOffered(vec![utmstack(), uptycs()]));
        let effects = update(&mut model, Message::UseDemo);
        assert!(matches!(
            effects[..],
            [Effect::Open { rows: STRETCH, .. }, Effect::Open { rows: STRETCH, .. }]
        ));
        assert_eq!(model.place, Place::Queue);
    }

    #[test]
    fn one_platform_down_leaves_the_others_alerts() {
        let mut model = both();
        arrive(&mut model, 1, &[10, 5]);
        update(&mut model, Message::Failed(ConnectionId(2), problem("unreachable")));
        assert_eq!(model.queue.len(), 2);
        assert!(model.feed_of(Platform::Uptycs).and_then(Feed::problem).is_some());
        assert!(model.feed_of(Platform::Utmstack).and_then(Feed::problem).is_none());
    }

    #[test]
    fn a_retry_owes_the_rest_of_the_stretch_and_more_is_a_new_one() {
        let mut model = both();
        arrive(&mut model, 1, &[10, 5]);
        update(&mut model, Message::Failed(ConnectionId(1), problem("unreachable")));
        let effects = update(&mut model, Message::Retry(ConnectionId(1)));
        assert_eq!(effects, [Effect::Continue { id: ConnectionId(1), rows: STRETCH - 2 }]);
        let feed = model.feeds.first_mut().expect("a feed");
        feed.loaded = STRETCH;
        update(&mut model, Message::Paused(ConnectionId(1)));
        assert_eq!(
            update(&mut model, Message::LoadMore),
            [Effect::Continue { id: ConnectionId(1), rows: STRETCH }]
        );
    }

    #[test]
    fn the_reach_of_one_search_is_an_end_and_no_failure() {
        let mut model = both();
        update(&mut model, Message::Failed(ConnectionId(1), problem("result_window")));
        let feed = model.feed(ConnectionId(1)).expect("a feed");
        assert_eq!(feed.phase, Phase::Complete { note: Some("It said no.".to_owned()) });
    }

    #[test]
    fn a_new_connection_to_a_product_replaces_the_old_with_all_that_came_from_it() {
        let mut model = both();
        arrive(&mut model, 1, &[10]);
        update(&mut model, Message::Open);
        let effects = update(&mut model, Message::Connect(utmstack()));
        assert!(matches!(
            effects[..],
            [Effect::Close(ConnectionId(1)), Effect::Open { id: ConnectionId(3), .. }]
        ));
        assert!(model.queue.is_empty() && model.cursor.is_none() && !model.is_open);
        arrive(&mut model, 1, &[11]);
        assert!(model.queue.is_empty(), "what arrives late for the old one is not taken");
    }

    #[test]
    fn the_cursor_stays_with_its_alert_when_newer_ones_come() {
        let mut model = both();
        arrive(&mut model, 1, &[10, 5]);
        update(&mut model, Message::Move(1));
        update(&mut model, Message::Move(1));
        arrive(&mut model, 2, &[20, 7]);
        let cursor = model.cursor.clone().expect("a cursor");
        assert_eq!((cursor.finding.uid.as_str(), model.queue.index_of(&cursor)), ("5", Some(3)));
        update(&mut model, Message::Move(-99));
        assert_eq!(model.cursor.as_ref().map(|alert| alert.finding.uid.as_str()), Some("20"));
        update(&mut model, Message::MoveToEnd { is_last: true });
        update(&mut model, Message::Move(5));
        assert_eq!(model.cursor.as_ref().map(|alert| alert.finding.uid.as_str()), Some("5"));
    }

    #[test]
    fn the_queue_says_how_far_back_it_is_complete() {
        let mut model = both();
        arrive(&mut model, 1, &[50, 40]);
        arrive(&mut model, 2, &[30, 10]);
        update(&mut model, Message::Paused(ConnectionId(1)));
        update(&mut model, Message::Paused(ConnectionId(2)));
        assert_eq!(model.complete_down_to(), Timestamp::parse("2026-11-21T08:40:00Z"));
        update(&mut model, Message::Completed(ConnectionId(1)));
        assert_eq!(model.complete_down_to(), Timestamp::parse("2026-11-21T08:10:00Z"));
    }
}
