//! BagIt 1.0 (RFC 8493): the tag files of a bag, and verifying one.

use std::collections::{BTreeMap, BTreeSet};

use super::digest::{ContentDigest, Digester, hex};
use super::zip::{Archive, Entry, Form, Limits, ReadAt, ZipProblem};

/// The declaration that makes a folder a bag.
const BAGIT_TXT: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The most problems that are listed: a directory of thousands of bad names needs no more.
pub const MAX_PROBLEMS: usize = 1_000;

/// The longest tag file that is read, in bytes.
const MAX_TAG_FILE: u64 = 4 << 20;

/// A file of the payload: its path below `data/`, and its digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PayloadFile {
    /// Path below `data/`.
    pub path: String,
    /// Digest of its content.
    pub digest: ContentDigest,
}

/// The tag files of a bag, each with its name, in the order in which they stand in the archive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TagFiles {
    /// Names and contents.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// SHA-256 of `tagmanifest-sha256.txt`: what a receipt shows.
    pub root_hash: String,
}

/// Makes the tag files for a payload, which is listed by path whatever its order.
#[must_use]
pub fn tag_files(payload: &[PayloadFile], info: &[(&str, String)]) -> TagFiles {
    let mut lines: Vec<(String, String)> =
        payload.iter().map(|f| (format!("data/{}", f.path), f.digest.sha256_hex())).collect();
    lines.sort();
    let manifest: String = lines.iter().map(|(path, sum)| format!("{sum}  {}\n", encode(path))).collect();
    let n_bytes: u64 = payload.iter().map(|f| f.digest.bytes).sum();
    let mut bag_info: String =
        info.iter().map(|(key, value)| format!("{key}: {}\n", one_line(value))).collect();
    bag_info.push_str(&format!("Payload-Oxum: {n_bytes}.{}\n", payload.len()));
    let mut files = vec![
        ("bag-info.txt", bag_info.into_bytes()),
        ("bagit.txt", BAGIT_TXT.as_bytes().to_vec()),
        ("manifest-sha256.txt", manifest.into_bytes()),
    ];
    let tag_manifest: String = files
        .iter()
        .map(|(name, bytes)| format!("{}  {name}\n", ContentDigest::of(bytes).sha256_hex()))
        .collect();
    let root_hash = ContentDigest::of(tag_manifest.as_bytes()).sha256_hex();
    files.push(("tagmanifest-sha256.txt", tag_manifest.into_bytes()));
    TagFiles { files, root_hash }
}

/// Line ends and per cent signs in paths, as RFC 8493 §2.1.3 wants them.
fn encode(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn decode(path: &str) -> String {
    path.replace("%0A", "\n")
        .replace("%0a", "\n")
        .replace("%0D", "\r")
        .replace("%0d", "\r")
        .replace("%25", "%")
}

fn one_line(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// What is wrong with a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BagProblem {
    /// Stable code.
    pub code: &'static str,
    /// The file that it is about; empty for the whole.
    pub file: String,
    /// What is wrong.
    pub message: String,
}

impl BagProblem {
    /// It in one line: code, file, what is wrong.
    #[must_use]
    pub fn line(&self) -> String {
        let file = if self.file.is_empty() { String::new() } else { format!("“{}”：", self.file) };
        format!("{} {file}{}", self.code, self.message)
    }
}

/// The codes of [`BagProblem`], with their names and grounds.
pub const CODES: &[(&str, &str, &str)] = &[
    ("B101", "not-a-sound-zip", "APPNOTE 6.3.10；本程序的读取上限"),
    ("B102", "not-one-top-folder", "RFC 8493 §2"),
    ("B103", "bag-declaration-missing-or-other", "RFC 8493 §2.1.1"),
    ("B104", "manifest-missing", "RFC 8493 §2.1.3"),
    ("B105", "manifest-line-unreadable", "RFC 8493 §2.1.3"),
    ("B106", "listed-file-missing", "RFC 8493 §3"),
    ("B107", "file-not-listed", "RFC 8493 §3"),
    ("B108", "checksum-differs", "RFC 8493 §3"),
    ("B109", "payload-oxum-differs", "RFC 8493 §2.2.2"),
    ("B110", "fetch-file-present", "RFC 8493 §2.2.3；提交包须自带全部内容"),
    ("B111", "content-unreadable", "APPNOTE 6.3.10"),
    ("B112", "name-cannot-stand", "APPNOTE 6.3.10 §4.4.17；提交包只用 ASCII 相对路径"),
    ("B113", "twin-names", "RFC 8493 §6.1.3"),
    ("B114", "not-a-plain-file", "RFC 8493 §6.1.1"),
    ("B115", "entry-contradicts-the-archive", "APPNOTE 6.3.10"),
    ("B116", "headers-altered", "APPNOTE 6.3.10"),
    ("B201", "package-file-missing-or-unreadable", "提交包格式"),
    ("B202", "report-differs-when-repeated", "提交包格式"),
    ("B203", "attachment-differs-from-application", "提交包格式"),
    ("B204", "folder-name-differs-from-application", "提交包格式"),
    ("B205", "rule-pack-is-another", "提交包格式"),
    ("B206", "draft-mark-contradicts-report", "提交包格式"),
];

/// What verifying found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Verification {
    /// The bag's folder.
    pub root: Option<String>,
    /// SHA-256 of `tagmanifest-sha256.txt`.
    pub root_hash: Option<String>,
    /// Every file below the folder with its digest, as far as it could be read.
    pub files: BTreeMap<String, ContentDigest>,
    /// Files whose content cannot be read.
    pub broken: BTreeSet<String>,
    /// Whether another program packed the contents anew; they may be sound all the same.
    pub is_repacked: bool,
    /// What `bag-info.txt` says, label by label; the last line of a label counts.
    pub info: BTreeMap<String, String>,
    /// Everything that is wrong, at most [`MAX_PROBLEMS`].
    pub problems: Vec<BagProblem>,
}

impl Verification {
    pub(super) fn say(&mut self, code: &'static str, file: &str, message: impl Into<String>) {
        if self.problems.len() < MAX_PROBLEMS {
            self.problems.push(BagProblem { code, file: file.to_owned(), message: message.into() });
        }
    }
}

impl Verification {
    /// Names a problem of a file, unless its content cannot be read, which was named.
    pub(super) fn say_unless_broken(&mut self, code: &'static str, file: &str, message: impl Into<String>) {
        if !self.broken.contains(file) {
            self.say(code, file, message);
        }
    }

    /// Whether something wrong with a file was named.
    pub(super) fn has_named(&self, file: &str) -> bool {
        self.problems.iter().any(|p| p.file == file)
    }

    /// Names a problem of a file of which nothing was named yet.
    pub(super) fn say_unless_named(&mut self, code: &'static str, file: &str, message: impl Into<String>) {
        if !self.has_named(file) {
            self.say(code, file, message);
        }
    }
}

/// Verifies a bag in a ZIP: whole, unchanged, nothing beside it. The archive is given back where it could be opened,
/// so that callers can read on; what could be read of one that is not sound is verified too. `progress` is told how
/// many bytes were read.
#[must_use]
pub fn verify(source: &mut dyn ReadAt, progress: &mut dyn FnMut(u64)) -> (Verification, Option<Archive>) {
    let mut found = Verification::default();
    let (archive, problems) = Archive::inspect(source, Limits::default());
    for problem in &problems {
        found.say(code_of(problem), problem.path(), words_of(problem));
    }
    let Some(archive) = archive else { return (found, None) };
    if problems.is_empty() {
        match archive.form(source) {
            Form::Composed => {}
            Form::Altered => found.say("B116", "", "ZIP 的文件头被改动过，与导出时不同"),
            Form::Repacked => found.is_repacked = true,
        }
    }
    let Some(root) = top_folder(&archive) else {
        found.say("B102", "", "ZIP 内应恰好有一个文件夹，所有文件都在其中");
        return (found, Some(archive));
    };
    let prefix = format!("{root}/");
    let mut tags: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for entry in archive.entries() {
        let path = entry.path.strip_prefix(&prefix).unwrap_or(&entry.path).to_owned();
        match digest(source, &archive, entry, is_tag_file(&path), progress) {
            Ok((digest, content)) => {
                found.files.insert(path.clone(), digest);
                if let Some(content) = content {
                    tags.insert(path, content);
                }
            }
            Err(problem) => {
                found.say("B111", &path, words_of(&problem));
                found.broken.insert(path);
            }
        }
    }
    found.root = Some(root);
    check_declaration(&mut found, &tags);
    check_manifests(&mut found, &tags);
    found.info = info_of(&tags);
    check_oxum(&mut found);
    if found.files.contains_key("fetch.txt") {
        found.say("B110", "fetch.txt", "提交包不得引用包外的文件");
    }
    found.root_hash = found.files.get("tagmanifest-sha256.txt").map(|d| hex(&d.sha256));
    (found, Some(archive))
}

fn code_of(problem: &ZipProblem) -> &'static str {
    match problem {
        ZipProblem::NotAZip | ZipProblem::Broken { .. } | ZipProblem::TooLarge { .. } => "B101",
        ZipProblem::Content { .. } | ZipProblem::Method { .. } => "B111",
        ZipProblem::Name { .. } => "B112",
        ZipProblem::Twin { .. } => "B113",
        ZipProblem::NotAFile { .. } => "B114",
        ZipProblem::HeadersDiffer { .. } | ZipProblem::Overlap { .. } => "B115",
    }
}

/// What is wrong, without the name, which stands beside it.
fn words_of(problem: &ZipProblem) -> String {
    let words = problem.to_string();
    let rest = words.strip_prefix(&format!("“{}”", problem.path()));
    rest.map(|rest| rest.trim_start_matches('的').to_owned()).unwrap_or(words)
}

fn is_tag_file(path: &str) -> bool {
    !path.contains('/') && path.ends_with(".txt")
}

fn top_folder(archive: &Archive) -> Option<String> {
    let mut roots = archive.entries().iter().map(|e| e.path.split_once('/').map(|(root, _)| root));
    let first = roots.next()??;
    roots.all(|root| root == Some(first)).then(|| first.to_owned())
}

/// Reads an entry; keeps its content where `keep` is set and it is not too long.
fn digest(
    source: &mut dyn ReadAt,
    archive: &Archive,
    entry: &Entry,
    keep: bool,
    progress: &mut dyn FnMut(u64),
) -> Result<(ContentDigest, Option<Vec<u8>>), ZipProblem> {
    let keep = keep && entry.bytes <= MAX_TAG_FILE;
    let mut digester = Digester::new();
    let mut content = Vec::new();
    archive.read(source, entry, &mut |piece| {
        digester.update(piece);
        progress(piece.len() as u64);
        if keep {
            content.extend_from_slice(piece);
        }
    })?;
    Ok((digester.finish(), keep.then_some(content)))
}

fn check_declaration(found: &mut Verification, tags: &BTreeMap<String, Vec<u8>>) {
    let text = tags.get("bagit.txt").and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    let is_bag = matches!(
        lines.as_slice(),
        ["BagIt-Version: 1.0" | "BagIt-Version: 0.97", "Tag-File-Character-Encoding: UTF-8"]
    );
    if !is_bag {
        found.say("B103", "bagit.txt", "不是 BagIt 1.0 提交包，或声明缺失");
    }
}

fn check_manifests(found: &mut Verification, tags: &BTreeMap<String, Vec<u8>>) {
    fn is_payload(path: &str) -> bool {
        path.starts_with("data/")
    }
    // The tag manifest lists every tag file but itself.
    fn is_tag(path: &str) -> bool {
        !is_payload(path) && !path.starts_with("tagmanifest-")
    }
    let cases = [("manifest-sha256.txt", is_payload as fn(&str) -> bool), ("tagmanifest-sha256.txt", is_tag)];
    for (name, concerns) in cases {
        let Some(text) = tags.get(name).and_then(|b| std::str::from_utf8(b).ok()) else {
            if found.broken.contains(name) {
                continue;
            }
            found.say("B104", name, "校验清单缺失或不是 UTF-8 文本");
            continue;
        };
        let mut listed: BTreeMap<String, String> = BTreeMap::new();
        for (idx, line) in text.lines().enumerate() {
            match line.split_once(char::is_whitespace) {
                Some((sum, path)) if sum.len() == 64 => {
                    let path = decode(path.trim_start().trim_start_matches("./"));
                    if listed.insert(path.clone(), sum.to_ascii_lowercase()).is_some() {
                        found.say("B105", name, format!("校验清单重复列出“{path}”"));
                    }
                }
                _ => found.say("B105", name, format!("校验清单第 {} 行读不懂", idx + 1)),
            }
        }
        let unlisted: Vec<String> =
            found.files.keys().filter(|p| concerns(p) && !listed.contains_key(*p)).cloned().collect();
        for path in unlisted {
            found.say("B107", &path, "不在校验清单里，是后来放进去的");
        }
        for (path, sum) in listed {
            match found.files.get(&path).map(ContentDigest::sha256_hex) {
                // Named already.
                None if found.broken.contains(&path) => {}
                None => found.say("B106", &path, "清单里有，包里没有"),
                Some(actual) if actual != sum => found.say("B108", &path, "内容与校验值不符，被改动过"),
                Some(_) => {}
            }
        }
    }
}

/// RFC 8493 §2.2.2: label, colon, value; a line that begins with white space goes on with the one before.
fn info_of(tags: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, String> {
    let text = tags.get("bag-info.txt").and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default();
    let mut info: BTreeMap<String, String> = BTreeMap::new();
    let mut last = String::new();
    for line in text.lines() {
        if line.starts_with(char::is_whitespace) {
            if let Some(value) = info.get_mut(&last) {
                value.push(' ');
                value.push_str(line.trim());
            }
        } else if let Some((label, value)) = line.split_once(':') {
            last = label.trim().to_owned();
            info.insert(last.clone(), value.trim().to_owned());
        }
    }
    info
}

fn check_oxum(found: &mut Verification) {
    let Some(oxum) = found.info.get("Payload-Oxum").filter(|_| found.broken.is_empty()) else { return };
    let payload = || found.files.iter().filter(|(path, _)| path.starts_with("data/"));
    let actual = format!("{}.{}", payload().map(|(_, d)| d.bytes).sum::<u64>(), payload().count());
    if *oxum != actual {
        found.say("B109", "bag-info.txt", "总长度或文件个数与记载不符");
    }
}
