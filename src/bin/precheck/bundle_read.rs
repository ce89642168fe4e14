//! `precheck bundle verify` and `precheck bundle extract`.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use precheck::domain::base::digest::Digester;
use precheck::domain::base::zip::{Archive, Entry, Limits, ReaderAt};
use precheck::domain::bundle::seal::{self, OpenKey};
use precheck::domain::bundle::verify::{PackageVerification, verify_reader};
use precheck::domain::pack::Pack;
use serde_json::json;

use crate::bundle::progress;
use crate::cli::{End, Failure, Format};
use crate::input;

/// How much of a file's beginning tells whether it is encrypted, in bytes.
const HEAD: u64 = 64;
/// The longest key file that is read, in bytes.
const MAX_KEY_FILE: usize = 64 * 1024;

/// A bundle and what it is verified with.
pub(crate) struct Order<'a> {
    pub(crate) file: &'a Path,
    pub(crate) pack: Option<&'a Path>,
    pub(crate) overlays: &'a [PathBuf],
    pub(crate) identity: Option<&'a Path>,
    pub(crate) passphrase_file: Option<&'a Path>,
    pub(crate) format: Format,
}

pub(crate) fn verify(order: &Order<'_>) -> Result<End, Failure> {
    let (found, _) = open(order)?;
    match order.format {
        Format::Json => input::say(&serde_json::to_string_pretty(&found.to_value())?)?,
        Format::Text => say_found(&found)?,
    }
    refuse_what_is_no_archive(order, &found)?;
    Ok(if found.is_sound { End::Clean } else { End::Blocked })
}

fn say_found(found: &PackageVerification) -> Result<(), Failure> {
    for problem in &found.problems {
        input::say(problem)?;
    }
    if found.is_sound {
        let hash = found.root_hash.as_deref().unwrap_or_default();
        input::say(&format!("完整，没有被改动。校验值 {hash}"))?;
    }
    Ok(())
}

/// What cannot be opened as a ZIP at all is unreadable, not different.
fn refuse_what_is_no_archive(order: &Order<'_>, found: &PackageVerification) -> Result<(), Failure> {
    if found.is_archive {
        return Ok(());
    }
    Err(Failure(format!("{}：{}", order.file.display(), found.problems.join("；"))))
}

type Source = ReaderAt<BufReader<File>>;

/// Verifies the bundle, decrypted where it has to be.
fn open(order: &Order<'_>) -> Result<(PackageVerification, Source), Failure> {
    let given = input::pack(order.pack, order.overlays)?;
    let built_in = input::pack(None, &[])?;
    let mut file = File::open(order.file).map_err(|e| failed(order.file, &e))?;
    if file.metadata().map_err(|e| failed(order.file, &e))?.is_dir() {
        return Err(Failure(format!("{}：是文件夹，不是文件", order.file.display())));
    }
    let mut head = Vec::new();
    Read::by_ref(&mut file).take(HEAD).read_to_end(&mut head).map_err(|e| failed(order.file, &e))?;
    file.seek(SeekFrom::Start(0)).map_err(|e| failed(order.file, &e))?;
    if seal::is_sealed(&head) {
        file = decrypted(order, file)?;
    }
    let mut source = ReaderAt::new(BufReader::new(file)).map_err(|e| failed(order.file, &e))?;
    let bar = progress(precheck::domain::base::zip::ReadAt::len(&source));
    let packs: Vec<&Pack> = vec![&given, &built_in];
    let found = verify_reader(&mut source, &packs, &mut |bytes| bar.inc(bytes));
    bar.finish_and_clear();
    Ok((found, source))
}

/// The plain content, in a file without a name that is gone when the program ends, however it ends.
fn decrypted(order: &Order<'_>, mut file: File) -> Result<File, Failure> {
    let key = open_key(order)?;
    let mut plain = tempfile::tempfile()?;
    let mut writer = BufWriter::new(&mut plain);
    let opened = seal::unseal(&key, &mut BufReader::new(&mut file), &mut writer);
    opened.map_err(|error| Failure(format!("{}：{error}", order.file.display())))?;
    drop(writer);
    plain.seek(SeekFrom::Start(0))?;
    Ok(plain)
}

fn open_key(order: &Order<'_>) -> Result<OpenKey, Failure> {
    if let Some(path) = order.passphrase_file {
        return Ok(OpenKey::Passphrase(input::first_line(path)?));
    }
    let Some(path) = order.identity else {
        let words = "已加密，用 --passphrase-file 给出口令文件，或用 --identity 给出私钥文件";
        return Err(Failure(format!("{}：{words}", order.file.display())));
    };
    let bytes = input::read(path, MAX_KEY_FILE)?;
    let text = String::from_utf8_lossy(&bytes);
    let key = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let key = key.ok_or_else(|| Failure(format!("{}：文件里没有私钥", path.display())))?;
    Ok(OpenKey::Identity(key.to_owned()))
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("{}：{}", path.display(), input::words(error)))
}

/// Takes a sound bundle apart into a folder that is new or empty.
pub(crate) fn extract(order: &Order<'_>, folder: &Path, original_names: bool) -> Result<End, Failure> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(Failure(format!("{}：文件夹不是空的，换一个新文件夹", folder.display())));
    }
    let (found, mut source) = open(order)?;
    refuse_what_is_no_archive(order, &found)?;
    let may_be_taken_apart = if original_names { found.opened.is_some() } else { found.is_sound };
    if !may_be_taken_apart {
        for problem in &found.problems {
            input::say(problem)?;
        }
        return Ok(End::Blocked);
    }
    let archive = Archive::open(&mut source, Limits::default())
        .map_err(|_| Failure(format!("{}：核验之后文件又变了", order.file.display())))?;
    let targets = targets(&found, &archive, original_names)?;
    fs::create_dir_all(folder).map_err(|e| failed(folder, &e))?;
    let bar = progress(targets.iter().map(|(entry, _)| entry.bytes).sum());
    for (entry, name) in &targets {
        let path = folder.join(name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(|e| failed(parent, &e))?;
        }
        write_entry(&archive, &mut source, entry, &path, &found)?;
        bar.inc(entry.bytes);
    }
    bar.finish_and_clear();
    match order.format {
        Format::Json => {
            let names: Vec<&str> = targets.iter().map(|(_, name)| name.as_str()).collect();
            let folder = folder.display().to_string();
            input::say(
                &json!({ "folder": folder, "form_code": found.form_code, "files": names }).to_string(),
            )?;
        }
        Format::Text => input::say(&format!("已解开 {} 个文件到 {}", targets.len(), folder.display()))?,
    }
    Ok(End::Clean)
}

/// Which entry goes where below the folder. Paths in a verified bundle are safe; original names are somebody's words.
fn targets(
    found: &PackageVerification,
    archive: &Archive,
    original_names: bool,
) -> Result<Vec<(Entry, String)>, Failure> {
    if !original_names {
        return Ok(archive.entries().iter().map(|entry| (entry.clone(), entry.path.clone())).collect());
    }
    let Some(opened) = &found.opened else { return Ok(Vec::new()) };
    let root = found.verification.root.as_deref().unwrap_or_default();
    let application = archive.entry(&format!("{root}/data/application.json")).cloned();
    let mut targets: Vec<(Entry, String)> =
        application.into_iter().map(|entry| (entry, "application.json".to_owned())).collect();
    for (file, entry) in opened.application.attachments.iter().zip(&opened.contents) {
        let name = &file.file;
        let is_plain = Path::new(name).file_name().is_some_and(|n| n == name.as_str())
            && !name.contains(['\\', '/', ':', '\0']);
        let folded = name.to_lowercase();
        if !is_plain || targets.iter().any(|(_, other)| other.to_lowercase() == folded) {
            let words = format!("附件原名“{name}”重复或不能作文件名，去掉 --original-names 再解开");
            return Err(Failure(words));
        }
        targets.push((entry.clone(), name.clone()));
    }
    Ok(targets)
}

/// Writes one file anew, and checks that it is what was verified.
fn write_entry(
    archive: &Archive,
    source: &mut Source,
    entry: &Entry,
    path: &Path,
    found: &PackageVerification,
) -> Result<(), Failure> {
    let file = File::options().write(true).create_new(true).open(path).map_err(|e| failed(path, &e))?;
    let mut writer = BufWriter::new(file);
    let mut digester = Digester::new();
    let mut written = Ok(());
    let read = archive.read(source, entry, &mut |piece| {
        digester.update(piece);
        if written.is_ok() {
            written = writer.write_all(piece);
        }
    });
    written.and_then(|()| writer.flush()).map_err(|e| failed(path, &e))?;
    read.map_err(|problem| Failure(problem.to_string()))?;
    let within = entry.path.split_once('/').map_or(entry.path.as_str(), |(_, rest)| rest);
    if found.verification.files.get(within) == Some(&digester.finish()) {
        return Ok(());
    }
    // Nothing that was not verified stays.
    let _ = fs::remove_file(path);
    Err(Failure(format!("{}：核验之后文件又变了，没有解开", path.display())))
}
