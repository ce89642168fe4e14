//! A backup (备份) of drafts with everything in them: a bag in a ZIP like a bundle, so that any BagIt program can tell
//! whether it is whole. `precheck.backup/1`.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::json;

use super::draft::Draft;
use crate::domain::base::date::format_iso;
use crate::domain::base::digest::ContentDigest;
use crate::domain::base::json::{self, Value};
use crate::domain::base::zip::{Archive, Entry, ReadAt, ZipError};
use crate::domain::bundle::bag;
use crate::domain::bundle::compose::{Composed, Content, compose_bag};
use crate::domain::guide::APP_VERSION;

/// The format of `data/backup.json`.
const FORMAT: &str = "precheck.backup/1";
/// The longest JSON file of a backup that is read, in bytes.
const MAX_JSON: u64 = 32 << 20;
/// The most drafts of one backup.
const MAX_DRAFTS: usize = 1_000;

/// Why a backup was not made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BackupError {
    /// A file is not what it was when it was attached.
    #[error("“{draft}”的附件“{file}”已损坏或丢失，重新添加后再备份")]
    Attachment {
        /// The draft's name.
        draft: String,
        /// The file's own name.
        file: String,
    },
    /// The archive cannot be made.
    #[error("{0}")]
    Zip(#[from] ZipError),
}

/// What is in a backup.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Restored {
    /// The drafts, each with the contents of its attachments.
    pub drafts: Vec<(Draft, Vec<Entry>)>,
    /// The records of the packs that they are judged by.
    pub packs: Vec<String>,
}

/// The name of a backup's file.
#[must_use]
pub fn file_name(day: NaiveDate) -> String {
    format!("{}.zip", root(day))
}

fn root(day: NaiveDate) -> String {
    format!("precheck-backup-{}", format_iso(day))
}

/// Puts a backup together. `digests` are those of all attachments' contents, draft after draft, as they were read just
/// now.
///
/// # Errors
/// [`BackupError`]; then there is no backup, not even a part of one.
pub fn compose(
    drafts: &[Draft],
    packs: &[String],
    digests: &[ContentDigest],
    day: NaiveDate,
) -> Result<Composed, BackupError> {
    let mut contents: BTreeMap<String, Content> = BTreeMap::new();
    let (mut list, mut place) = (Vec::new(), 0);
    for (idx, draft) in drafts.iter().enumerate() {
        for file in &draft.application.attachments {
            let found = digests.get(place).filter(|d| d.bytes == file.bytes && d.sha256_hex() == file.sha256);
            if found.is_none() {
                let (draft, file) = (draft.title(), file.file.clone());
                return Err(BackupError::Attachment { draft, file });
            }
            // A file that several drafts have is in the backup once.
            contents.entry(content_path(&file.sha256)).or_insert(Content::Attachment(place));
            place += 1;
        }
        let record = format!("drafts/{}.json", idx + 1);
        contents.insert(record.clone(), Content::Bytes(draft.to_record().into_bytes()));
        list.push(record);
    }
    let mut pack_list = Vec::new();
    for (idx, pack) in packs.iter().enumerate() {
        let record = format!("packs/{}.json", idx + 1);
        contents.insert(record.clone(), Content::Bytes(pack.clone().into_bytes()));
        pack_list.push(record);
    }
    let head = json!({ "format": FORMAT, "app_version": APP_VERSION, "drafts": list, "packs": pack_list });
    contents.insert("backup.json".to_owned(), Content::Bytes(head.to_string().into_bytes()));
    let info = [
        ("Bag-Software-Agent", format!("Precheck {APP_VERSION}")),
        ("Bagging-Date", format_iso(day)),
        ("External-Description", "申报预检的草稿备份，不是提交材料".to_owned()),
    ];
    Ok(compose_bag(&root(day), contents.into_iter().collect(), digests, &info)?)
}

fn content_path(sha256: &str) -> String {
    format!("contents/{sha256}")
}

/// Reads a backup, once every byte of it was verified. `progress` is told how many bytes were read.
///
/// # Errors
/// Everything that is wrong, line by line; then nothing of it is to be used.
pub fn read(source: &mut dyn ReadAt, progress: &mut dyn FnMut(u64)) -> Result<Restored, Vec<String>> {
    let (found, archive) = bag::verify(source, progress);
    if !found.problems.is_empty() {
        return Err(found.problems.iter().map(bag::BagProblem::line).collect());
    }
    let (Some(archive), Some(root)) = (archive, found.root.as_deref()) else {
        return Err(vec!["不是本程序的备份".to_owned()]);
    };
    let mut problems = Vec::new();
    let restored = read_sound(source, &archive, root, &found.files, &mut problems);
    match restored {
        Some(restored) if problems.is_empty() => Ok(restored),
        _ => {
            if problems.is_empty() {
                problems.push("不是本程序的备份；提交包到“核验提交包”里打开".to_owned());
            }
            Err(problems)
        }
    }
}

fn read_sound(
    source: &mut dyn ReadAt,
    archive: &Archive,
    root: &str,
    files: &BTreeMap<String, ContentDigest>,
    problems: &mut Vec<String>,
) -> Option<Restored> {
    let entry = |path: &str| archive.entry(&format!("{root}/data/{path}"));
    let mut text = |path: &str| {
        let bytes = archive.read_all(source, entry(path)?, MAX_JSON).ok()?;
        String::from_utf8(bytes).ok()
    };
    let head = json::parse(text("backup.json")?.as_bytes(), usize::MAX).ok()?;
    let format = head.get("format").and_then(Value::as_str)?;
    if format != FORMAT {
        problems.push(format!("备份的格式是“{format}”，本程序只读 {FORMAT}，先更新本程序"));
        return None;
    }
    let names = |key: &str| -> Option<Vec<String>> {
        let list = head.get(key)?.as_array()?;
        list.iter().map(|name| name.as_str().map(str::to_owned)).collect()
    };
    let (drafts, packs) = (names("drafts")?, names("packs")?);
    if drafts.len() > MAX_DRAFTS || packs.len() > MAX_DRAFTS {
        problems.push(format!("备份里的草稿超过 {MAX_DRAFTS} 份"));
        return None;
    }
    let mut restored = Restored::default();
    for name in drafts {
        let draft = match text(&name).map(|record| Draft::from_record(&record)) {
            Some(Ok(draft)) => draft,
            Some(Err(error)) => {
                problems.push(format!("{name}：{error}"));
                continue;
            }
            None => {
                problems.push(format!("{name}：备份里没有这份草稿"));
                continue;
            }
        };
        let mut contents = Vec::new();
        for file in &draft.application.attachments {
            let path = content_path(&file.sha256);
            let digest = files.get(&format!("data/{path}"));
            let is_it = digest.is_some_and(|d| d.bytes == file.bytes && d.sha256_hex() == file.sha256);
            match entry(&path).filter(|_| is_it) {
                Some(entry) => contents.push(entry.clone()),
                None => problems.push(format!("“{}”的附件“{}”不在备份里", draft.title(), file.file)),
            }
        }
        restored.drafts.push((draft, contents));
    }
    for name in packs {
        match text(&name) {
            Some(record) => restored.packs.push(record),
            None => problems.push(format!("{name}：备份里没有这个规则包")),
        }
    }
    Some(restored)
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use super::*;
    use crate::domain::base::date::parse_iso;
    use crate::domain::bundle::compose::PackagePiece;
    use crate::domain::case::Attachment;

    fn draft(id: &str, files: &[&[u8]]) -> Draft {
        let mut draft = Draft { id: id.to_owned(), name: format!("草稿{id}"), ..Draft::default() };
        for content in files {
            let digest = ContentDigest::of(content);
            draft.application.attachments.push(Attachment {
                material: "resident-id".to_owned(),
                file: "身份证.png".to_owned(),
                media_type: "image/png".to_owned(),
                bytes: digest.bytes,
                sha256: digest.sha256_hex(),
                ..Attachment::default()
            });
            draft.blobs.push(format!("{id}/x"));
        }
        draft
    }

    fn made(drafts: &[Draft], files: &[&[u8]]) -> Vec<u8> {
        let digests: Vec<ContentDigest> = files.iter().map(|f| ContentDigest::of(f)).collect();
        let day = parse_iso("2026-11-24").unwrap();
        let whole = compose(drafts, &["{}".to_owned()], &digests, day).unwrap();
        let piece = |piece: &PackagePiece| match piece {
            PackagePiece::Bytes(bytes) => bytes.clone(),
            PackagePiece::Attachment(place) => files[*place].to_vec(),
        };
        whole.pieces.iter().flat_map(piece).collect()
    }

    #[test]
    fn a_backup_reads_as_it_was_made() {
        let files: [&[u8]; 3] = [b"one", b"two", b"one"];
        let drafts = [draft("a", &files[..2]), draft("b", &files[2..]), draft("c", &[])];
        let bytes = made(&drafts, &files);
        let restored = read(&mut bytes.as_slice(), &mut |_| {}).unwrap();
        let back: Vec<&Draft> = restored.drafts.iter().map(|(draft, _)| draft).collect();
        assert_eq!(back, drafts.iter().collect::<Vec<_>>());
        let contents: Vec<Vec<&[u8]>> = restored
            .drafts
            .iter()
            .map(|(_, entries)| {
                let at = |entry: &Entry| entry.stored_at().unwrap();
                let part = |entry| {
                    let range = at(entry);
                    &bytes[usize::try_from(range.start).unwrap()..usize::try_from(range.end).unwrap()]
                };
                entries.iter().map(part).collect()
            })
            .collect();
        assert_eq!(contents, [vec![&b"one"[..], b"two"], vec![b"one"], vec![]]);
        assert_eq!(restored.packs, ["{}"]);
        // What two drafts share is there once.
        let n_files = bytes.windows(9).filter(|w| w == b"contents/").count();
        assert_eq!(n_files, 2 * 2 + 2, "two files, each in header, directory and manifest");
    }

    #[test]
    fn what_changed_is_not_backed_up_and_not_restored() {
        let day = parse_iso("2026-11-24").unwrap();
        let error = compose(&[draft("a", &[b"one"])], &[], &[ContentDigest::of(b"two")], day).unwrap_err();
        assert!(error.to_string().contains("身份证.png"), "{error}");
        let bytes = made(&[draft("a", &[b"one"])], &[b"one"]);
        for at in (0..bytes.len()).step_by(37) {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(read(&mut changed.as_slice(), &mut |_| {}).is_err(), "byte {at}");
        }
        let not_ours =
            compose_bag("r", vec![("a.txt".to_owned(), Content::Bytes(vec![1]))], &[], &[]).unwrap();
        let piece = |piece: &PackagePiece| match piece {
            PackagePiece::Bytes(bytes) => bytes.clone(),
            PackagePiece::Attachment(_) => Vec::new(),
        };
        let bytes: Vec<u8> = not_ours.pieces.iter().flat_map(piece).collect();
        assert_eq!(
            read(&mut bytes.as_slice(), &mut |_| {}).unwrap_err(),
            ["不是本程序的备份；提交包到“核验提交包”里打开"]
        );
    }
}
