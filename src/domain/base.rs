//! Values that know whether they are well-formed: dates, identifiers, catalogues, text. Parse, don't validate.

pub mod catalogue;
pub mod date;
pub mod digest;
pub mod identifier;
pub mod json;
pub mod messages;
pub mod text;
pub mod zip;
