//! The notice, an application, and what the one says of the other. Pure: no web crate, no clock, no randomness, no
//! input or output; the date and the pack are arguments.
//!
//! In order of dependency: [`base`], [`path`], [`pack`], [`diag`], [`case`], then [`rule`], [`check`] and
//! [`declaration`] which do not see each other, then [`guide`], then [`bundle`].

pub mod base;
pub mod path;
pub mod pack;
pub mod diag;
pub mod case;
pub mod rule;
pub mod check;
pub mod declaration;
pub mod guide;
pub mod bundle;
