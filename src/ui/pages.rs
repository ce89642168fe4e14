//! One module for each page.

pub mod backup;
pub mod choose;
pub mod codes;
pub mod consistency;
pub mod deadlines;
pub mod declaration;
pub mod draft;
pub mod export;
pub mod form;
pub mod materials;
pub mod not_found;
pub mod outcome;
pub mod pack;
pub mod questions;
pub mod receipt;
pub mod resume;
pub mod rules;
pub mod section;
pub mod start;
pub mod verify;
