//! `precheck declaration`: fill the declaration, read one, compare one with the entries.

use std::path::Path;

use precheck::domain::case::{self, Application, MAX_APPLICATION_BYTES};
use precheck::domain::declaration::{self, FieldComparison, Reading, docx, portal};
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
    let Some(template) = blank.template else {
        let form = declaration::fill(&pack, &application, settings.today());
        write(output, &docx::write(&form)?)?;
        return say_filled(&application, &[], &[], None, format);
    };
    let named = |reason: String| Failure(format!("{}：{reason}", template.display()));
    let bytes = input::read(template, MAX_DOCUMENT)?;
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
    let reading = reading(&pack, file)?;
    let fields = declaration::compare(&pack, &application, &reading);
    let code = reading.form_code.as_deref();
    let is_code_old = code.is_some_and(|code| code != application.fingerprint().form_code());
    match format {
        Format::Json => {
            let value = json!({
                "file": file.display().to_string(),
                "form_code": code,
                "form_code_matches": code.map(|_| !is_code_old),
                "fields": fields.iter().map(FieldComparison::to_value).collect::<Vec<_>>(),
                "differences": fields.iter().filter(|f| f.differs()).count(),
            });
            input::say(&serde_json::to_string_pretty(&value)?)?;
        }
        Format::Text => {
            for f in fields.iter().filter(|f| f.differs()) {
                input::say(&format!("{}：填报“{}”，申报表“{}”", f.label, f.entered_words, f.found_words))?;
            }
        }
    }
    Ok(if fields.iter().any(FieldComparison::differs) { End::Blocked } else { End::Clean })
}

fn reading(pack: &Pack, file: &Path) -> Result<Reading, Failure> {
    let named = |reason: String| Failure(format!("{}：{reason}", file.display()));
    let bytes = input::read(file, MAX_DOCUMENT)?;
    if bytes.len() > MAX_DOCUMENT {
        return Err(named("文件太大，不是申报表".to_owned()));
    }
    let is_office = bytes.starts_with(b"PK") || bytes.starts_with(&[0xd0, 0xcf, 0x11, 0xe0]);
    let paper = if is_office {
        docx::read(&bytes).map_err(|e| named(e.to_string()))?.paper
    } else {
        let text = portal::decode(&bytes).map_err(|e| named(e.to_string()))?;
        portal::paper(&text).map_err(|e| named(e.to_string()))?
    };
    Ok(declaration::recognise(pack, &paper))
}

fn read_application(path: &Path) -> Result<Application, Failure> {
    let bytes = input::read(path, MAX_APPLICATION_BYTES)?;
    case::read(&bytes).map_err(|e| Failure(format!("{}：{e}", path.display())))
}
