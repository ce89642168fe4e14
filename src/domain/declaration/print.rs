//! What the printed form says of itself in its QR code (`PC1`): pack, track, fingerprint and every printed field, so that
//! a photo of the signed paper tells which entries were signed.
//!
//! The text is `PC1:` and base 45 (RFC 9285) of raw deflate (RFC 1951) of the body: all of it stands in the alphanumeric
//! mode of QR codes, which every decoder gives back as it was. The body is, in this order, 32 bytes fingerprint, 4 bytes
//! of the digest of the field list, 4 bytes CRC-32 of what follows, then UTF-8: pack id, pack version, track, and the
//! fields in pack order, parted by U+001F. A field is empty, or its text, or begins with U+0002 (JSON), or with U+0004
//! (the first 8 bytes of the SHA-256 of its canonical JSON, for values that do not fit).

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use serde_json::{Value, json};

use crate::domain::base::digest::{ContentDigest, hex};
use crate::domain::base::json;
use crate::domain::case::compare::{Agreement, agreement_in};
use crate::domain::case::paper_reading::FieldComparison;
use crate::domain::case::{Answer, Application, Fingerprint, display};
use crate::domain::pack::{Field, FieldKind, Pack};

/// How every text of ours begins, with its version.
pub const TAG: &str = "PC1:";

/// The most characters: what a code of version 25 with error correction M holds, 44 mm wide with modules of 0.38 mm.
pub const MAX_TEXT: usize = 1_400;

/// The most bytes that a text may unpack to.
const MAX_BODY: usize = 64 << 10;
/// Fingerprint, field list, CRC.
const HEAD: usize = 32 + 4 + 4;
/// Compression level of `miniz_oxide`: the smallest output.
const LEVEL: u8 = 10;
const SEPARATOR: char = '\u{1f}';
const AS_JSON: char = '\u{2}';
const AS_DIGEST: char = '\u{4}';

/// What was printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Print {
    /// Id of the pack that the form was printed by.
    pub pack: String,
    /// Its version.
    pub pack_version: String,
    /// The kind of application.
    pub track: String,
    /// The fingerprint of the application that was printed.
    pub fingerprint: Fingerprint,
    /// The first bytes of the digest of the field list.
    fields_digest: [u8; 4],
    /// The fields' texts as they stand in the code.
    fields: Vec<String>,
}

/// Why a text is no print of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PrintProblem {
    /// Some other code.
    #[error("这个二维码不是申报表上的，拍申报表右上角的那一个")]
    NotOurs,
    /// Made by a newer version of the program.
    #[error("申报表由更新的版本打印，先更新本程序")]
    Newer,
    /// Begins like one, but is not whole.
    #[error("二维码的内容不完整，重新拍照")]
    Broken,
}

/// What a print says about an application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PrintVerdict {
    /// The entries are those that were printed.
    Same,
    /// Another notice's form, or another kind of application.
    WrongForm,
    /// Another person's.
    WrongPerson,
    /// These printed fields were changed after printing, by key.
    Changed(Vec<String>),
    /// Something was changed after printing that does not stand on the print, or the print's field list is not known.
    ChangedElsewhere,
}

/// The text for the code of an application's form.
#[must_use]
pub fn text(pack: &Pack, application: &Application) -> String {
    let fields: Vec<&Field> = printed(pack, &application.track).collect();
    let mut values: Vec<String> = fields.iter().map(|field| field_text(application, field)).collect();
    loop {
        let text = compose(pack, application, &fields, &values);
        if text.len() <= MAX_TEXT {
            return text;
        }
        // The longest value that is not a digest yet is said by its digest.
        let longest = values
            .iter()
            .enumerate()
            .filter(|(_, value)| !value.starts_with(AS_DIGEST) && value.len() > 17)
            .max_by_key(|(_, value)| value.len())
            .map(|(place, _)| place);
        let Some((field, value)) =
            longest.and_then(|place| Some((fields.get(place)?, values.get_mut(place)?)))
        else {
            return text;
        };
        *value = digest_text(application, field);
    }
}

fn compose(pack: &Pack, application: &Application, fields: &[&Field], values: &[String]) -> String {
    let mut body =
        [pack.info.id.as_str(), &pack.info.version, &application.track].join(&SEPARATOR.to_string());
    for value in values {
        body.push(SEPARATOR);
        body.push_str(value);
    }
    let mut bytes = application.fingerprint().bytes().to_vec();
    bytes.extend(fields_digest(fields.iter().copied()));
    bytes.extend(ContentDigest::of(body.as_bytes()).crc32.to_be_bytes());
    bytes.extend(body.as_bytes());
    format!("{TAG}{}", base45::encode(compress_to_vec(&bytes, LEVEL)))
}

/// The fields that stand on the form of a track, in pack order.
fn printed<'a>(pack: &'a Pack, track: &'a str) -> impl Iterator<Item = &'a Field> + 'a {
    pack.fields_for(track).filter(|field| field.printed)
}

fn fields_digest<'a>(fields: impl Iterator<Item = &'a Field>) -> [u8; 4] {
    let list: Vec<&str> = fields.map(|f| f.id.as_str()).collect();
    let digest = ContentDigest::of(list.join("\n").as_bytes()).sha256;
    [digest[0], digest[1], digest[2], digest[3]]
}

/// A value without what only this device gives it: the ids of entries.
fn plain(application: &Application, field: &Field) -> Option<Value> {
    match application.answers.get(&field.id)? {
        Value::Array(list) if field.kind == FieldKind::Resume => {
            let entry = |entry: &Value| {
                let of = |key: &str| entry.get(key).cloned().unwrap_or(Value::Null);
                json!([of("from"), of("to"), of("unit"), of("position")])
            };
            Some(Value::Array(list.iter().map(entry).collect()))
        }
        value => Some(value.clone()),
    }
}

fn field_text(application: &Application, field: &Field) -> String {
    match plain(application, field) {
        None => String::new(),
        Some(Value::String(text)) if !text.is_empty() && !text.chars().any(|c| c < ' ') => text,
        Some(value) => format!("{AS_JSON}{value}"),
    }
}

fn digest_text(application: &Application, field: &Field) -> String {
    let value = plain(application, field).unwrap_or(Value::Null);
    let canonical = json::canonical(&value).unwrap_or_default();
    let digest = hex(&ContentDigest::of(&canonical).sha256);
    format!("{AS_DIGEST}{}", digest.get(..16).unwrap_or_default())
}

/// Reads the text of a code.
///
/// # Errors
/// [`PrintProblem`].
pub fn read(text: &str) -> Result<Print, PrintProblem> {
    let Some(rest) = text.strip_prefix(TAG) else {
        let is_newer = text.strip_prefix("PC").is_some_and(|rest| {
            rest.split_once(':').is_some_and(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
        });
        return Err(if is_newer { PrintProblem::Newer } else { PrintProblem::NotOurs });
    };
    let broken = PrintProblem::Broken;
    let packed = base45::decode(rest).map_err(|_| broken)?;
    let bytes = decompress_to_vec_with_limit(&packed, MAX_BODY).map_err(|_| broken)?;
    let (head, body) = bytes.split_at_checked(HEAD).ok_or(broken)?;
    let take = |at: usize, n: usize| head.get(at..at + n).ok_or(broken);
    let fingerprint: [u8; 32] = take(0, 32)?.try_into().map_err(|_| broken)?;
    let fields_digest: [u8; 4] = take(32, 4)?.try_into().map_err(|_| broken)?;
    let crc32: [u8; 4] = take(36, 4)?.try_into().map_err(|_| broken)?;
    if ContentDigest::of(body).crc32.to_be_bytes() != crc32 {
        return Err(broken);
    }
    let mut parts = std::str::from_utf8(body).map_err(|_| broken)?.split(SEPARATOR).map(str::to_owned);
    let mut next = || parts.next().ok_or(broken);
    let (pack, pack_version, track) = (next()?, next()?, next()?);
    let fingerprint = Fingerprint::from_bytes(fingerprint);
    Ok(Print { pack, pack_version, track, fingerprint, fields_digest, fields: parts.collect() })
}

impl PrintVerdict {
    /// The word in files.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::WrongForm => "wrong_form",
            Self::WrongPerson => "wrong_person",
            Self::Changed(_) => "changed",
            Self::ChangedElsewhere => "changed_elsewhere",
        }
    }
}

impl Print {
    /// The printed values by key; empty where the print's field list is not that of `pack`.
    fn values<'a>(&'a self, pack: &'a Pack) -> Vec<(&'a Field, &'a str)> {
        let is_known = fields_digest(printed(pack, &self.track)) == self.fields_digest;
        let fields = printed(pack, &self.track).filter(|_| is_known);
        fields.zip(self.fields.iter().map(String::as_str)).collect()
    }

    /// The values that the print says in full, by key, as an application holds them.
    #[must_use]
    pub fn facts(&self, pack: &Pack) -> Vec<(String, Value)> {
        self.values(pack)
            .into_iter()
            .filter_map(|(field, text)| Some((field.id.clone(), value_of(field, text)?)))
            .collect()
    }

    /// Compares every printed field with the entries.
    #[must_use]
    pub fn compare(&self, pack: &Pack, application: &Application) -> Vec<FieldComparison> {
        self.values(pack)
            .into_iter()
            .filter_map(|(field, text)| {
                let entered = match application.answer(&field.id) {
                    Answer::Given(value) => Some(value.clone()),
                    Answer::Unknown | Answer::Nothing => None,
                };
                let found = value_of(field, text).filter(|v| !v.is_null());
                let is_digest = text.starts_with(AS_DIGEST);
                if entered.is_none() && found.is_none() && !is_digest {
                    return None;
                }
                let agreement = if is_digest {
                    let is_same = digest_text(application, field) == text;
                    if is_same { Agreement::Same } else { Agreement::Different }
                } else {
                    agreement_in(field, entered.as_ref(), found.as_ref())
                };
                Some(FieldComparison {
                    key: field.id.clone(),
                    label: field.label.clone(),
                    entered_words: display::field_value(field, entered.as_ref()),
                    found_words: display::field_value(field, found.as_ref()),
                    place: Some("二维码".to_owned()),
                    entered,
                    found,
                    agreement,
                })
            })
            .collect()
    }

    /// What the print says about an application.
    #[must_use]
    pub fn verdict(&self, pack: &Pack, application: &Application) -> PrintVerdict {
        if self.fingerprint == application.fingerprint() {
            return PrintVerdict::Same;
        }
        if self.pack != pack.info.id || self.track != application.track {
            return PrintVerdict::WrongForm;
        }
        let fields = self.compare(pack, application);
        let differs = |key: &str| fields.iter().any(|f| f.key == key && f.differs());
        // One of the two may have been corrected; both are another person's.
        if differs("person.id_number") && differs("person.name") {
            return PrintVerdict::WrongPerson;
        }
        let changed: Vec<String> = fields.iter().filter(|f| f.differs()).map(|f| f.key.clone()).collect();
        if changed.is_empty() { PrintVerdict::ChangedElsewhere } else { PrintVerdict::Changed(changed) }
    }
}

fn value_of(field: &Field, text: &str) -> Option<Value> {
    if text.is_empty() || text.starts_with(AS_DIGEST) {
        return None;
    }
    let Some(json) = text.strip_prefix(AS_JSON) else { return Some(Value::String(text.to_owned())) };
    let value = json::parse(json.as_bytes(), MAX_BODY).ok()?;
    let entry = |entry: &Value| {
        let columns = ["from", "to", "unit", "position"].into_iter().zip(entry.as_array()?);
        Some(columns.filter(|(_, v)| !v.is_null()).map(|(k, v)| (k.to_owned(), v.clone())).collect())
    };
    match value {
        Value::Array(list) if field.kind == FieldKind::Resume => {
            Some(Value::Array(list.iter().filter_map(entry).map(Value::Object).collect()))
        }
        other => Some(other),
    }
}

#[cfg(test)]
#[cfg(not(target_arch = "wasm32"))]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::domain::case;

    fn examples() -> Vec<Application> {
        ["examiner", "senior_examiner", "special_examiner", "inspector"]
            .iter()
            .map(|track| {
                let path = format!("{}/examples/{track}.json", env!("CARGO_MANIFEST_DIR"));
                case::read(&std::fs::read(path).unwrap()).unwrap()
            })
            .collect()
    }

    fn set(application: &Application, key: &str, value: Value) -> Application {
        let mut changed = application.clone();
        changed.answers.insert(key.to_owned(), value);
        changed
    }

    #[test]
    fn a_print_says_what_was_printed() {
        let pack = Pack::built_in().unwrap();
        for application in examples() {
            let text = text(&pack, &application);
            assert!(text.len() < 900, "{}: {} characters", application.track, text.len());
            let print = read(&text).unwrap();
            assert_eq!(print.verdict(&pack, &application), PrintVerdict::Same);
            assert!(print.compare(&pack, &application).iter().all(|f| !f.differs()));
            assert!(print.compare(&pack, &application).len() > 10);
        }
    }

    #[test]
    fn a_change_after_printing_is_named() {
        let pack = Pack::built_in().unwrap();
        let printed = &examples()[0];
        let print = read(&text(&pack, printed)).unwrap();
        let moved = set(printed, "work.unit", json!("另一单位"));
        assert_eq!(print.verdict(&pack, &moved), PrintVerdict::Changed(vec!["work.unit".to_owned()]));
        let mail = set(printed, "person.email", json!("a@b.cn"));
        assert_eq!(print.verdict(&pack, &mail), PrintVerdict::ChangedElsewhere);
        assert_eq!(print.verdict(&pack, &examples()[3]), PrintVerdict::WrongForm);
        let other = set(
            &set(printed, "person.name", json!("示例乙")),
            "person.id_number",
            json!("51070319900101001X"),
        );
        assert_eq!(print.verdict(&pack, &other), PrintVerdict::WrongPerson);
    }

    #[test]
    fn what_does_not_fit_is_said_by_its_digest() {
        let pack = Pack::built_in().unwrap();
        let entries: Vec<Value> = (0..60)
            .map(|i| json!({ "id": format!("r{i}"), "from": format!("19{:02}-0{}", 60 + i % 40, i % 9 + 1),
                "unit": format!("示例单位第{}分厂{}车间", i * 7919 % 997, i * 104_729 % 10_007), "position": format!("岗位{i}") }))
            .collect();
        let long = set(&examples()[0], "resume", Value::Array(entries.clone()));
        let text = text(&pack, &long);
        assert!(text.len() <= MAX_TEXT, "{}", text.len());
        let print = read(&text).unwrap();
        assert_eq!(print.verdict(&pack, &long), PrintVerdict::Same);
        let shorter = set(&long, "resume", Value::Array(entries[1..].to_vec()));
        assert_eq!(print.verdict(&pack, &shorter), PrintVerdict::Changed(vec!["resume".to_owned()]));
    }

    #[test]
    fn other_codes_are_named() {
        assert_eq!(read("https://example.org"), Err(PrintProblem::NotOurs));
        assert_eq!(read("PC2:ABC"), Err(PrintProblem::Newer));
        assert_eq!(read("PC1:ABC"), Err(PrintProblem::Broken));
        let pack = Pack::built_in().unwrap();
        let whole = text(&pack, &examples()[0]);
        assert_eq!(read(&whole[..whole.len() - 3]), Err(PrintProblem::Broken));
    }

    proptest! {
        #[test]
        fn any_entries_come_back(name in "\\PC{0,30}", unit in ".{0,60}", years in any::<i64>()) {
            let pack = Pack::built_in().unwrap();
            let mut application = examples().remove(0);
            for (key, value) in [
                ("person.name", json!(name)), ("work.unit", json!(unit)), ("work.years_in_occupation", json!(years)),
            ] {
                application.answers.insert(key.to_owned(), value);
            }
            let print = read(&text(&pack, &application)).unwrap();
            let facts = print.facts(&pack);
            for (key, value) in facts.iter().filter(|(key, _)| key != "resume") {
                prop_assert_eq!(Some(value), application.answers.get(key));
            }
            prop_assert_eq!(print.verdict(&pack, &application), PrintVerdict::Same);
        }

        #[test]
        fn no_text_panics(noise in "PC1:[0-9A-Z $%*+./:-]{0,300}") {
            let _ = read(&noise);
        }
    }
}
