//! JSON as we accept it: UTF-8, no key twice in one object, bounded in size and depth; and as we write it where bytes
//! count: RFC 8785.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number};

pub use serde_json::Value;

/// How deep arrays and objects may be nested in what we read; serde_json stops at the same depth.
pub const MAX_DEPTH: usize = 127;

/// Why a text is not JSON that we accept. Line and column count from 1, the column in bytes.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JsonError {
    /// Larger than the caller allows; sizes in bytes. What was read may be less than what there is.
    #[error("文件超过上限 {limit} 字节")]
    TooLarge {
        /// Size of the input.
        found: usize,
        /// The limit.
        limit: usize,
    },
    /// Not UTF-8 from the given byte on.
    #[error("第 {at} 字节起不是 UTF-8 编码")]
    NotUtf8 {
        /// Offset of the first wrong byte.
        at: usize,
    },
    /// The text ends before the value does.
    #[error("第 {line} 行第 {column} 列：文件不完整，内容到此中断")]
    Truncated {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
    },
    /// Nested deeper than [`MAX_DEPTH`].
    #[error("第 {line} 行第 {column} 列：嵌套超过 {MAX_DEPTH} 层")]
    TooDeep {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
    },
    /// One object names a key twice.
    #[error("第 {line} 行第 {column} 列：同一层出现重复的键“{key}”")]
    DuplicateKey {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
        /// The key.
        key: String,
    },
    /// Anything else that JSON does not allow.
    #[error("第 {line} 行第 {column} 列：不是有效的 JSON")]
    Syntax {
        /// Line.
        line: usize,
        /// Column.
        column: usize,
    },
}

/// Parses `bytes`, at most `limit` of them.
///
/// # Errors
/// Any [`JsonError`]; memory stays bounded by the input's size.
pub fn parse(bytes: &[u8], limit: usize) -> Result<Value, JsonError> {
    if bytes.len() > limit {
        return Err(JsonError::TooLarge { found: bytes.len(), limit });
    }
    let text = std::str::from_utf8(bytes).map_err(|e| JsonError::NotUtf8 { at: e.valid_up_to() })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str::<Strict>(text).map(|strict| strict.0).map_err(|e| name_error(&e))
}

fn name_error(error: &serde_json::Error) -> JsonError {
    let (line, column) = (error.line(), error.column());
    let message = error.to_string();
    if let Some(rest) = message.strip_prefix(DUPLICATE) {
        // serde_json appends " at line …"; the key itself may hold those words, so cut at the last one.
        let key = rest.rsplit_once(" at line ").map_or(rest, |(key, _)| key).to_owned();
        JsonError::DuplicateKey { line, column, key }
    } else if error.is_eof() {
        JsonError::Truncated { line, column }
    } else if message.starts_with("recursion limit") {
        JsonError::TooDeep { line, column }
    } else {
        JsonError::Syntax { line, column }
    }
}

/// Writes `value` by RFC 8785 (JSON Canonicalization Scheme). `None` only for numbers that JSON cannot hold, which a
/// [`Value`] never has.
#[must_use]
pub fn canonical(value: &Value) -> Option<Vec<u8>> {
    serde_json_canonicalizer::to_vec(value).ok()
}

const DUPLICATE: &str = "duplicate key: ";

/// A [`Value`] read without letting a later key overwrite an earlier one.
struct Strict(Value);

impl<'de> Deserialize<'de> for Strict {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(StrictVisitor).map(Strict)
    }
}

struct StrictVisitor;

impl<'de> Visitor<'de> for StrictVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, v: bool) -> Result<Value, E> {
        Ok(Value::Bool(v))
    }

    fn visit_i64<E>(self, v: i64) -> Result<Value, E> {
        Ok(Value::Number(v.into()))
    }

    fn visit_u64<E>(self, v: u64) -> Result<Value, E> {
        Ok(Value::Number(v.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, v: f64) -> Result<Value, E> {
        Number::from_f64(v).map(Value::Number).ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, v: &str) -> Result<Value, E> {
        Ok(Value::String(v.to_owned()))
    }

    fn visit_string<E>(self, v: String) -> Result<Value, E> {
        Ok(Value::String(v))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Value, A::Error> {
        let mut items = Vec::new();
        while let Some(Strict(item)) = seq.next_element()? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(serde::de::Error::custom(format!("{DUPLICATE}{key}")));
            }
            let Strict(value) = map.next_value()?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_error(text: &[u8], expected: &str) {
        assert_eq!(parse(text, 1 << 20).unwrap_err().to_string(), expected);
    }

    #[test]
    fn errors_name_their_place() {
        check_error(b"{\"a\": 1,\n \"a\": 2}", "第 2 行第 4 列：同一层出现重复的键“a”");
        check_error(b"{\"a\": [1, 2", "第 1 行第 11 列：文件不完整，内容到此中断");
        check_error(b"{\"a\": x}", "第 1 行第 7 列：不是有效的 JSON");
        check_error(b"\"\xff\"", "第 1 字节起不是 UTF-8 编码");
        check_error(&[b'['; 4096], "第 1 行第 128 列：嵌套超过 127 层");
        assert_eq!(parse(b"[1]", 2).unwrap_err(), JsonError::TooLarge { found: 3, limit: 2 });
    }

    #[test]
    fn canonical_form_sorts_keys_and_keeps_chinese() {
        let value = parse("{\"b\":1.50,\"a\":\"张三\\u0007\",\"c\":[null,true]}".as_bytes(), 100).unwrap();
        assert_eq!(
            String::from_utf8(canonical(&value).unwrap()).unwrap(),
            "{\"a\":\"张三\\u0007\",\"b\":1.5,\"c\":[null,true]}"
        );
    }
}
