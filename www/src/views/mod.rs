//! What is drawn: one component a file. Components read the store and dispatch messages; they decide nothing.
//!
//! Text of the platforms reaches the page through text nodes and attributes alone, never as markup.

#![expect(unreachable_pub, reason = "Leptos writes `pub` before what it makes of a component")]
#![expect(clippy::needless_pass_by_value, reason = "what a component is given is its own")]

mod app;
mod banner;
mod choice;
mod connect_acts;
mod connected_card;
mod connections;
mod copy_button;
mod drawer;
mod empty;
mod field_input;
mod health;
mod icon;
mod key_file_input;
mod progress;
mod queue_page;
mod record;
mod row;
mod severity_mark;
mod skeleton;
mod status_bar;
mod status_mark;
mod table;
mod toolbar;
mod top_bar;
mod truncated;
mod uptycs_card;
mod utmstack_card;

pub(crate) use app::App;
