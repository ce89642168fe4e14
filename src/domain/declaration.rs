//! The declaration (申报表) as a document: what stands on it, and how it is written as DOCX. Does not see `rule` or
//! `check`: it shows the entries as they are.

mod compare;
mod fill;
mod label;
mod open;

pub mod document;
pub mod docx;
pub mod paper;
pub mod portal;
pub mod print;
mod recognise;

pub use compare::compare;
pub use fill::fill;
pub use open::{PaperProblem, open};
pub use recognise::{ListColumn, Place, Reading, Reason, Recognised, Slot, Unrecognised, recognise};
