//! What the console does outside of itself: traffic, clock, clipboard, memory of the theme.

mod alert_stream;
mod bell;
mod cancellation;
mod clipboard;
mod clock;
mod look_for_demo;
mod pull;
mod send;
mod sessions;
mod store;
mod theme;

pub use alert_stream::AlertStream;
pub use bell::Bell;
pub use cancellation::Cancellation;
pub use clipboard::copy;
pub use clock::{moment, now};
pub use look_for_demo::look_for_demo;
pub use pull::{Ending, Flow, Wire, pull};
pub use send::{ATTEMPT, send};
pub use sessions::Sessions;
pub use store::Store;
pub use theme::toggle_theme;
