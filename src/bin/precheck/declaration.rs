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
