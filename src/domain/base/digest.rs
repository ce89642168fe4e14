//! Length, CRC-32 and SHA-256 of a content, in one pass.

use sha2::{Digest as _, Sha256};

/// What is known of a content once it was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ContentDigest {
    /// Length in bytes.
    pub bytes: u64,
    /// CRC-32 as ZIP has it.
    pub crc32: u32,
    /// SHA-256.
    pub sha256: [u8; 32],
}

/// Reads a content piece by piece.
#[derive(Debug, Clone, Default)]
pub struct Digester {
    bytes: u64,
    crc32: crc32fast::Hasher,
    sha256: Sha256,
}

impl Digester {
    /// Nothing read yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Reads the next piece.
    pub fn update(&mut self, piece: &[u8]) {
        self.bytes += piece.len() as u64;
        self.crc32.update(piece);
        self.sha256.update(piece);
    }

    /// What was read.
    #[must_use]
    pub fn finish(self) -> ContentDigest {
        ContentDigest {
            bytes: self.bytes,
            crc32: self.crc32.finalize(),
            sha256: self.sha256.finalize().into(),
        }
    }
}

impl ContentDigest {
    /// The digest of a content that is at hand.
    #[must_use]
    pub fn of(content: &[u8]) -> Self {
        let mut digester = Digester::new();
        digester.update(content);
        digester.finish()
    }

    /// The SHA-256 in hexadecimal.
    #[must_use]
    pub fn sha256_hex(&self) -> String {
        hex(&self.sha256)
    }
}

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'];
    bytes.iter().flat_map(|b| [DIGITS[usize::from(b >> 4)], DIGITS[usize::from(b & 15)]]).collect()
}

/// The bytes of hexadecimal digits; `None` where the text is none.
#[must_use]
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    if !text.len().is_multiple_of(2) || !text.is_ascii() {
        return None;
    }
    (0..text.len()).step_by(2).map(|at| u8::from_str_radix(text.get(at..at + 2)?, 16).ok()).collect()
}
