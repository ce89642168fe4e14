//! Whether an archive is, byte for byte, what [`compose`] makes of its contents.

use super::read::{Archive, Entry, ReadAt, read_vec};
use super::write::{EntryHead, Piece, compose};

/// Whose bytes the headers are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// As [`compose`] writes them.
    Composed,
    /// As [`compose`] writes them but for some bytes: they were altered.
    Altered,
    /// Another program's: the contents were packed anew.
    Repacked,
}

impl Archive {
    /// Whose bytes the headers are; the contents are not read.
    pub fn form(&self, source: &mut dyn ReadAt) -> Form {
        let heads: Vec<EntryHead> = self.entries().iter().map(Entry::head).collect();
        let Ok(pieces) = compose(&heads) else { return Form::Repacked };
        let length: u64 = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Header(bytes) => bytes.len() as u64,
                Piece::Content(idx) => heads.get(*idx).map_or(0, |head| head.bytes),
            })
            .sum();
        if length != source.len() {
            return Form::Repacked;
        }
        let (mut n_same, mut n_other, mut at) = (0, 0, 0);
        for piece in &pieces {
            match piece {
                Piece::Header(bytes) => {
                    let length = bytes.len() as u64;
                    match read_vec(source, at, length) {
                        Some(found) if found == *bytes => n_same += 1,
                        _ => n_other += 1,
                    }
                    at += length;
                }
                Piece::Content(idx) => at += heads.get(*idx).map_or(0, |head| head.bytes),
            }
        }
        match (n_same, n_other) {
            (_, 0) => Form::Composed,
            (0, _) => Form::Repacked,
            _ => Form::Altered,
        }
    }
}
