//! The submission bundle (提交包): a BagIt 1.0 bag (RFC 8493) in a ZIP, the same bytes for the same input wherever it
//! is made, and verified as hostile input wherever it comes from.

pub mod bag;
pub mod compose;
pub mod package;
pub mod seal;
pub mod verify;

pub use crate::domain::base::{digest, zip};
