//! The triagekit console: one queue for the alerts of UTMStack and Uptycs.
//!
//! `state` decides and knows neither page nor network; `effects` talks; `views` draws. What talks and draws exists on
//! wasm32 only, so that the decisions are tested on any machine in milliseconds.

extern crate alloc;

#[cfg(target_arch = "wasm32")]
pub mod effects;
#[cfg(target_arch = "wasm32")]
mod mount;
pub mod state;
#[cfg(target_arch = "wasm32")]
mod views;

#[cfg(target_arch = "wasm32")]
pub use mount::mount;
