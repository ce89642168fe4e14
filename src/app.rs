//! What the application does, without a screen: [`AppState`], the [`Action`]s that change it, and the [`Effect`]s
//! that it asks of the browser. Pure; `update` is its only door.

pub mod action;
pub mod backup;
pub mod draft;
pub mod effect;
pub mod job;
pub mod packs;
pub mod receipt;
pub mod state;
pub mod update;

pub use action::Action;
pub use draft::{Draft, DraftHead};
pub use effect::Effect;
pub use state::AppState;
pub use update::update;
