//! A pack file as it is written: the shape only, each checked place with its span. [`super::parse`] gives it meaning.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

pub(super) type Text = Spanned<String>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawPack {
    pub(super) format: Text,
    pub(super) pack: RawInfo,
    #[serde(default)]
    pub(super) clause: Vec<RawClause>,
    #[serde(default)]
    pub(super) source: Vec<RawSource>,
    #[serde(default)]
    pub(super) track: Vec<RawTrack>,
    #[serde(default)]
    pub(super) options: Vec<RawOptionList>,
    #[serde(default)]
    pub(super) parameter: Vec<RawParameter>,
    #[serde(default)]
    pub(super) definition: Vec<RawDefinition>,
    #[serde(default)]
    pub(super) fact: Vec<RawFact>,
    #[serde(default)]
    pub(super) rule: Vec<RawRule>,
    #[serde(default)]
    pub(super) session: Vec<RawSession>,
    #[serde(default)]
    pub(super) centre: Vec<RawCentre>,
    #[serde(default)]
    pub(super) route: Vec<RawRoute>,
    #[serde(default)]
    pub(super) material: Vec<RawMaterial>,
    #[serde(default)]
    pub(super) declaration: Vec<RawDeclaration>,
    #[serde(default)]
    pub(super) form: Vec<RawSection>,
    #[serde(default)]
    pub(super) headings: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawInfo {
    pub(super) id: Text,
    pub(super) version: Text,
    pub(super) title: String,
    pub(super) issuer: String,
    pub(super) issued: Text,
    pub(super) published: Text,
    pub(super) valid_from: Text,
    pub(super) valid_to: Text,
    #[serde(default)]
    pub(super) address: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawClause {
    pub(super) id: Text,
    pub(super) locator: String,
    pub(super) gist: String,
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    #[serde(default)]
    pub(super) without_rule: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawParameter {
    pub(super) id: Text,
    pub(super) label: String,
    #[serde(rename = "type")]
    pub(super) kind: Text,
    pub(super) options: Option<Text>,
    pub(super) value: Option<Spanned<RawLiteral>>,
    pub(super) clauses: Vec<Text>,
    pub(super) reason: String,
    #[serde(default)]
    pub(super) other: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDefinition {
    pub(super) id: Text,
    pub(super) condition: Spanned<RawCondition>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSource {
    pub(super) id: Text,
    pub(super) title: String,
    #[serde(default)]
    pub(super) address: String,
    pub(super) certainty: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawTrack {
    pub(super) id: Text,
    pub(super) label: String,
    pub(super) hint: String,
    pub(super) clauses: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOptionList {
    pub(super) id: Text,
    #[serde(default)]
    pub(super) ordered: bool,
    pub(super) none: Option<String>,
    pub(super) list: Vec<RawOption>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOption {
    pub(super) value: Text,
    pub(super) label: String,
    #[serde(default)]
    pub(super) hint: String,
    #[serde(default)]
    pub(super) names: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawFact {
    pub(super) id: Text,
    #[serde(rename = "type")]
    pub(super) kind: Text,
    pub(super) options: Option<Text>,
    pub(super) label: String,
    #[serde(default)]
    pub(super) question: String,
    #[serde(default)]
    pub(super) help: String,
    pub(super) none: Option<String>,
    pub(super) who: Option<Text>,
    #[serde(default)]
    pub(super) proof: String,
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    pub(super) derived: Option<Spanned<RawDerived>>,
    #[serde(default)]
    pub(super) fixed: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDerived {
    pub(super) by: Text,
    pub(super) from: Option<Text>,
    pub(super) period: Option<Spanned<RawLiteral>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRule {
    pub(super) id: Text,
    pub(super) title: String,
    pub(super) clauses: Vec<Text>,
    pub(super) status: Text,
    pub(super) blocking: Option<Spanned<bool>>,
    pub(super) stage: Option<Text>,
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    pub(super) when: Option<Spanned<RawCondition>>,
    pub(super) condition: Option<Spanned<RawCondition>>,
    pub(super) remedy: String,
    #[serde(default)]
    pub(super) evidence: String,
    pub(super) source: Option<Text>,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCondition {
    pub(super) all: Option<Vec<Spanned<RawCondition>>>,
    pub(super) any: Option<Vec<Spanned<RawCondition>>>,
    pub(super) not: Option<Box<Spanned<RawCondition>>>,
    pub(super) review: Option<String>,
    pub(super) holds: Option<Text>,
    pub(super) fact: Option<Text>,
    pub(super) is: Option<RawLiteral>,
    #[serde(rename = "in")]
    pub(super) one_of: Option<Vec<RawLiteral>>,
    pub(super) given: Option<bool>,
    pub(super) at_least: Option<RawLiteral>,
    pub(super) at_most: Option<RawLiteral>,
    pub(super) same_as: Option<Text>,
    pub(super) within: Option<Spanned<RawLiteral>>,
    pub(super) elapsed: Option<Spanned<RawLiteral>>,
    pub(super) at: Option<Text>,
    pub(super) ahead_of: Option<Text>,
    pub(super) working_days: Option<RawLiteral>,
    pub(super) after: Option<Text>,
    pub(super) before: Option<Text>,
}

#[derive(Deserialize, Debug, Clone, PartialEq, Eq)]
#[serde(untagged)]
pub(super) enum RawLiteral {
    Bool(bool),
    Integer(i64),
    Text(String),
    Parameter(NamedParameter),
}

/// A parameter in the place of a value.
#[derive(Deserialize, Debug, Clone, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub(super) struct NamedParameter {
    pub(super) parameter: String,
}

impl RawLiteral {
    /// The value as it was written.
    pub(super) fn words(&self) -> String {
        match self {
            Self::Bool(b) => b.to_string(),
            Self::Integer(n) => n.to_string(),
            Self::Text(t) => t.clone(),
            Self::Parameter(named) => named.parameter.clone(),
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSession {
    pub(super) id: Text,
    pub(super) label: String,
    pub(super) month: Option<Text>,
    pub(super) kind: Text,
    pub(super) organiser: Text,
    pub(super) tracks: Vec<Text>,
    pub(super) clauses: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawCentre {
    pub(super) id: Text,
    pub(super) label: String,
    pub(super) recipient: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawRoute {
    pub(super) step: Text,
    pub(super) centre: Text,
    pub(super) when: Option<Spanned<RawCondition>>,
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    pub(super) clauses: Vec<Text>,
    #[serde(default)]
    pub(super) note: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawMaterial {
    pub(super) id: Text,
    pub(super) label: String,
    #[serde(default)]
    pub(super) hint: String,
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    pub(super) required: bool,
    pub(super) when: Option<Spanned<RawCondition>>,
    #[serde(default)]
    pub(super) instead: Vec<Text>,
    #[serde(default)]
    pub(super) shows: Vec<Text>,
    pub(super) limits: Option<RawLimits>,
    pub(super) clauses: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawLimits {
    pub(super) max_bytes: Option<u64>,
    #[serde(default)]
    pub(super) media_types: Vec<String>,
    pub(super) min_pixels: Option<(usize, usize)>,
    pub(super) proportion: Option<(usize, usize)>,
    pub(super) background: Option<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawDeclaration {
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    pub(super) title: String,
    #[serde(default)]
    pub(super) also: String,
    pub(super) annex: String,
    pub(super) clauses: Vec<Text>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSection {
    pub(super) id: Text,
    pub(super) title: String,
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    #[serde(default)]
    pub(super) field: Vec<RawField>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RawColumns {
    #[serde(default)]
    pub(super) period: Vec<String>,
    #[serde(default)]
    pub(super) from: Vec<String>,
    #[serde(default)]
    pub(super) to: Vec<String>,
    #[serde(default)]
    pub(super) unit: Vec<String>,
    #[serde(default)]
    pub(super) position: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawField {
    pub(super) id: Text,
    pub(super) label: String,
    #[serde(default)]
    pub(super) synonyms: Vec<String>,
    #[serde(default)]
    pub(super) short: Vec<String>,
    #[serde(default)]
    pub(super) columns: RawColumns,
    #[serde(rename = "type")]
    pub(super) kind: Text,
    pub(super) options: Option<Text>,
    #[serde(default)]
    pub(super) required: bool,
    pub(super) required_when: Option<Spanned<RawCondition>>,
    #[serde(default)]
    pub(super) tracks: Vec<Text>,
    #[serde(default)]
    pub(super) hint: String,
    pub(super) max_chars: Option<usize>,
    pub(super) clauses: Vec<Text>,
    pub(super) printed: Option<bool>,
}
