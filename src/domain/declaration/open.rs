//! Opens what a declaration or a portal's page comes in: a DOCX, or text.

use super::docx::{self, Docx, DocxProblem, Notes};
use super::paper::Paper;
use super::portal::{self, TextProblem};

/// Why a file was not read as a paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperProblem {
    /// An office file that cannot be read.
    #[error(transparent)]
    Docx(#[from] DocxProblem),
    /// Text that cannot be read.
    #[error(transparent)]
    Text(#[from] TextProblem),
}

/// The paper that a file is, and what is remarkable about the file.
///
/// # Errors
/// [`PaperProblem`].
pub fn open(bytes: &[u8]) -> Result<(Paper, Notes), PaperProblem> {
    let is_office = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    if is_office {
        let Docx { paper, notes, .. } = docx::read(bytes)?;
        return Ok((paper, notes));
    }
    Ok((portal::paper(&portal::decode(bytes)?)?, Notes::default()))
}
