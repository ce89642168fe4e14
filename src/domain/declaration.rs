//! The declaration (申报表) as a document: what stands on it, and how it is written as DOCX. Does not see `rule` or
//! `check`: it shows the entries as they are.

mod fill;

pub mod document;
pub mod docx;

pub use fill::fill;
