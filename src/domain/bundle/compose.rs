//! A bag in a ZIP, in pieces: what is at hand as bytes, and contents that stay where they are.

use super::bag::{self, PayloadFile};
use super::digest::ContentDigest;
use super::zip::{EntryHead, Piece, ZipError, compose};

/// What stands in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The content at that place of a list that the caller keeps.
    Attachment(usize),
}

/// A piece of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PackagePiece {
    /// These bytes.
    Bytes(Vec<u8>),
    /// The content of the attachment at that place.
    Attachment(usize),
}

/// A file in a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackageFile {
    /// Its path below the bundle's folder.
    pub path: String,
    /// Place of the attachment; `None` for what the program wrote.
    pub attachment: Option<usize>,
    /// Its size in bytes.
    pub bytes: u64,
}

/// A bag, ready to be written piece by piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Composed {
    /// SHA-256 of the tag manifest.
    pub root_hash: String,
    /// Length of the whole in bytes.
    pub bytes: u64,
    /// The pieces, in order.
    pub pieces: Vec<PackagePiece>,
    /// The files in it, in order.
    pub files: Vec<PackageFile>,
}

/// Composes a bag with the top folder `root`. `contents` are paths below `data/`; `digests` are those of the contents that
/// stay where they are; `info` goes into `bag-info.txt`. The same input gives the same bytes.
///
/// # Errors
/// [`ZipError`].
pub fn compose_bag(
    root: &str,
    mut contents: Vec<(String, Content)>,
    digests: &[ContentDigest],
    info: &[(&str, String)],
) -> Result<Composed, ZipError> {
    contents.sort_by(|a, b| a.0.cmp(&b.0));
    let digest_of = |content: &Content| match content {
        Content::Bytes(bytes) => ContentDigest::of(bytes),
        Content::Attachment(idx) => digests.get(*idx).copied().unwrap_or(ContentDigest::of(&[])),
    };
    let payload: Vec<PayloadFile> =
        contents.iter().map(|(path, c)| PayloadFile { path: path.clone(), digest: digest_of(c) }).collect();
    let tags = bag::tag_files(&payload, info);
    let mut entries: Vec<(EntryHead, Content)> = tags
        .files
        .into_iter()
        .map(|(name, bytes)| {
            (head(format!("{root}/{name}"), &ContentDigest::of(&bytes)), Content::Bytes(bytes))
        })
        .collect();
    for ((path, content), file) in contents.into_iter().zip(&payload) {
        entries.push((head(format!("{root}/data/{path}"), &file.digest), content));
    }
    entries.sort_by(|a, b| a.0.path.cmp(&b.0.path));
    let files = entries
        .iter()
        .map(|(head, content)| PackageFile {
            path: head.path.strip_prefix(root).unwrap_or_default().trim_start_matches('/').to_owned(),
            attachment: if let Content::Attachment(idx) = content { Some(*idx) } else { None },
            bytes: head.bytes,
        })
        .collect();
    let heads: Vec<EntryHead> = entries.iter().map(|(head, _)| head.clone()).collect();
    let mut bytes = 0;
    let mut pieces = Vec::new();
    for piece in compose(&heads)? {
        match piece {
            Piece::Header(header) => {
                bytes += header.len() as u64;
                pieces.push(PackagePiece::Bytes(header));
            }
            Piece::Content(idx) => {
                if let Some((head, content)) = entries.get_mut(idx) {
                    bytes += head.bytes;
                    pieces.push(match content {
                        Content::Bytes(content) => PackagePiece::Bytes(std::mem::take(content)),
                        Content::Attachment(idx) => PackagePiece::Attachment(*idx),
                    });
                }
            }
        }
    }
    Ok(Composed { root_hash: tags.root_hash, bytes, pieces, files })
}

fn head(path: String, digest: &ContentDigest) -> EntryHead {
    EntryHead { path, bytes: digest.bytes, crc32: digest.crc32 }
}
