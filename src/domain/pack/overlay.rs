//! An overlay (补充包): what an officer writes who has the official attachment at hand. It sets parameters and
//! statuses of one pack, named by id, version and content.

use serde::Deserialize;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::parse::{place_of, shape_error, text_of};
use super::raw::{RawLiteral, Text};
use super::{Pack, PackError, Place, Status};
use crate::domain::base::digest::hex;
use crate::domain::path::FieldPath;

/// The format that is read and written.
pub const OVERLAY_FORMAT: &str = "precheck.overlay/1";

/// The largest overlay that is read, in bytes.
pub const MAX_OVERLAY_BYTES: usize = 256 * 1024;

/// An overlay, read but not yet laid over its pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Overlay {
    /// Which overlay it is.
    pub info: OverlayRef,
    /// Where its values come from: the attachment, with its title and date.
    pub source: String,
    pub(super) base: OverlayBase,
    pub(super) parameters: Vec<OverlayParameter>,
    /// Rules whose status changes.
    pub rules: Vec<OverlayRule>,
}

/// Which overlay lies over a pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayRef {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// SHA-256 of its text, in hexadecimal.
    pub sha256: String,
    /// Its text.
    pub text: String,
}

/// The pack that an overlay is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OverlayBase {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) sha256: String,
    pub(super) place: Place,
}

/// A parameter's new value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct OverlayParameter {
    pub(super) id: String,
    pub(super) value: RawLiteral,
    pub(super) place: Place,
}

/// A rule's new status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OverlayRule {
    /// The rule's id.
    pub id: String,
    /// Its status from now on.
    pub status: Option<Status>,
    /// Why the rule is taken out, such as because parameters say all that the attachment says; empty where it stays.
    pub omitted_because: String,
    pub(super) place: Place,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawOverlay {
    format: Text,
    overlay: RawHead,
    #[serde(default)]
    parameter: Vec<RawSet>,
    #[serde(default)]
    rule: Vec<RawChange>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawHead {
    id: Text,
    title: String,
    source: Text,
    base: Spanned<RawBase>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawBase {
    id: String,
    version: String,
    sha256: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSet {
    id: Text,
    value: RawLiteral,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawChange {
    id: Text,
    status: Option<Text>,
    #[serde(default)]
    omitted_because: String,
}

impl Overlay {
    /// Reads an overlay. Whether it fits a pack is said by [`parse_with`](super::parse_with).
    ///
    /// # Errors
    /// What cannot be read, with its place.
    pub fn parse(bytes: &[u8]) -> Result<Self, Vec<PackError>> {
        let text = text_of(bytes, MAX_OVERLAY_BYTES)?;
        let raw: RawOverlay = toml::from_str(text).map_err(|e| vec![shape_error(text, &e)])?;
        let place = |at: &std::ops::Range<usize>| place_of(text, at.start);
        if raw.format.get_ref() != OVERLAY_FORMAT {
            let place = place(&raw.format.span());
            let found = raw.format.into_inner();
            return Err(vec![PackError::Format { place, found, expected: OVERLAY_FORMAT }]);
        }
        let mut errors = Vec::new();
        let id = &raw.overlay.id;
        if FieldPath::parse(id.get_ref()).is_err() {
            errors.push(PackError::BadId { place: place(&id.span()), found: id.get_ref().clone() });
        }
        if raw.overlay.source.get_ref().trim().is_empty() {
            let reason = "须写明 source：这些值出自哪一份官方附件".to_owned();
            errors.push(PackError::Meaning { place: place(&raw.overlay.source.span()), reason });
        }
        let mut parameters: Vec<OverlayParameter> = Vec::new();
        for set in raw.parameter {
            let place = place(&set.id.span());
            let id = set.id.into_inner();
            if parameters.iter().any(|p| p.id == id) {
                errors.push(PackError::Duplicate { place, what: "参数", found: id.clone() });
            }
            if matches!(set.value, RawLiteral::Parameter(_) | RawLiteral::Bool(_)) {
                errors.push(PackError::Meaning {
                    place, reason: "参数的值应为整数或文字".to_owned()
                });
            }
            parameters.push(OverlayParameter { id, value: set.value, place });
        }
        let mut rules: Vec<OverlayRule> = Vec::new();
        for change in raw.rule {
            let at = place(&change.id.span());
            let id = change.id.into_inner();
            if rules.iter().any(|r| r.id == id) {
                errors.push(PackError::Duplicate { place: at, what: "规则", found: id.clone() });
            }
            let status = change.status.as_ref().and_then(|word| {
                let status = Status::parse(word.get_ref());
                if status.is_none() {
                    let (place, found) = (place(&word.span()), word.get_ref().clone());
                    errors.push(PackError::Unknown { place, what: "状态", found });
                }
                status
            });
            rules.push(OverlayRule { id, status, omitted_because: change.omitted_because, place: at });
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let base_place = place(&raw.overlay.base.span());
        let base = raw.overlay.base.into_inner();
        Ok(Self {
            info: OverlayRef {
                id: raw.overlay.id.into_inner(),
                title: raw.overlay.title,
                sha256: hex(&Sha256::digest(bytes)),
                text: text.to_owned(),
            },
            source: raw.overlay.source.into_inner(),
            base: OverlayBase { id: base.id, version: base.version, sha256: base.sha256, place: base_place },
            parameters,
            rules,
        })
    }

    /// SHA-256 of the text of the pack that it is for.
    #[must_use]
    pub fn base_sha256(&self) -> &str {
        &self.base.sha256
    }

    /// The text of an overlay for `pack` that sets `parameters` (id and text of the value: a number, a period such as
    /// `P3Y`, an option) and makes the rules of `confirmed` part of the notice; `omitted` are taken out with a reason.
    #[must_use]
    pub fn write(
        pack: &Pack,
        id: &str,
        title: &str,
        source: &str,
        parameters: &[(String, String)],
        confirmed: &[String],
        omitted: &[(String, String)],
    ) -> String {
        // A JSON string is a basic string of TOML too, but for DEL, which only TOML wants escaped.
        let quoted = |text: &str| serde_json::Value::from(text).to_string().replace('\u{7f}', "\\u007F");
        let base = &pack.info;
        let mut out = format!(
            "format = {}\n\n[overlay]\nid = {}\ntitle = {}\nsource = {}\nbase = {{ id = {}, version = {}, sha256 = {} }}\n",
            quoted(OVERLAY_FORMAT),
            quoted(id),
            quoted(title),
            quoted(source),
            quoted(&base.id),
            quoted(&base.version),
            quoted(&pack.sha256),
        );
        for (id, value) in parameters {
            let is_number =
                matches!(pack.parameter(id).map(|p| &p.kind), Some(super::ParameterKind::Integer));
            let value = match value.parse::<i64>() {
                Ok(n) if is_number => n.to_string(),
                _ => quoted(value),
            };
            out.push_str(&format!("\n[[parameter]]\nid = {}\nvalue = {value}\n", quoted(id)));
        }
        for id in confirmed {
            out.push_str(&format!("\n[[rule]]\nid = {}\nstatus = \"stated\"\n", quoted(id)));
        }
        for (id, reason) in omitted {
            out.push_str(&format!("\n[[rule]]\nid = {}\nomitted_because = {}\n", quoted(id), quoted(reason)));
        }
        out
    }
}
