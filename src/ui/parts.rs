//! Pieces of page that know the domain.

pub mod attachment_facts;
pub mod blank;
pub mod code_part;
pub mod control;
pub mod deadlines;
pub mod findings;
pub mod history;
pub mod open_sealed;
pub mod papers;
pub mod preview;
pub mod rule_tree;
pub mod seal_choice;
pub mod search;
pub mod shell;
pub mod turned;
pub mod turns;
pub mod undo;
pub mod view;
pub mod year;
