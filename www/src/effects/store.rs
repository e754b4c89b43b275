use super::look_for_demo::look_for_demo;
use super::sessions::{Sessions, fetch_stretch};
use crate::state::{Effect, Message, Model, Problem, update};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The state as the views see it, and the one way to change it.
#[derive(Debug, Clone, Copy)]
pub struct Store {
    model: RwSignal<Model>,
    sessions: StoredValue<Sessions, LocalStorage>,
}

impl Store {
    /// A state in which nothing has happened.
    pub fn new() -> Self {
        Self { model: RwSignal::new(Model::default()), sessions: StoredValue::new_local(Sessions::default()) }
    }

    /// The store of the page that a component stands in.
    pub fn here() -> Self {
        expect_context()
    }

    /// Takes in what happened and does what follows from it.
    pub fn dispatch(self, message: Message) {
        let effects = self.model.try_update(|model| update(model, message)).unwrap_or_default();
        for effect in effects {
            self.run(effect);
        }
    }

    /// Reads a part of the state; whoever does so within a view is drawn again when the state changes.
    pub fn read<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        self.model.with(part)
    }

    /// Reads a part of the state as it is now.
    pub fn peek<T>(self, part: impl FnOnce(&Model) -> T) -> T {
        self.model.with_untracked(part)
    }

    /// A part of the state that is told about only when it is another than before.
    pub fn select<T: PartialEq + Send + Sync + 'static>(
        self,
        part: impl Fn(&Model) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| self.model.with(&part))
    }

    pub(super) fn with_sessions<T>(self, act: impl FnOnce(&mut Sessions) -> T) -> Option<T> {
        self.sessions.try_update_value(act)
    }

    fn run(self, effect: Effect) {
        match effect {
            Effect::Open { id, connection, rows } => {
                match self.with_sessions(|sessions| sessions.open(id, &connection)) {
                    Some(Err(error)) => self.dispatch(Message::Failed(id, Problem::of(&error))),
                    _ => fetch_stretch(self, id, rows),
                }
            }
            Effect::Continue { id, rows } => fetch_stretch(self, id, rows),
            Effect::Stop(id) => drop(self.with_sessions(|sessions| sessions.stop(id))),
            Effect::Close(id) => drop(self.with_sessions(|sessions| sessions.close(id))),
            Effect::LookForDemo => spawn_local(async move {
                if let Some(connections) = look_for_demo().await {
                    self.dispatch(Message::DemoOffered(connections));
                }
            }),
        }
    }
}

impl Default for Store {
    fn default() -> Self {
        Self::new()
    }
}
