//! What a person says to a warning (处理情况): it stays as it is, and why. The fingerprint does not count it: it is not
//! an entry.

use serde_json::{Map, json};

use crate::domain::base::json::Value;
use crate::domain::diag::Diagnostic;

/// The most dispositions of one application.
pub const MAX_DISPOSITIONS: usize = 500;
/// The longest reason, in characters.
pub const MAX_REASON_CHARS: usize = 300;

/// One warning that the person was shown, and why it is accepted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Disposition {
    /// The finding's code.
    pub code: String,
    /// The finding's place.
    pub path: String,
    /// The finding's words: a finding that says something else now is another one.
    pub message: String,
    /// Why it stays; empty where the person has not said so.
    pub reason: String,
}

impl Disposition {
    /// What can be said of a finding, without a reason yet.
    #[must_use]
    pub fn of(finding: &Diagnostic) -> Self {
        let (code, path) = (finding.code.to_owned(), finding.path.as_str().to_owned());
        Self { code, path, message: finding.message.clone(), reason: String::new() }
    }

    /// Whether both are about the same finding.
    #[must_use]
    pub fn is_about_the_same(&self, other: &Self) -> bool {
        (&self.code, &self.path, &self.message) == (&other.code, &other.path, &other.message)
    }

    /// It as JSON.
    #[must_use]
    pub fn to_value(&self) -> Value {
        json!({ "code": self.code, "path": self.path, "message": self.message, "reason": self.reason })
    }

    /// Reads it; `None` where it is none.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let object: &Map<String, Value> = value.as_object()?;
        if object.keys().any(|key| !matches!(key.as_str(), "code" | "path" | "message" | "reason")) {
            return None;
        }
        let text = |key: &str| object.get(key)?.as_str().map(str::to_owned);
        let reason = text("reason")?;
        if reason.chars().count() > MAX_REASON_CHARS {
            return None;
        }
        Some(Self { code: text("code")?, path: text("path")?, message: text("message")?, reason })
    }
}
