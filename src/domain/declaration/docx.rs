//! DOCX (ECMA-376, WordprocessingML): written anew from our own form, read from anybody's, and filled in place.

mod container;
mod edit;
mod read;
mod write;

pub use edit::{Filled, Photo, fill};
pub use read::{Docx, DocxProblem, Notes, read};
pub use write::{DocxError, write};
