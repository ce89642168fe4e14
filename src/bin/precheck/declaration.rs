//! `precheck declaration`: fill the declaration, read one, compare one with the entries.

use std::path::Path;

use precheck::domain::case::paper_reading::FieldComparison;
use precheck::domain::case::{self, Application, MAX_APPLICATION_BYTES};
use precheck::domain::declaration::print::{self, Print, PrintVerdict};
use precheck::domain::declaration::{self, Reading, docx};
use precheck::domain::media::kind::{Kind, kind_of};
use precheck::domain::media::pdf;
use precheck::domain::media::picture::{self, Picture};
use precheck::domain::media::qr::{self, Why};
use precheck::domain::pack::Pack;
use serde_json::json;

use crate::cli::{End, Failure, Format, Settings};
use crate::input;

/// The longest document that is read, in bytes.
const MAX_DOCUMENT: usize = 64 << 20;

/// What a declaration is written on.
#[derive(Clone, Copy)]
pub(crate) struct Blank<'a> {
    /// An official blank; `None` for the built-in form.
    pub(crate) template: Option<&'a Path>,
    /// A photo for its cell.
    pub(crate) photo: Option<&'a Path>,
}

pub(crate) fn fill(
    application: &Path,
    blank: Blank<'_>,
    output: &Path,
    settings: &Settings,
    format: Format,
) -> Result<End, Failure> {
    let pack = settings.read_pack()?;
    let application = read_application(application)?;
    let named = |reason: String| match blank.template {
        Some(path) => Failure(format!("{}：{reason}", path.display())),
        None => Failure(reason),
    };
    let built_in = docx::write(&declaration::fill(&pack, &application, settings.today()))?;
    let bytes = match blank.template {
        Some(template) => input::read(template, MAX_DOCUMENT)?,
        None if blank.photo.is_none() => {
            write(output, &built_in)?;
            return say_filled(&application, &[], &[], None, format);
        }
        // The built-in form has a cell for the photo as others have.
        None => built_in,
    };
    if bytes.len() > MAX_DOCUMENT {
        return Err(named("文件太大，不是申报表".to_owned()));
    }
    let document = docx::read(&bytes).map_err(|e| named(e.to_string()))?;
    let reading = declaration::recognise(&pack, &document.paper);
    if !reading.is_form() {
        return Err(named("没有认出申报表的格子，确认这是申报表的空白表".to_owned()));
    }
    let photo_bytes = blank.photo.map(|path| input::read(path, MAX_DOCUMENT)).transpose()?;
    let photo = match &photo_bytes {
        Some(bytes) => Some(
            docx::Photo::of(bytes)
                .ok_or_else(|| Failure("照片不是 JPEG 或 PNG，另存为 JPEG 后再填".to_owned()))?,
        ),
        None => None,
    };
    let filled = docx::fill(&bytes, &document, &pack, &application, &reading, photo)
        .map_err(|e| named(e.to_string()))?;
    write(output, &filled.bytes)?;
    say_filled(&application, &filled.placed, &filled.unplaced, filled.photo, format)
}

fn write(output: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(output, bytes).map_err(|e| Failure(format!("{}：{}", output.display(), input::words(&e))))
}

fn say_filled(
    application: &Application,
    placed: &[String],
    unplaced: &[String],
    photo: Option<bool>,
    format: Format,
) -> Result<End, Failure> {
    let form_code = application.fingerprint().form_code();
    match format {
        Format::Json => {
            let value = json!({
                "form_code": form_code, "placed": placed, "unplaced": unplaced, "photo_placed": photo,
            });
            input::say(&serde_json::to_string_pretty(&value)?)?;
        }
        Format::Text => {
            input::say(&format!("填报码 {form_code}"))?;
            for key in unplaced {
                input::say(&format!("空白表上没有找到填“{key}”的地方"))?;
            }
        }
    }
    Ok(End::Clean)
}

pub(crate) fn read(file: &Path, settings: &Settings, format: Format) -> Result<End, Failure> {
    let pack = settings.read_pack()?;
    let reading = reading(&pack, file)?;
    match format {
        Format::Json => input::say(&serde_json::to_string_pretty(&reading.to_value())?)?,
        Format::Text => {
            for field in &reading.fields {
                let place = field.place.label();
                input::say(&format!(
                    "{}\t{}\t{}\t{place}",
                    field.key,
                    field.label,
                    field.words.replace('\n', " / ")
                ))?;
            }
        }
    }
    Ok(End::Clean)
}

pub(crate) fn compare(
    application: &Path,
    file: &Path,
    settings: &Settings,
    format: Format,
) -> Result<End, Failure> {
    let pack = settings.read_pack()?;
    let application = read_application(application)?;
    let bytes = input::read(file, MAX_DOCUMENT)?;
    let named = |reason: String| Failure(format!("{}：{reason}", file.display()));
    if bytes.len() > MAX_DOCUMENT {
        return Err(named("文件太大，不是申报表".to_owned()));
    }
    let (fields, code, verdict) = match kind_of(&bytes) {
        kind if kind.is_picture() || kind == Kind::Pdf => {
            let print = read_print(bytes, kind).map_err(named)?;
            let verdict = print.verdict(&pack, &application);
            (print.compare(&pack, &application), Some(print.fingerprint.form_code()), Some(verdict))
        }
        _ => {
            let reading = reading_of(&pack, &bytes).map_err(named)?;
            (declaration::compare(&pack, &application, &reading), reading.form_code, None)
        }
    };
    let is_code_same = code.as_ref().map(|code| *code == application.fingerprint().form_code());
    let is_other = matches!(
        verdict,
        Some(PrintVerdict::WrongForm | PrintVerdict::WrongPerson | PrintVerdict::ChangedElsewhere)
    );
    match format {
        Format::Json => {
            let value = json!({
                "file": file.display().to_string(),
                "form_code": code,
                "form_code_matches": is_code_same,
                "print": verdict.as_ref().map(PrintVerdict::as_str),
                "fields": fields.iter().map(FieldComparison::to_value).collect::<Vec<_>>(),
                "differences": fields.iter().filter(|f| f.differs()).count(),
            });
            input::say(&serde_json::to_string_pretty(&value)?)?;
        }
        Format::Text => {
            match verdict {
                Some(PrintVerdict::WrongForm) => input::say("打印的是另一种申报表")?,
                Some(PrintVerdict::WrongPerson) => input::say("打印的是另一个人的申报表")?,
                Some(PrintVerdict::ChangedElsewhere) => input::say("打印之后改过没有印在表上的内容")?,
                _ => {}
            }
            for f in fields.iter().filter(|f| f.differs()) {
                input::say(&format!("{}：填报“{}”，申报表“{}”", f.label, f.entered_words, f.found_words))?;
            }
        }
    }
    let differs = is_other || fields.iter().any(FieldComparison::differs);
    Ok(if differs { End::Blocked } else { End::Clean })
}

/// The print that a photo or a scan of the signed form shows.
fn read_print(bytes: Vec<u8>, kind: Kind) -> Result<Print, String> {
    let mut why = Why::NoCode;
    let mut problem = None;
    let mut look = |picture: &Picture| match qr::read(picture) {
        qr::Reading::Found(text) => match print::read(&text) {
            Ok(print) => Some(print),
            Err(found) => {
                problem = Some(found);
                None
            }
        },
        qr::Reading::NotFound(found) => {
            why = found;
            None
        }
    };
    let found = if kind == Kind::Pdf {
        let pdf = pdf::open(bytes, pdf::Limits::default()).map_err(|e| e.to_string())?;
        (0..pdf.pages().len()).find_map(|page| {
            let grey = pdf.picture(page, pdf::MAX_PIXELS).ok()?;
            look(&Picture::from_luma(grey.width, grey.height, grey.pixels)?)
        })
    } else {
        look(&picture::decode(&bytes).map_err(|e| e.to_string())?)
    };
    found.ok_or_else(|| problem.map_or_else(|| why.words().to_owned(), |p| p.to_string()))
}

fn reading(pack: &Pack, file: &Path) -> Result<Reading, Failure> {
    let named = |reason: String| Failure(format!("{}：{reason}", file.display()));
    let bytes = input::read(file, MAX_DOCUMENT)?;
    if bytes.len() > MAX_DOCUMENT {
        return Err(named("文件太大，不是申报表".to_owned()));
    }
    reading_of(pack, &bytes).map_err(named)
}

fn reading_of(pack: &Pack, bytes: &[u8]) -> Result<Reading, String> {
    let (paper, _) = declaration::open(bytes).map_err(|e| e.to_string())?;
    Ok(declaration::recognise(pack, &paper))
}

fn read_application(path: &Path) -> Result<Application, Failure> {
    let bytes = input::read(path, MAX_APPLICATION_BYTES)?;
    case::read(&bytes).map_err(|e| Failure(format!("{}：{e}", path.display())))
}
