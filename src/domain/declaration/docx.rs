//! STUB
use super::document::FormDocument;
#[allow(missing_docs)]
pub fn write(_: &FormDocument) -> Result<Vec<u8>, std::fmt::Error> {
    Err(std::fmt::Error)
}
