//! `precheck bundle`.

use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use precheck::domain::base::digest::{ContentDigest, Digester};
use precheck::domain::base::zip::ReaderAt;
use precheck::domain::bundle::package::{self, Package, PackageError, PackagePiece, Status};
use precheck::domain::bundle::verify;
use precheck::domain::case::{Application, MAX_APPLICATION_BYTES};
use precheck::domain::guide::assess;
use serde_json::json;

use crate::cli::{End, Failure, Format, Settings};
use crate::{check, input};

/// How much is copied at a time.
const CHUNK: usize = 128 * 1024;

pub(crate) fn build(
    application: &Path,
    materials: &Path,
    output: &Path,
    settings: &Settings,
    format: Format,
) -> Result<End, Failure> {
    let pack = settings.read_pack()?;
    let name = application.display().to_string();
    let application = check::read(&input::read(application, MAX_APPLICATION_BYTES)?, &pack)
        .map_err(|reason| Failure(format!("{name}：{reason}")))?;
    let paths = material_paths(&application, materials)?;
    let bar = progress(application.attachments.iter().map(|a| a.bytes).sum());
    let digests = paths.iter().map(|path| digest(path, &bar)).collect::<Result<Vec<_>, _>>()?;
    let assessment = assess(&pack, &application, settings.today());
    let package = match package::assemble(&pack, &application, &assessment, &digests, Status::Final) {
        Ok(package) => package,
        Err(blocked @ PackageError::Blocked { .. }) => {
            eprintln!("precheck: {blocked}");
            for d in assessment.blockers() {
                eprintln!("  {} {}", d.code, d.message);
            }
            for rule in assessment.blocking_rules().filter_map(|f| pack.rule(&f.rule)) {
                eprintln!("  {} {}", rule.id, rule.title);
            }
            return Ok(End::Blocked);
        }
        Err(error) => return Err(Failure(error.to_string())),
    };
    write_whole(&package, &paths, &digests, output)?;
    bar.finish_and_clear();
    match format {
        Format::Json => input::say(
            &json!({
                "file": output.display().to_string(),
                "form_code": package.form_code,
                "root_hash": package.root_hash,
                "bytes": package.bytes,
            })
            .to_string(),
        )?,
        Format::Text => {
            input::say(&format!("填报码 {}\n校验值 {}", package.form_code, package.root_hash))?;
        }
    }
    Ok(End::Clean)
}

/// Where each attachment lies. Names come from the application: only plain ones are followed.
fn material_paths(application: &Application, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    application
        .attachments
        .iter()
        .map(|file| {
            let is_plain = Path::new(&file.file).file_name().is_some_and(|n| n == file.file.as_str());
            if is_plain {
                Ok(folder.join(&file.file))
            } else {
                Err(Failure(format!("附件名“{}”不是单纯的文件名", file.file)))
            }
        })
        .collect()
}

/// A bar on a terminal; nothing elsewhere.
fn progress(bytes: u64) -> ProgressBar {
    if !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(bytes);
    if let Ok(style) = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar
}

fn digest(path: &Path, bar: &ProgressBar) -> Result<ContentDigest, Failure> {
    let failed = |e: io::Error| Failure(format!("{}：{}", path.display(), input::words(&e)));
    let mut file = File::open(path).map_err(failed)?;
    copy(&mut bar.wrap_read(&mut file), &mut io::sink()).map_err(failed)
}

/// Writes beside the target and renames, so that a broken run leaves no half bundle under the name.
fn write_whole(
    package: &Package,
    paths: &[PathBuf],
    digests: &[ContentDigest],
    output: &Path,
) -> Result<(), Failure> {
    let mut part = output.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write_pieces(package, paths, digests, &part).and_then(|()| fs::rename(&part, output));
    written.map_err(|e| {
        // The part is of no use; where it cannot be removed either, the message below names the folder.
        let _ = fs::remove_file(&part);
        Failure(format!("{}：{}", output.display(), input::words(&e)))
    })
}

fn write_pieces(
    package: &Package,
    paths: &[PathBuf],
    digests: &[ContentDigest],
    part: &Path,
) -> io::Result<()> {
    let mut writer = BufWriter::new(File::create(part)?);
    for piece in &package.pieces {
        match piece {
            PackagePiece::Bytes(bytes) => writer.write_all(bytes)?,
            PackagePiece::Attachment(idx) => {
                let path = paths.get(*idx).ok_or(io::ErrorKind::NotFound)?;
                let copied = copy(&mut File::open(path)?, &mut writer)?;
                if digests.get(*idx) != Some(&copied) {
                    return Err(io::Error::other(format!("制作期间附件被改动：{}", path.display())));
                }
            }
        }
    }
    writer.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
}

/// Copies and tells what was copied.
fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<ContentDigest> {
    let mut digester = Digester::new();
    let mut buffer = vec![0; CHUNK];
    loop {
        let n = from.read(&mut buffer)?;
        if n == 0 {
            return Ok(digester.finish());
        }
        let chunk = buffer.get(..n).unwrap_or_default();
        digester.update(chunk);
        to.write_all(chunk)?;
    }
}

pub(crate) fn verify(
    file: &Path,
    pack: Option<&Path>,
    overlays: &[PathBuf],
    format: Format,
) -> Result<End, Failure> {
    let pack = input::pack(pack, overlays)?;
    let failed = |e: io::Error| Failure(format!("{}：{}", file.display(), input::words(&e)));
    let opened = File::open(file).map_err(failed)?;
    if opened.metadata().map_err(failed)?.is_dir() {
        return Err(Failure(format!("{}：是文件夹，不是文件", file.display())));
    }
    let mut source = ReaderAt::new(BufReader::new(opened)).map_err(failed)?;
    let found = verify::verify_reader(&mut source, &[&pack], &mut |_| {});
    match format {
        Format::Json => input::say(&serde_json::to_string_pretty(&found.to_value())?)?,
        Format::Text => {
            for problem in &found.problems {
                input::say(problem)?;
            }
            if found.is_sound {
                input::say(&format!(
                    "完整，没有被改动。校验值 {}",
                    found.root_hash.clone().unwrap_or_default()
                ))?;
            }
        }
    }
    // What cannot be opened as a ZIP at all is unreadable, not different.
    if !found.is_archive {
        return Err(Failure(format!("{}：{}", file.display(), found.problems.join("；"))));
    }
    Ok(if found.is_sound { End::Clean } else { End::Blocked })
}
