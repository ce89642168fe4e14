//! The notice, an application, and what the one says of the other. Pure: no web crate, no clock, no randomness, no
//! input or output; the date and the pack are arguments.
//!
//! In order of dependency: [`base`], [`media`], [`path`], [`pack`], [`diag`], [`case`], then [`rule`], [`check`],
//! [`schedule`] and [`declaration`] which do not see each other, then [`guide`], then `proof` (on the host
//! only) and [`bundle`].

pub mod base;
pub mod media;
pub mod path;
pub mod pack;
pub mod diag;
pub mod case;
pub mod rule;
pub mod check;
pub mod schedule;
pub mod declaration;
pub mod guide;
#[cfg(not(target_arch = "wasm32"))]
pub mod proof;
pub mod bundle;
