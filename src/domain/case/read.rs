//! Reading `precheck.application/1`. The structure is strict: a key that the format does not know is an error, since
//! to drop it would lose something. Answers are open: any key is kept, and a check reports what the pack lacks.

use std::collections::BTreeMap;

use serde_json::Map;

use super::disposition::{Disposition, MAX_DISPOSITIONS};
use super::inspected::Inspected;
use super::paper_reading::{MAX_READINGS, PaperReading};
use super::{Application, Attachment, FORMAT, PackRef};
use crate::domain::base::json::{self, JsonError, Value};

/// The largest application that is read, in bytes; attachments are not in it.
pub const MAX_APPLICATION_BYTES: usize = 8 * 1024 * 1024;

/// The most attachments of one application.
const MAX_ATTACHMENTS: usize = 1_000;

/// Why a text is not an application.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ApplicationError {
    /// Not JSON that we accept.
    #[error("{0}")]
    Json(#[from] JsonError),
    /// Another format, or a newer one.
    #[error("/format：格式是“{found}”，本程序只读 {FORMAT}")]
    Format {
        /// The format named there.
        found: String,
    },
    /// A key that must be there is not.
    #[error("{place}：缺少“{key}”")]
    Missing {
        /// JSON pointer of the object.
        place: String,
        /// The key.
        key: &'static str,
    },
    /// A key that the format does not know.
    #[error("{place}：不认识的键“{key}”")]
    UnknownKey {
        /// JSON pointer of the object.
        place: String,
        /// The key.
        key: String,
    },
    /// A value of another type than the format asks for.
    #[error("{place}：应为{expected}")]
    Type {
        /// JSON pointer of the value.
        place: String,
        /// What was expected.
        expected: &'static str,
    },
    /// More attachments than are read.
    #[error("/attachments：附件超过 {MAX_ATTACHMENTS} 个")]
    TooManyAttachments,
    /// More readings than are read.
    #[error("/readings：核对记录超过 {MAX_READINGS} 份")]
    TooManyReadings,
    /// More dispositions than are read.
    #[error("/dispositions：处理情况超过 {MAX_DISPOSITIONS} 条")]
    TooManyDispositions,
}

/// Reads an application.
///
/// # Errors
/// The first thing that is wrong, with its place.
pub fn read(bytes: &[u8]) -> Result<Application, ApplicationError> {
    from_value(&json::parse(bytes, MAX_APPLICATION_BYTES)?)
}

/// Reads an application that is JSON already.
///
/// # Errors
/// As [`read`].
pub fn from_value(value: &Value) -> Result<Application, ApplicationError> {
    let object = as_object(value, "")?;
    let found = text(object, "", "format")?;
    if found != FORMAT {
        return Err(ApplicationError::Format { found: found.to_owned() });
    }
    only_keys(
        object,
        "",
        &["format", "pack", "track", "session", "answers", "attachments", "readings", "dispositions"],
    )?;
    let pack = as_object(need(object, "", "pack")?, "/pack")?;
    only_keys(pack, "/pack", &["id", "version"])?;
    let session = match object.get("session") {
        None | Some(Value::Null) => None,
        Some(Value::String(session)) => Some(session.clone()),
        Some(_) => return Err(ApplicationError::Type { place: "/session".to_owned(), expected: "文本" }),
    };
    let attachments = match object.get("attachments") {
        None => Vec::new(),
        Some(Value::Array(list)) if list.len() > MAX_ATTACHMENTS => {
            return Err(ApplicationError::TooManyAttachments);
        }
        Some(Value::Array(list)) => list
            .iter()
            .enumerate()
            .map(|(i, a)| attachment(a, &format!("/attachments/{i}")))
            .collect::<Result<_, _>>()?,
        Some(_) => {
            return Err(ApplicationError::Type { place: "/attachments".to_owned(), expected: "列表" });
        }
    };
    let readings = match object.get("readings") {
        None => Vec::new(),
        Some(Value::Array(list)) if list.len() > MAX_READINGS => {
            return Err(ApplicationError::TooManyReadings);
        }
        Some(Value::Array(list)) => list
            .iter()
            .enumerate()
            .map(|(i, r)| {
                PaperReading::from_value(r).ok_or_else(|| ApplicationError::Type {
                    place: format!("/readings/{i}"),
                    expected: "核对记录",
                })
            })
            .collect::<Result<_, _>>()?,
        Some(_) => return Err(ApplicationError::Type { place: "/readings".to_owned(), expected: "列表" }),
    };
    let dispositions = match object.get("dispositions") {
        None => Vec::new(),
        Some(Value::Array(list)) if list.len() > MAX_DISPOSITIONS => {
            return Err(ApplicationError::TooManyDispositions);
        }
        Some(Value::Array(list)) => list
            .iter()
            .enumerate()
            .map(|(i, d)| {
                Disposition::from_value(d).ok_or_else(|| ApplicationError::Type {
                    place: format!("/dispositions/{i}"),
                    expected: "处理情况",
                })
            })
            .collect::<Result<_, _>>()?,
        Some(_) => {
            return Err(ApplicationError::Type { place: "/dispositions".to_owned(), expected: "列表" });
        }
    };
    Ok(Application {
        pack: PackRef {
            id: text(pack, "/pack", "id")?.to_owned(),
            version: text(pack, "/pack", "version")?.to_owned(),
        },
        track: text(object, "", "track")?.to_owned(),
        session,
        answers: map(as_object(need(object, "", "answers")?, "/answers")?),
        attachments,
        readings,
        dispositions,
    })
}

fn attachment(value: &Value, place: &str) -> Result<Attachment, ApplicationError> {
    let object = as_object(value, place)?;
    only_keys(object, place, &["material", "file", "media_type", "bytes", "sha256", "facts", "inspected"])?;
    let sha256 = text(object, place, "sha256")?.to_owned();
    if sha256.len() != 64 || !sha256.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) {
        return Err(ApplicationError::Type {
            place: format!("{place}/sha256"),
            expected: " 64 位小写十六进制",
        });
    }
    let facts = match object.get("facts") {
        None => BTreeMap::new(),
        Some(facts) => map(as_object(facts, &format!("{place}/facts"))?),
    };
    let inspected = match object.get("inspected") {
        None | Some(Value::Null) => None,
        Some(found) => Some(Inspected::from_value(found).ok_or_else(|| ApplicationError::Type {
            place: format!("{place}/inspected"),
            expected: "查看文件的结果",
        })?),
    };
    Ok(Attachment {
        material: text(object, place, "material")?.to_owned(),
        file: text(object, place, "file")?.to_owned(),
        media_type: text(object, place, "media_type")?.to_owned(),
        bytes: need(object, place, "bytes")?.as_u64().ok_or_else(|| ApplicationError::Type {
            place: format!("{place}/bytes"),
            expected: "不小于 0 的整数",
        })?,
        sha256,
        facts,
        inspected,
    })
}

fn map(object: &Map<String, Value>) -> BTreeMap<String, Value> {
    object.iter().map(|(k, v)| (k.clone(), v.clone())).collect()
}

fn as_object<'a>(value: &'a Value, place: &str) -> Result<&'a Map<String, Value>, ApplicationError> {
    value.as_object().ok_or_else(|| ApplicationError::Type {
        place: if place.is_empty() { "/".to_owned() } else { place.to_owned() },
        expected: "对象",
    })
}

fn need<'a>(
    object: &'a Map<String, Value>,
    place: &str,
    key: &'static str,
) -> Result<&'a Value, ApplicationError> {
    object.get(key).ok_or_else(|| ApplicationError::Missing { place: shown(place), key })
}

fn text<'a>(
    object: &'a Map<String, Value>,
    place: &str,
    key: &'static str,
) -> Result<&'a str, ApplicationError> {
    need(object, place, key)?
        .as_str()
        .ok_or_else(|| ApplicationError::Type { place: format!("{place}/{key}"), expected: "文本" })
}

fn only_keys(object: &Map<String, Value>, place: &str, known: &[&str]) -> Result<(), ApplicationError> {
    match object.keys().find(|k| !known.contains(&k.as_str())) {
        Some(key) => Err(ApplicationError::UnknownKey { place: shown(place), key: key.clone() }),
        None => Ok(()),
    }
}

fn shown(place: &str) -> String {
    if place.is_empty() { "/".to_owned() } else { place.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINIMAL: &str = r#"{"format":"precheck.application/1","pack":{"id":"p","version":"1"},"track":"examiner","answers":{}}"#;

    #[track_caller]
    fn check_error(from: &str, to: &str, expected: &str) {
        let text = MINIMAL.replace(from, to);
        assert_ne!(text, MINIMAL);
        assert_eq!(read(text.as_bytes()).unwrap_err().to_string(), expected);
    }

    #[test]
    fn errors_name_their_place() {
        check_error(
            "application/1",
            "application/2",
            "/format：格式是“precheck.application/2”，本程序只读 precheck.application/1",
        );
        check_error(r#""answers":{}"#, r#""answers":[]"#, "/answers：应为对象");
        check_error(r#""answers":{}"#, r#""answers":{},"more":1"#, "/：不认识的键“more”");
        check_error(r#","track":"examiner""#, "", "/：缺少“track”");
        check_error(
            r#""answers":{}"#,
            r#""answers":{},"attachments":[{"material":"m","file":"f","media_type":"t","bytes":-1,"sha256":"00"}]"#,
            "/attachments/0/sha256：应为 64 位小写十六进制",
        );
    }

    #[test]
    fn unknown_answers_are_kept() {
        let text =
            MINIMAL.replace(r#""answers":{}"#, r#""answers":{"x.y":[1,{"a":null}],"person.email":null}"#);
        let application = read(text.as_bytes()).unwrap();
        assert_eq!(read(&application.to_canonical()).unwrap(), application);
        assert!(application.answers.contains_key("x.y"));
        assert_eq!(application.answer("person.email"), super::super::Answer::Nothing);
    }
}
