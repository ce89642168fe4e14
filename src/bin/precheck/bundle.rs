//! `precheck bundle build`.

use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal as _, Read, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use indicatif::{ProgressBar, ProgressStyle};
use precheck::domain::base::digest::{ContentDigest, Digester};
use precheck::domain::bundle::package::{self, Package, PackageError, PackagePiece, Status};
use precheck::domain::bundle::seal::{self, SealError, SealKey};
use precheck::domain::case::{Application, MAX_APPLICATION_BYTES};
use precheck::domain::guide::assess;
use serde_json::json;

use crate::cli::{End, Failure, Format, Settings};
use crate::{check, input};

/// How much is copied at a time.
const CHUNK: usize = 128 * 1024;

/// What a bundle is made from and how.
pub(crate) struct Order<'a> {
    pub(crate) application: &'a Path,
    pub(crate) materials: &'a Path,
    pub(crate) output: &'a Path,
    pub(crate) is_draft: bool,
    pub(crate) recipient: Option<String>,
    pub(crate) passphrase_file: Option<&'a Path>,
    pub(crate) settings: &'a Settings,
    pub(crate) format: Format,
}

pub(crate) fn build(order: &Order<'_>) -> Result<End, Failure> {
    let Order { application, output, settings, .. } = *order;
    // A key that was typed wrongly is named before anything is read.
    let key = seal_key(order)?;
    let pack = settings.read_pack()?;
    let name = application.display().to_string();
    let application = check::read(&input::read(application, MAX_APPLICATION_BYTES)?, &pack)
        .map_err(|reason| Failure(format!("{name}：{reason}")))?;
    let paths = material_paths(&application, order.materials)?;
    let bar = progress(2 * application.attachments.iter().map(|a| a.bytes).sum::<u64>());
    let digests = paths.iter().map(|path| digest(path, &bar)).collect::<Result<Vec<_>, _>>()?;
    let assessment = assess(&pack, &application, settings.today());
    let status = if order.is_draft { Status::Draft } else { Status::Final };
    let package = match package::assemble(&pack, &application, &assessment, &digests, status) {
        Ok(package) => package,
        Err(blocked @ PackageError::Blocked { .. }) => {
            eprintln!("precheck: {blocked}（--draft 导出标明的草稿包）");
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
    let (form_code, root_hash) = (package.form_code.clone(), package.root_hash.clone());
    write_whole(Pieces::new(package, &paths, &digests, &bar), key.as_ref(), output)?;
    bar.finish_and_clear();
    let bytes = fs::metadata(output).map_err(|e| failed(output, &e))?.len();
    match order.format {
        Format::Json => input::say(
            &json!({
                "file": output.display().to_string(),
                "form_code": form_code,
                "root_hash": root_hash,
                "status": status.as_str(),
                "sealed": key.is_some(),
                "bytes": bytes,
            })
            .to_string(),
        )?,
        Format::Text => input::say(&format!("填报码 {form_code}\n校验值 {root_hash}"))?,
    }
    Ok(End::Clean)
}

fn failed(path: &Path, error: &io::Error) -> Failure {
    Failure(format!("{}：{}", path.display(), input::words(error)))
}

/// What the bundle is encrypted with.
fn seal_key(order: &Order<'_>) -> Result<Option<SealKey>, Failure> {
    if let Some(key) = &order.recipient {
        seal::check_recipient(key)?;
        return Ok(Some(SealKey::Recipient(key.clone())));
    }
    let Some(path) = order.passphrase_file else { return Ok(None) };
    let words = input::first_line(path)?;
    if words.is_empty() {
        return Err(Failure(format!("{}：{}", path.display(), SealError::NoPassphrase)));
    }
    // Not a result but a measure: how fast this machine is.
    #[allow(clippy::disallowed_methods)]
    let begun = Instant::now();
    let work = seal::work_factor(&|| begun.elapsed().as_secs_f64())?;
    Ok(Some(SealKey::Passphrase { words, work }))
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
pub(crate) fn progress(bytes: u64) -> ProgressBar {
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
    let file = File::open(path).map_err(|e| failed(path, &e))?;
    copy(&mut bar.wrap_read(file), &mut io::sink()).map_err(|e| failed(path, &e))
}

/// Copies and tells what was copied.
pub(crate) fn copy(from: &mut impl Read, to: &mut impl Write) -> io::Result<ContentDigest> {
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

/// Writes beside the target and renames, so that a broken run leaves no half bundle under the name.
fn write_whole(mut pieces: Pieces<'_>, key: Option<&SealKey>, output: &Path) -> Result<(), Failure> {
    let mut part = output.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write_part(&mut pieces, key, &part)
        .and_then(|()| fs::rename(&part, output).map_err(|e| failed(output, &e)));
    written.map_err(|failure| {
        // The part is of no use; where it cannot be removed either, the message below names the folder.
        let _ = fs::remove_file(&part);
        pieces.failure.take().unwrap_or(failure)
    })
}

fn write_part(pieces: &mut Pieces<'_>, key: Option<&SealKey>, part: &Path) -> Result<(), Failure> {
    let mut writer = BufWriter::with_capacity(CHUNK, File::create(part).map_err(|e| failed(part, &e))?);
    match key {
        Some(key) => {
            seal::seal(key, pieces, &mut writer)?;
        }
        None => {
            io::copy(&mut io::BufReader::with_capacity(CHUNK, pieces), &mut writer)
                .map_err(|e| failed(part, &e))?;
        }
    }
    let file = writer.into_inner().map_err(|e| failed(part, e.error()))?;
    file.sync_all().map_err(|e| failed(part, &e))
}

/// A bundle's bytes from beginning to end; an attachment that is not what it was when it was digested ends them.
struct Pieces<'a> {
    rest: std::vec::IntoIter<PackagePiece>,
    paths: &'a [PathBuf],
    digests: &'a [ContentDigest],
    bar: &'a ProgressBar,
    at: At,
    failure: Option<Failure>,
}

enum At {
    Between,
    Bytes(io::Cursor<Vec<u8>>),
    File(usize, File, Box<Digester>),
}

impl<'a> Pieces<'a> {
    fn new(
        package: Package,
        paths: &'a [PathBuf],
        digests: &'a [ContentDigest],
        bar: &'a ProgressBar,
    ) -> Self {
        Self { rest: package.pieces.into_iter(), paths, digests, bar, at: At::Between, failure: None }
    }

    /// Notes why reading ended, in words; the error itself only ends it.
    fn fail(&mut self, failure: Failure) -> io::Error {
        self.failure = Some(failure);
        io::Error::other("ended")
    }

    fn begin(&mut self, piece: PackagePiece) -> io::Result<At> {
        match piece {
            PackagePiece::Bytes(bytes) => Ok(At::Bytes(io::Cursor::new(bytes))),
            PackagePiece::Attachment(place) => {
                let path = self.paths.get(place).ok_or(io::ErrorKind::NotFound)?;
                let file = File::open(path).map_err(|e| self.fail(failed(path, &e)))?;
                Ok(At::File(place, file, Box::default()))
            }
        }
    }
}

impl Read for Pieces<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        if buf.is_empty() {
            return Ok(0);
        }
        loop {
            match &mut self.at {
                At::Between => {}
                At::Bytes(bytes) => {
                    let n = bytes.read(buf)?;
                    if n > 0 {
                        return Ok(n);
                    }
                }
                At::File(place, file, digester) => {
                    let place = *place;
                    let read = file.read(buf);
                    if let Ok(n @ 1..) = read {
                        digester.update(buf.get(..n).unwrap_or_default());
                        self.bar.inc(n as u64);
                        return Ok(n);
                    }
                    let found = std::mem::take(digester).finish();
                    let path = self.paths.get(place).cloned().unwrap_or_default();
                    if let Err(error) = read {
                        return Err(self.fail(failed(&path, &error)));
                    }
                    if self.digests.get(place) != Some(&found) {
                        let words = format!("{}：制作期间附件被改动，重新制作", path.display());
                        return Err(self.fail(Failure(words)));
                    }
                }
            }
            match self.rest.next() {
                Some(piece) => self.at = self.begin(piece)?,
                None => return Ok(0),
            }
        }
    }
}
