//! Pieces of page that know the domain.

pub mod control;
pub mod deadlines;
pub mod findings;
pub mod history;
pub mod rule_tree;
pub mod search;
pub mod shell;
pub mod turned;
pub mod turns;
pub mod undo;
pub mod view;
pub mod year;
