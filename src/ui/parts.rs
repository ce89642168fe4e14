//! Pieces of page that know the domain.

pub mod control;
pub mod findings;
pub mod shell;
