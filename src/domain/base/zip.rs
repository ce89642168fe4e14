//! ZIP (APPNOTE 6.3.10), as far as a bundle needs it. [`compose`] writes headers around contents that stay where they
//! are; [`Archive`] reads an archive that somebody else may have made to do harm.

mod form;
mod read;
mod write;

pub use form::Form;
pub use read::{Archive, Entry, Limits, ReadAt, ReaderAt, ZipProblem};
pub use write::{EntryHead, Piece, ZipError, compose};

/// The longest path in an archive, in bytes.
pub const MAX_PATH: usize = 240;

/// Signature of a local file header.
const LOCAL: u32 = 0x0403_4b50;
/// Signature of a central directory header.
const CENTRAL: u32 = 0x0201_4b50;
/// Signature of the end of the central directory.
const END: u32 = 0x0605_4b50;
/// Signature of the ZIP64 end of the central directory.
const END64: u32 = 0x0606_4b50;
/// Signature of the ZIP64 locator.
const LOCATOR64: u32 = 0x0706_4b50;

/// Whether `path` may stand in a bundle: relative, `/` between its parts, no part empty, `.`, `..` or ending in a dot
/// or space, printable ASCII without what Windows forbids in names and without `%`, which BagIt validators read in two
/// ways.
#[must_use]
pub fn is_safe_path(path: &str) -> bool {
    !path.is_empty()
        && path.len() <= MAX_PATH
        && path.split('/').all(|part| {
            !part.is_empty()
                && !part.ends_with(['.', ' '])
                && !is_device(part)
                && part.bytes().all(|b| (b' '..=b'~').contains(&b) && !b"\\:*?\"<>|%".contains(&b))
        })
}

/// The names that Windows keeps for devices, whatever their ending.
fn is_device(part: &str) -> bool {
    let stem = part.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = |word: &str| {
        stem.strip_prefix(word).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()))
    };
    matches!(stem.as_str(), "CON" | "PRN" | "AUX" | "NUL") || numbered("COM") || numbered("LPT")
}

/// The first of these names, folded in case, that is at once a file and the folder of another.
fn file_and_folder(names: &std::collections::BTreeSet<String>) -> Option<&String> {
    names.iter().find(|name| {
        let folder = format!("{name}/");
        names.range(folder.clone()..).next().is_some_and(|after| after.starts_with(&folder))
    })
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use std::io::{Cursor, Read as _, Write as _};

    use proptest::prelude::*;

    use super::*;
    use crate::domain::base::digest::ContentDigest;

    fn made(files: &[(&str, Vec<u8>)]) -> Vec<u8> {
        let heads: Vec<EntryHead> = files
            .iter()
            .map(|(path, content)| {
                let digest = ContentDigest::of(content);
                EntryHead { path: (*path).to_owned(), bytes: digest.bytes, crc32: digest.crc32 }
            })
            .collect();
        let mut archive = Vec::new();
        for piece in compose(&heads).unwrap() {
            match piece {
                Piece::Header(bytes) => archive.extend(bytes),
                Piece::Content(idx) => archive.extend(&files[idx].1),
            }
        }
        archive
    }

    fn contents(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Vec<ZipProblem>> {
        let mut source = bytes;
        let archive = Archive::open(&mut source, Limits::default())?;
        let mut found = Vec::new();
        for entry in archive.entries() {
            let mut content = Vec::new();
            archive
                .read(&mut source, entry, &mut |piece| content.extend_from_slice(piece))
                .map_err(|p| vec![p])?;
            found.push((entry.path.clone(), content));
        }
        Ok(found)
    }

    #[test]
    fn another_reader_reads_what_was_composed() {
        let files = [("a/b.txt", b"hello".to_vec()), ("a/c.bin", vec![7; 70_000]), ("a/empty", Vec::new())];
        let bytes = made(&files);
        let mut other = zip::ZipArchive::new(Cursor::new(&bytes)).unwrap();
        assert_eq!(other.len(), 3);
        for (path, expected) in &files {
            let mut content = Vec::new();
            let mut file = other.by_name(path).unwrap();
            file.read_to_end(&mut content).unwrap();
            assert_eq!(&content, expected);
            assert_eq!(file.compression(), zip::CompressionMethod::Stored);
        }
        let ours: Vec<_> = files.iter().map(|(p, c)| ((*p).to_owned(), c.clone())).collect();
        assert_eq!(contents(&bytes).unwrap(), ours);
    }

    #[test]
    fn an_archive_packed_anew_is_read() {
        let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options =
            zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        other.start_file("a/b.txt", options).unwrap();
        other.write_all(&b"hello ".repeat(10_000)).unwrap();
        let bytes = other.finish().unwrap().into_inner();
        assert_eq!(contents(&bytes).unwrap(), [("a/b.txt".to_owned(), b"hello ".repeat(10_000))]);
    }

    #[test]
    fn folders_of_their_own_are_passed_over() {
        let mut other = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        other.add_directory("a/", options).unwrap();
        other.add_directory("a/b/", options).unwrap();
        other.start_file("a/b/c.txt", options).unwrap();
        other.write_all(b"content").unwrap();
        let bytes = other.finish().unwrap().into_inner();
        assert_eq!(contents(&bytes).unwrap(), [("a/b/c.txt".to_owned(), b"content".to_vec())]);
    }

    #[test]
    fn unsafe_and_twin_names_are_not_written() {
        let head = |path: &str| EntryHead { path: path.to_owned(), bytes: 0, crc32: 0 };
        for path in ["", "/a", "a//b", "../a", "a/..", "a\\b", "a/b.", "人", "a\n", "c:d"] {
            assert!(matches!(compose(&[head(path)]), Err(ZipError::Path { .. })), "{path}");
        }
        assert!(matches!(compose(&[head("a"), head("A")]), Err(ZipError::Twin { .. })));
    }

    #[test]
    fn large_archives_use_zip64() {
        let heads: Vec<EntryHead> =
            (0..2).map(|i| EntryHead { path: format!("f{i}"), bytes: 0x1_0000_0001, crc32: 7 }).collect();
        let pieces = compose(&heads).unwrap();
        let Some(Piece::Header(last)) = pieces.last() else { panic!("directory") };
        let has = |signature: u32| last.windows(4).any(|w| w == signature.to_le_bytes());
        assert!(has(END64) && has(LOCATOR64) && has(END));
    }

    #[test]
    fn bombs_twins_and_overlaps_are_named() {
        let bytes = made(&[("a", b"x".to_vec()), ("b", b"y".to_vec())]);
        // The first entry claims, in both its headers, a content that reaches into the second one.
        let mut overlap = bytes.clone();
        let central: Vec<usize> =
            (0..bytes.len() - 4).filter(|i| bytes[*i..*i + 4] == CENTRAL.to_le_bytes()).collect();
        for place in [18, 22, central[0] + 20, central[0] + 24] {
            overlap[place] = 20;
        }
        let words =
            |bytes: &[u8]| contents(bytes).unwrap_err().iter().map(ToString::to_string).collect::<String>();
        assert!(words(&overlap).contains("重叠"), "{}", words(&overlap));
        let mut twin = bytes.clone();
        for i in 0..bytes.len() - 1 {
            if bytes[i] == b'b' && (i == central[1] + 46 || i > 30 && i < central[0]) {
                twin[i] = b'A';
            }
        }
        assert!(words(&twin).contains("大小写"), "{}", words(&twin));
        let few = Limits { max_entries: 1, ..Limits::default() };
        assert!(Archive::open(&mut bytes.as_slice(), few).is_err());
        let small = Limits { max_total: 1, ..Limits::default() };
        assert!(Archive::open(&mut bytes.as_slice(), small).is_err());
    }

    #[test]
    fn one_archive_has_one_meaning() {
        let bytes = made(&[("r/a", b"first".to_vec()), ("r/b", b"second".to_vec())]);
        let central: Vec<usize> =
            (0..bytes.len() - 4).filter(|i| bytes[*i..*i + 4] == CENTRAL.to_le_bytes()).collect();
        let refused = |bytes: &[u8]| assert!(contents(bytes).is_err());
        // A comment in which another end record could hide.
        let mut comment = bytes.clone();
        let last = comment.len() - 2;
        comment[last] = 4;
        comment.extend(*b"note");
        refused(&comment);
        // The first entry is taken out of the directory, its bytes stay.
        let mut hidden = bytes.clone();
        hidden.drain(central[0]..central[1]);
        let end = hidden.len() - 22;
        hidden[end + 8] = 1;
        hidden[end + 10] = 1;
        let length = u32::try_from(end - central[0]).unwrap();
        hidden[end + 12..end + 16].copy_from_slice(&length.to_le_bytes());
        refused(&hidden);
        // The local header lies about the packed size, or alone says that the sizes stand elsewhere.
        let mut packed = bytes.clone();
        packed[18] = 4;
        refused(&packed);
        let mut streamed = bytes.clone();
        streamed[6] |= 8;
        refused(&streamed);
        let head = |path: &str| EntryHead { path: path.to_owned(), bytes: 0, crc32: 0 };
        assert!(compose(&[head("a"), head("A/b")]).is_err());
        for path in ["r/CON.txt", "nul", "r/com1", "r/100%.txt"] {
            assert!(compose(&[head(path)]).is_err(), "{path}");
        }
        assert!(compose(&[head("r/console.txt"), head("r/com10")]).is_ok());
    }

    proptest! {
        #[test]
        fn no_change_of_bytes_passes(place in 0_usize..300, flip in 1_u8..=255, cut in 0_usize..300) {
            let files = [("r/a.txt", b"some content here".to_vec()), ("r/b.txt", b"more of it".to_vec())];
            let bytes = made(&files);
            let expected = contents(&bytes).unwrap();
            let mut changed = bytes.clone();
            if let Some(byte) = changed.get_mut(place) {
                *byte ^= flip;
                // A change is refused, or it touched a byte that says nothing of name or content.
                if let Ok(found) = contents(&changed) {
                    prop_assert_eq!(found, expected);
                }
            }
            if cut < bytes.len() {
                prop_assert!(contents(&bytes[..cut]).is_err());
            }
        }

        #[test]
        fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..600)) {
            let _ = contents(&noise);
            let mut with_end = noise.clone();
            with_end.extend(END.to_le_bytes());
            with_end.extend(&noise[..noise.len().min(18)]);
            let _ = contents(&with_end);
        }
    }
}
