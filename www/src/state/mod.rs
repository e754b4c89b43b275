//! What the console knows and decides, free of page, network and clock.

mod alert;
mod connection;
mod demo;
mod effect;
mod feed;
mod field;
mod legible;
mod message;
mod model;
mod number;
mod pretty;
mod problem;
mod queue;
mod time;
mod update;
mod uptycs_form;
mod utmstack_form;
mod window;

pub use alert::Alert;
pub use connection::{Auth, Connection, ConnectionId, Direct};
pub use demo::connections_of_demo;
pub use effect::Effect;
pub use feed::{Feed, Phase};
pub use field::{Field, FieldError};
pub use legible::legible;
pub use message::Message;
pub use model::{Model, Place};
pub use number::{count_of, thousands};
pub use pretty::{Token, TokenKind, pretty};
pub use problem::Problem;
pub use queue::Queue;
pub use time::{age, clock_time, date_and_time};
pub use update::{STRETCH, update};
pub use uptycs_form::{LARGEST_KEY_FILE, UptycsForm, read_key_file};
pub use utmstack_form::{UtmstackForm, UtmstackMethod};
pub use window::{Extent, OVERSCAN, ROW_HEIGHT, anchored, offset_of, row_at, scroll_into_view};
