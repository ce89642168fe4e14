//! Reads `precheck.pack/1`: shape first (one error, where the text breaks off), then meaning (every error there is).

mod condition;
mod facts;
mod parts;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::raw::{self, RawCondition, RawLiteral, Text};
use super::{
    Centre, ChoiceOption, Clause, Condition, DeclarationTitle, FORMAT, Fact, MAX_NODES, Overlay, Pack,
    PackError, PackInfo, Parameter, ParameterKind, ParameterValue, Place, Rule, Source, Stage, Status, Track,
};
use crate::domain::base::date::{Period, parse_iso};
use crate::domain::base::digest::hex;
use crate::domain::path::FieldPath;

/// The largest pack that is read, in bytes.
pub const MAX_PACK_BYTES: usize = 4 * 1024 * 1024;

/// How many fields, rules and the like one list of a pack may hold.
pub const MAX_ITEMS: usize = 5_000;

/// How many errors are named before reading is given up.
const MAX_ERRORS: usize = 100;

/// The convention that says whether the day on which a period begins is counted.
const PERIOD_FIRST_DAY: &str = "period.first_day";

/// Reads a pack.
///
/// # Errors
/// Every problem found, each with its place, up to a hundred; one only where the text cannot be read at all.
pub fn parse(bytes: &[u8]) -> Result<Pack, Vec<PackError>> {
    parse_with(bytes, &[])
}

/// Reads a pack and lays overlays over it, in order.
///
/// # Errors
/// As [`parse`]; and what of an overlay does not fit the pack, with its place in the overlay.
pub fn parse_with(bytes: &[u8], overlays: &[Overlay]) -> Result<Pack, Vec<PackError>> {
    let text = text_of(bytes, MAX_PACK_BYTES)?;
    let raw: raw::RawPack = toml::from_str(text).map_err(|e| vec![shape_error(text, &e)])?;
    if raw.format.get_ref() != FORMAT {
        let place = place_of(text, raw.format.span().start);
        return Err(vec![PackError::Format { place, found: raw.format.into_inner(), expected: FORMAT }]);
    }
    let mut reader = Reader::new(text, hex(&Sha256::digest(bytes)));
    reader.check_bases(&raw.pack, overlays);
    let pack = reader.pack(raw, overlays);
    if reader.errors.is_empty() { Ok(pack) } else { Err(reader.errors) }
}

/// The bytes as text, if they are few enough and UTF-8.
pub(super) fn text_of(bytes: &[u8], limit: usize) -> Result<&str, Vec<PackError>> {
    if bytes.len() > limit {
        return Err(vec![PackError::TooLarge { found: bytes.len(), limit }]);
    }
    std::str::from_utf8(bytes).map_err(|e| vec![PackError::NotUtf8 { at: e.valid_up_to() }])
}

/// What the TOML reader says.
pub(super) fn shape_error(text: &str, e: &toml::de::Error) -> PackError {
    let place = place_of(text, e.span().map_or(0, |s| s.start));
    PackError::Shape { place, reason: e.message().lines().next().unwrap_or_default().to_owned() }
}

/// Line and column of a byte. Walks the text, so only called for errors.
pub(super) fn place_of(text: &str, offset: usize) -> Place {
    let before = text.get(..offset).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    Place {
        line: before.matches('\n').count() + 1,
        column: before.get(line_start..).map_or(0, |s| s.chars().count()) + 1,
    }
}

/// Every id of a pack, gathered before anything refers to one.
#[derive(Default)]
struct Ids {
    clauses: BTreeSet<String>,
    sources: BTreeSet<String>,
    tracks: BTreeSet<String>,
    materials: BTreeSet<String>,
    centres: BTreeSet<String>,
    fields: BTreeSet<String>,
    options: BTreeMap<String, OptionList>,
    facts: BTreeMap<String, usize>,
}

#[derive(Clone)]
struct OptionList {
    ordered: bool,
    none: Option<String>,
    list: Vec<ChoiceOption>,
}

/// A named condition (定义) and how far it was read.
struct Definition {
    raw: toml::Spanned<RawCondition>,
    is_open: bool,
    /// The condition, its parts and its levels.
    read: Option<(Condition, usize, usize)>,
}

struct Reader<'a> {
    text: &'a str,
    sha256: String,
    errors: Vec<PackError>,
    ids: Ids,
    facts: Vec<Fact>,
    parameters: Vec<Parameter>,
    definitions: BTreeMap<String, Definition>,
    /// Parts of conditions written so far, definitions written out.
    n_nodes: usize,
    /// Parameters that the condition at hand reads.
    read_parameters: BTreeSet<String>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str, sha256: String) -> Self {
        Self {
            text,
            sha256,
            errors: Vec::new(),
            ids: Ids::default(),
            facts: Vec::new(),
            parameters: Vec::new(),
            definitions: BTreeMap::new(),
            n_nodes: 0,
            read_parameters: BTreeSet::new(),
        }
    }

    /// Notes an error; `make` gets its place, which is only worked out while errors are still noted.
    fn note(&mut self, span: &Range<usize>, make: impl FnOnce(Place) -> PackError) {
        if self.errors.len() < MAX_ERRORS {
            let place = place_of(self.text, span.start);
            self.errors.push(make(place));
        }
    }

    fn meaning(&mut self, span: &Range<usize>, reason: impl Into<String>) {
        self.note(span, |place| PackError::Meaning { place, reason: reason.into() });
    }

    fn unknown(&mut self, what: &'static str, at: &Text) {
        self.note(&at.span(), |place| PackError::Unknown { place, what, found: at.get_ref().clone() });
    }

    /// An error in an overlay, whose places are known already.
    fn overlay_error(&mut self, place: Place, reason: String) {
        if self.errors.len() < MAX_ERRORS {
            self.errors.push(PackError::Overlay { place, reason });
        }
    }

    /// Gathers one kind of ids; ids that differ only by case count as the same.
    fn gather<'i>(&mut self, what: &'static str, ids: impl Iterator<Item = &'i Text>) -> BTreeSet<String> {
        let mut folded = BTreeSet::new();
        let mut known = BTreeSet::new();
        for id in ids {
            let found = id.get_ref();
            if FieldPath::parse(found).is_err() || found.contains('#') {
                self.note(&id.span(), |place| PackError::BadId { place, found: found.clone() });
            } else if folded.insert(found.to_ascii_lowercase()) {
                known.insert(found.clone());
            } else {
                self.note(&id.span(), |place| PackError::Duplicate { place, what, found: found.clone() });
            }
            if known.len() > MAX_ITEMS {
                self.meaning(&id.span(), format!("{what}超过 {MAX_ITEMS} 个"));
                break;
            }
        }
        known
    }

    fn date(&mut self, at: &Text) -> NaiveDate {
        parse_iso(at.get_ref()).unwrap_or_else(|| {
            self.note(&at.span(), |place| PackError::BadDate { place, found: at.get_ref().clone() });
            NaiveDate::default()
        })
    }

    fn known(&mut self, what: &'static str, ids: &[Text], of: fn(&Ids) -> &BTreeSet<String>) -> Vec<String> {
        for id in ids {
            if !of(&self.ids).contains(id.get_ref()) {
                self.unknown(what, id);
            }
        }
        ids.iter().map(|id| id.get_ref().clone()).collect()
    }

    fn tracks(&mut self, ids: &[Text]) -> Vec<String> {
        self.known("申报类别", ids, |ids| &ids.tracks)
    }

    fn clauses(&mut self, ids: &[Text]) -> Vec<String> {
        self.known("条款", ids, |ids| &ids.clauses)
    }

    /// A public key of age. Whether its checksum is right shows when something is encrypted to it.
    fn recipient(&mut self, key: &Text) -> String {
        let text = key.get_ref();
        let is_key = text.len() == 62
            && text.starts_with("age1")
            && text.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
        if !is_key {
            self.meaning(&key.span(), "公钥应以 age1 开头，共 62 个小写字母和数字".to_owned());
        }
        text.clone()
    }

    /// Clauses, or numbers of national standards (`GB 11643-1999`).
    fn clauses_or_standards(&mut self, ids: &[Text]) -> Vec<String> {
        for id in ids {
            if !self.ids.clauses.contains(id.get_ref()) && !id.get_ref().starts_with("GB") {
                self.unknown("条款", id);
            }
        }
        ids.iter().map(|id| id.get_ref().clone()).collect()
    }

    fn option_list(&mut self, at: Option<&Text>, owner: &Text) -> OptionList {
        let none = OptionList { ordered: false, none: None, list: Vec::new() };
        let Some(at) = at else {
            self.meaning(&owner.span(), format!("“{}”是选项，须写明 options", owner.get_ref()));
            return none;
        };
        if let Some(list) = self.ids.options.get(at.get_ref()) {
            return list.clone();
        }
        self.unknown("选项表", at);
        none
    }

    fn pack(&mut self, raw: raw::RawPack, overlays: &[Overlay]) -> Pack {
        self.ids.clauses = self.gather("条款", raw.clause.iter().map(|c| &c.id));
        self.ids.sources = self.gather("来源", raw.source.iter().map(|s| &s.id));
        self.ids.tracks = self.gather("申报类别", raw.track.iter().map(|t| &t.id));
        self.ids.materials = self.gather("材料", raw.material.iter().map(|m| &m.id));
        self.ids.centres = self.gather("中心", raw.centre.iter().map(|c| &c.id));
        self.gather("班期", raw.session.iter().map(|s| &s.id));
        self.gather("表格栏目", raw.form.iter().map(|s| &s.id));
        self.gather("规则", raw.rule.iter().map(|r| &r.id));
        self.gather("选项表", raw.options.iter().map(|o| &o.id));
        self.ids.fields = self.gather("字段", raw.form.iter().flat_map(|s| &s.field).map(|f| &f.id));
        self.gather("事实", raw.fact.iter().map(|f| &f.id));
        self.gather("参数", raw.parameter.iter().map(|p| &p.id));
        self.gather("定义", raw.definition.iter().map(|d| &d.id));
        for options in &raw.options {
            self.gather("选项", options.list.iter().map(|o| &o.value));
            let list = options
                .list
                .iter()
                .map(|o| ChoiceOption {
                    value: o.value.get_ref().clone(),
                    label: o.label.clone(),
                    hint: o.hint.clone(),
                    names: o.names.clone(),
                })
                .collect();
            self.ids.options.insert(
                options.id.get_ref().clone(),
                OptionList { ordered: options.ordered, none: options.none.clone(), list },
            );
        }
        if !self.errors.is_empty() {
            // Nothing that refers to an id can be read while ids are in doubt; and a list may be too long to go on.
            return Pack::empty();
        }
        self.parameters = raw.parameter.iter().map(|p| self.parameter(p)).collect();
        self.set_parameters(overlays);
        self.facts = raw.fact.iter().map(|f| self.fact(f)).collect();
        let statuses = self.statuses(&raw.rule, overlays);
        for (rule, state) in raw.rule.iter().zip(&statuses) {
            if state.status == Status::Awaiting {
                self.confirmation_fact(rule);
            }
        }
        self.ids.facts = self.facts.iter().enumerate().map(|(idx, f)| (f.id.clone(), idx)).collect();
        for definition in raw.definition {
            let entry = Definition { raw: definition.condition, is_open: false, read: None };
            self.definitions.insert(definition.id.into_inner(), entry);
        }
        let info = PackInfo {
            id: raw.pack.id.get_ref().clone(),
            version: raw.pack.version.get_ref().clone(),
            title: raw.pack.title,
            issuer: raw.pack.issuer,
            issued: self.date(&raw.pack.issued),
            published: self.date(&raw.pack.published),
            valid_from: self.date(&raw.pack.valid_from),
            valid_to: self.date(&raw.pack.valid_to),
            address: raw.pack.address,
        };
        let mut pack = Pack {
            info,
            text: self.text.to_owned(),
            sha256: self.sha256.clone(),
            overlays: overlays.iter().map(|o| o.info.clone()).collect(),
            parameters: Vec::new(),
            clauses: raw
                .clause
                .into_iter()
                .map(|c| Clause {
                    tracks: self.tracks(&c.tracks),
                    id: c.id.into_inner(),
                    locator: c.locator,
                    gist: c.gist,
                    without_rule: c.without_rule,
                })
                .collect(),
            sources: raw
                .source
                .into_iter()
                .map(|s| Source {
                    id: s.id.into_inner(),
                    title: s.title,
                    address: s.address,
                    certainty: s.certainty,
                })
                .collect(),
            tracks: raw
                .track
                .into_iter()
                .map(|t| Track {
                    clauses: self.clauses(&t.clauses),
                    id: t.id.into_inner(),
                    label: t.label,
                    hint: t.hint,
                })
                .collect(),
            rules: raw.rule.iter().zip(&statuses).filter_map(|(r, state)| self.rule(r, state)).collect(),
            sessions: raw.session.into_iter().map(|s| self.session(s)).collect(),
            centres: raw
                .centre
                .into_iter()
                .map(|c| Centre {
                    recipient: c.recipient.as_ref().map(|key| self.recipient(key)),
                    id: c.id.into_inner(),
                    label: c.label,
                })
                .collect(),
            routes: raw.route.iter().map(|r| self.route(r)).collect(),
            materials: raw.material.iter().map(|m| self.material(m)).collect(),
            declarations: raw
                .declaration
                .into_iter()
                .map(|d| DeclarationTitle {
                    tracks: self.tracks(&d.tracks),
                    clauses: self.clauses(&d.clauses),
                    title: d.title,
                    also: d.also,
                    annex: d.annex,
                })
                .collect(),
            form: raw.form.iter().map(|s| self.section(s)).collect(),
            headings: raw.headings.clone(),
            facts: Vec::new(),
        };
        pack.facts = std::mem::take(&mut self.facts);
        pack.parameters = std::mem::take(&mut self.parameters);
        pack
    }

    /// The rule; `None` where an overlay takes it out.
    fn rule(&mut self, raw: &raw::RawRule, state: &RuleState) -> Option<Rule> {
        let status = state.status;
        let blocking = raw.blocking.as_ref().map_or(status.may_block(), |b| *b.get_ref());
        if let Some(at) = &raw.blocking
            && *at.get_ref()
            && !status.may_block()
        {
            self.meaning(&at.span(), "只有 stated 和 standard 的规则可以 blocking");
        }
        let stage = match raw.stage.as_ref().map(|s| s.get_ref().as_str()) {
            None | Some("eligibility") => Stage::Eligibility,
            Some("submission") => Stage::Submission,
            Some("after") => Stage::After,
            Some(_) => {
                if let Some(at) = &raw.stage {
                    self.unknown("阶段", at);
                }
                Stage::Eligibility
            }
        };
        if raw.clauses.is_empty() {
            self.meaning(&raw.id.span(), format!("规则“{}”没有条款", raw.id.get_ref()));
        }
        if let Some(source) = &raw.source
            && !self.ids.sources.contains(source.get_ref())
        {
            self.unknown("来源", source);
        }
        if status == Status::Reported && raw.source.is_none() {
            self.meaning(&raw.id.span(), format!("规则“{}”是 reported，须写明 source", raw.id.get_ref()));
        }
        self.read_parameters.clear();
        let when = raw.when.as_ref().map(|c| self.condition(c));
        let written = raw.condition.as_ref().map(|c| self.condition(c));
        let written_facts = written.as_ref().map(Condition::facts).unwrap_or_default();
        let parameters: Vec<String> = std::mem::take(&mut self.read_parameters).into_iter().collect();
        let is_dormant =
            parameters.iter().any(|id| self.parameters.iter().any(|p| p.id == *id && p.value.is_none()));
        let condition = match (status, written) {
            (Status::Awaiting, _) => self
                .fact_idx(&format!("confirm.{}", raw.id.get_ref()))
                .map_or_else(|| Condition::All(Vec::new()), Condition::Confirmed),
            (_, Some(condition)) => {
                if is_dormant {
                    self.meaning(
                        &raw.id.span(),
                        format!("规则“{}”用到还没有值的参数，只能是 awaiting", raw.id.get_ref()),
                    );
                }
                condition
            }
            (_, None) => {
                self.meaning(
                    &raw.id.span(),
                    format!("规则“{}”没有 condition；只有 awaiting 可以没有", raw.id.get_ref()),
                );
                Condition::All(Vec::new())
            }
        };
        if state.is_omitted {
            return None;
        }
        Some(Rule {
            id: raw.id.get_ref().clone(),
            title: raw.title.clone(),
            clauses: self.clauses(&raw.clauses),
            status,
            blocking,
            stage,
            tracks: self.tracks(&raw.tracks),
            when,
            condition,
            remedy: raw.remedy.clone(),
            evidence: raw.evidence.clone(),
            source: raw.source.as_ref().map(|s| s.get_ref().clone()),
            note: raw.note.clone(),
            parameters,
            is_dormant,
            written_facts,
        })
    }

    /// Each rule's status: its own, or the one that an overlay gives it.
    fn statuses(&mut self, rules: &[raw::RawRule], overlays: &[Overlay]) -> Vec<RuleState> {
        let mut states = Vec::new();
        for rule in rules {
            let status = Status::parse(rule.status.get_ref()).unwrap_or_else(|| {
                self.unknown("状态", &rule.status);
                Status::Reported
            });
            states.push(RuleState { status, is_omitted: false });
        }
        for change in overlays.iter().flat_map(|o| &o.rules) {
            let found = rules.iter().position(|r| *r.id.get_ref() == change.id);
            match found.and_then(|idx| states.get_mut(idx)) {
                Some(state) => {
                    state.status = change.status.unwrap_or(state.status);
                    state.is_omitted |= !change.omitted_because.is_empty();
                }
                None => self.overlay_error(change.place, format!("规则“{}”没有定义", change.id)),
            }
        }
        states
    }

    fn parameter(&mut self, raw: &raw::RawParameter) -> Parameter {
        let kind = match raw.kind.get_ref().as_str() {
            "integer" => ParameterKind::Integer,
            "period" => ParameterKind::Period,
            "choice" => ParameterKind::Choice(self.option_list(raw.options.as_ref(), &raw.id).list),
            _ => {
                self.unknown("类型", &raw.kind);
                ParameterKind::Integer
            }
        };
        let value = raw.value.as_ref().and_then(|at| {
            let value = parameter_value(&kind, at.get_ref());
            if value.is_none() {
                self.meaning(
                    &at.span(),
                    format!("“{}”不是参数“{}”可能的取值", at.get_ref().words(), raw.id.get_ref()),
                );
            }
            value
        });
        Parameter {
            id: raw.id.get_ref().clone(),
            label: raw.label.clone(),
            kind,
            value,
            clauses: self.clauses(&raw.clauses),
            reason: raw.reason.clone(),
            other: raw.other.clone(),
            is_overlaid: false,
        }
    }

    fn set_parameters(&mut self, overlays: &[Overlay]) {
        for change in overlays.iter().flat_map(|o| &o.parameters) {
            let Some(parameter) = self.parameters.iter_mut().find(|p| p.id == change.id) else {
                self.overlay_error(change.place, format!("参数“{}”没有定义", change.id));
                continue;
            };
            match parameter_value(&parameter.kind, &change.value) {
                Some(value) => {
                    parameter.value = Some(value);
                    parameter.is_overlaid = true;
                }
                None => self.overlay_error(
                    change.place,
                    format!("“{}”不是参数“{}”可能的取值", change.value.words(), change.id),
                ),
            }
        }
    }

    /// An overlay fits one pack only: same id, version and content.
    fn check_bases(&mut self, info: &raw::RawInfo, overlays: &[Overlay]) {
        for overlay in overlays {
            let base = &overlay.base;
            let (id, version) = (info.id.get_ref(), info.version.get_ref());
            if base.id != *id || base.version != *version {
                let reason = format!("是为规则包 {} {} 写的，这里是 {id} {version}", base.id, base.version);
                self.overlay_error(base.place, reason);
            } else if base.sha256 != self.sha256 {
                let reason = format!("规则包 {id} {version} 的内容与写补充包时不同（SHA-256 不一致）");
                self.overlay_error(base.place, reason);
            }
        }
    }
}

/// A rule's status and whether it is taken out, overlays included.
struct RuleState {
    status: Status,
    is_omitted: bool,
}

/// Numbers that a parameter may hold: anything larger is a slip of the pen.
const MAX_PARAMETER: i64 = 10_000;

fn parameter_value(kind: &ParameterKind, raw: &RawLiteral) -> Option<ParameterValue> {
    match (kind, raw) {
        (ParameterKind::Integer, RawLiteral::Integer(n)) if (0..=MAX_PARAMETER).contains(n) => {
            Some(ParameterValue::Integer(*n))
        }
        (ParameterKind::Period, RawLiteral::Text(t)) => Period::parse(t).ok().map(ParameterValue::Period),
        (ParameterKind::Choice(options), RawLiteral::Text(t)) => {
            options.iter().any(|o| &o.value == t).then(|| ParameterValue::Choice(t.clone()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests;
