//! Reads `precheck.pack/1`: shape first (one error, where the text breaks off), then meaning (every error there is).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};
use toml::Spanned;

use super::raw::{self, RawCondition, RawLiteral, Text};
use super::{
    Bound, Catalogue, Centre, ChoiceOption, Clause, Condition, Day, DeclarationTitle, Derivation, FORMAT,
    Fact, FactIdx, FactKind, Field, FieldKind, FormSection, IdentifierKind, Literal, Material, Organiser,
    Pack, PackInfo, Required, Route, Rule, Session, SessionKind, Source, Stage, Status, Track, Who,
};
use crate::domain::base::date::{Period, parse_iso};
use crate::domain::base::digest::hex;
use crate::domain::path::FieldPath;

/// The largest pack that is read, in bytes.
pub const MAX_PACK_BYTES: usize = 4 * 1024 * 1024;

/// How many fields, rules and the like one list of a pack may hold.
const MAX_ITEMS: usize = 5_000;

/// The most characters of a field whose pack does not say.
const DEFAULT_MAX_CHARS: usize = 200;

/// Where in the pack's text something stands; line and column count from 1, the column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第 {} 行第 {} 列", self.line, self.column)
    }
}

/// What is wrong with a pack.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Larger than [`MAX_PACK_BYTES`].
    #[error("规则包超过上限 {MAX_PACK_BYTES} 字节")]
    TooLarge {
        /// Size in bytes.
        found: usize,
    },
    /// Not UTF-8 from that byte on.
    #[error("第 {at} 字节起不是 UTF-8 编码")]
    NotUtf8 {
        /// Offset of the first wrong byte.
        at: usize,
    },
    /// Not TOML, a key that the format does not know, a key that is missing or twice; the words are the TOML
    /// reader's own.
    #[error("{place}：{reason}")]
    Shape {
        /// Where.
        place: Place,
        /// What, in the reader's words.
        reason: String,
    },
    /// Another format, or a newer one.
    #[error("{place}：格式是“{found}”，本程序只读 {FORMAT}")]
    Format {
        /// Where.
        place: Place,
        /// The format named there.
        found: String,
    },
    /// An id or word that nothing in the pack or the format defines.
    #[error("{place}：{what}“{found}”没有定义")]
    Unknown {
        /// Where.
        place: Place,
        /// What kind of thing is named.
        what: &'static str,
        /// The id or word.
        found: String,
    },
    /// An id is taken, or differs from a taken one only by letter case.
    #[error("{place}：{what}“{found}”重复")]
    Duplicate {
        /// Where.
        place: Place,
        /// What kind of thing is named.
        what: &'static str,
        /// The id.
        found: String,
    },
    /// An id that files and addresses cannot carry.
    #[error("{place}：编号“{found}”只能用字母、数字、点、下划线和连字符")]
    BadId {
        /// Where.
        place: Place,
        /// The id.
        found: String,
    },
    /// A date that is not `YYYY-MM-DD` or does not exist.
    #[error("{place}：“{found}”不是存在的日期，格式应为 2026-02-05")]
    BadDate {
        /// Where.
        place: Place,
        /// The text.
        found: String,
    },
    /// Anything else that cannot mean what it says.
    #[error("{place}：{reason}")]
    Meaning {
        /// Where.
        place: Place,
        /// What.
        reason: String,
    },
}

/// Reads a pack.
///
/// # Errors
/// Every problem found, each with its place; one only where the text cannot be read at all.
pub fn parse(bytes: &[u8]) -> Result<Pack, Vec<PackError>> {
    if bytes.len() > MAX_PACK_BYTES {
        return Err(vec![PackError::TooLarge { found: bytes.len() }]);
    }
    let text = std::str::from_utf8(bytes).map_err(|e| vec![PackError::NotUtf8 { at: e.valid_up_to() }])?;
    let raw: raw::RawPack = toml::from_str(text).map_err(|e| {
        let place = place_of(text, e.span().map_or(0, |s| s.start));
        vec![PackError::Shape { place, reason: e.message().lines().next().unwrap_or_default().to_owned() }]
    })?;
    if raw.format.get_ref() != FORMAT {
        let place = place_of(text, raw.format.span().start);
        return Err(vec![PackError::Format { place, found: raw.format.into_inner() }]);
    }
    let mut reader = Reader { text, errors: Vec::new(), ids: Ids::default(), facts: Vec::new() };
    let pack = reader.pack(raw, hex(&Sha256::digest(bytes)));
    if reader.errors.is_empty() { Ok(pack) } else { Err(reader.errors) }
}

fn place_of(text: &str, offset: usize) -> Place {
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
}

#[derive(Clone)]
struct OptionList {
    ordered: bool,
    none: Option<String>,
    list: Vec<ChoiceOption>,
}

struct Reader<'a> {
    text: &'a str,
    errors: Vec<PackError>,
    ids: Ids,
    facts: Vec<Fact>,
}

impl Reader<'_> {
    fn place(&self, span: &Range<usize>) -> Place {
        place_of(self.text, span.start)
    }

    fn meaning(&mut self, span: &Range<usize>, reason: impl Into<String>) {
        let place = self.place(span);
        self.errors.push(PackError::Meaning { place, reason: reason.into() });
    }

    fn unknown(&mut self, what: &'static str, at: &Text) {
        let place = self.place(&at.span());
        self.errors.push(PackError::Unknown { place, what, found: at.get_ref().clone() });
    }

    /// Gathers one kind of ids; ids that differ only by case count as the same.
    fn gather<'i>(&mut self, what: &'static str, ids: impl Iterator<Item = &'i Text>) -> BTreeSet<String> {
        let mut folded = BTreeSet::new();
        let mut known = BTreeSet::new();
        for id in ids {
            let place = self.place(&id.span());
            let found = id.get_ref().clone();
            if FieldPath::parse(&found).is_err() || found.contains('#') {
                self.errors.push(PackError::BadId { place, found });
            } else if folded.insert(found.to_ascii_lowercase()) {
                known.insert(found);
            } else {
                self.errors.push(PackError::Duplicate { place, what, found });
            }
            if known.len() > MAX_ITEMS {
                self.errors
                    .push(PackError::Meaning { place, reason: format!("{what}超过 {MAX_ITEMS} 个") });
                break;
            }
        }
        known
    }

    fn date(&mut self, at: &Text) -> NaiveDate {
        parse_iso(at.get_ref()).unwrap_or_else(|| {
            let place = self.place(&at.span());
            self.errors.push(PackError::BadDate { place, found: at.get_ref().clone() });
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

    fn pack(&mut self, raw: raw::RawPack, sha256: String) -> Pack {
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
        for options in &raw.options {
            self.gather("选项", options.list.iter().map(|o| &o.value));
            let list = options
                .list
                .iter()
                .map(|o| ChoiceOption {
                    value: o.value.get_ref().clone(),
                    label: o.label.clone(),
                    hint: o.hint.clone(),
                })
                .collect();
            self.ids.options.insert(
                options.id.get_ref().clone(),
                OptionList { ordered: options.ordered, none: options.none.clone(), list },
            );
        }
        self.facts = raw.fact.iter().map(|f| self.fact(f)).collect();
        for rule in &raw.rule {
            if rule.condition.is_none() {
                self.confirmation_fact(rule);
            }
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
        Pack {
            info,
            sha256,
            clauses: raw
                .clause
                .into_iter()
                .map(|c| Clause {
                    tracks: self.tracks(&c.tracks),
                    id: c.id.into_inner(),
                    locator: c.locator,
                    gist: c.gist,
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
            rules: raw.rule.iter().map(|r| self.rule(r)).collect(),
            sessions: raw.session.into_iter().map(|s| self.session(s)).collect(),
            centres: raw
                .centre
                .into_iter()
                .map(|c| Centre { id: c.id.into_inner(), label: c.label })
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
            facts: std::mem::take(&mut self.facts),
        }
    }

    fn fact(&mut self, raw: &raw::RawFact) -> Fact {
        let kind = match raw.kind.get_ref().as_str() {
            "bool" => FactKind::Bool,
            "date" => FactKind::Date,
            "integer" => FactKind::Integer,
            "text" => FactKind::Text,
            "choice" => {
                let options = self.option_list(raw.options.as_ref(), &raw.id);
                FactKind::Choice { options: options.list, ordered: options.ordered, none_label: options.none }
            }
            other => self.catalogue(other).map_or_else(
                || {
                    self.unknown("类型", &raw.kind);
                    FactKind::Text
                },
                FactKind::Code,
            ),
        };
        let who = match raw.who.as_ref().map(|w| w.get_ref().as_str()) {
            None | Some("applicant") => Who::Applicant,
            Some("unit") => Who::Unit,
            Some("centre") => Who::Centre,
            Some(_) => {
                if let Some(at) = &raw.who {
                    self.unknown("回答人", at);
                }
                Who::Applicant
            }
        };
        let derived = raw.derived.as_ref().and_then(|d| self.derivation(d));
        if derived.is_none() && raw.question.is_empty() {
            self.meaning(&raw.id.span(), format!("“{}”须写明 question", raw.id.get_ref()));
        }
        Fact {
            id: raw.id.get_ref().clone(),
            kind,
            question: raw.question.clone(),
            label: raw.label.clone(),
            help: raw.help.clone(),
            who,
            proof: raw.proof.clone(),
            tracks: self.tracks(&raw.tracks),
            derived,
        }
    }

    /// A rule without a condition is one that the person confirms against the official text.
    fn confirmation_fact(&mut self, rule: &raw::RawRule) {
        let status = rule.status.get_ref().as_str();
        if status != "awaiting" {
            self.meaning(
                &rule.id.span(),
                format!("规则“{}”没有 condition；只有 awaiting 可以没有", rule.id.get_ref()),
            );
        }
        let tracks = rule.tracks.iter().map(|t| t.get_ref().clone()).collect();
        self.facts.push(Fact {
            id: format!("confirm.{}", rule.id.get_ref()),
            kind: FactKind::Bool,
            question: rule.title.clone(),
            label: rule.title.clone(),
            help: rule.remedy.clone(),
            who: Who::Applicant,
            proof: rule.evidence.clone(),
            tracks,
            derived: None,
        });
    }

    fn catalogue(&self, word: &str) -> Option<Catalogue> {
        Some(match word {
            "occupation" => Catalogue::Occupation,
            "ethnic_group" => Catalogue::EthnicGroup,
            "political_status" => Catalogue::PoliticalStatus,
            "education" => Catalogue::Education,
            "sichuan_city" => Catalogue::SichuanCity,
            "title_series" => Catalogue::TitleSeries,
            _ => return None,
        })
    }

    fn derivation(&mut self, raw: &Spanned<raw::RawDerived>) -> Option<Derivation> {
        let (by, from) = (&raw.get_ref().by, raw.get_ref().from.as_ref());
        match (by.get_ref().as_str(), from) {
            ("track", None) => Some(Derivation::Track),
            ("session", None) => Some(Derivation::Session),
            ("session_organiser", None) => Some(Derivation::SessionOrganiser),
            ("occupation_class", Some(from)) => {
                if !self.ids.fields.contains(from.get_ref()) {
                    self.unknown("字段", from);
                }
                Some(Derivation::OccupationClass { from: from.get_ref().clone() })
            }
            ("attached", Some(from)) => {
                if !self.ids.materials.contains(from.get_ref()) {
                    self.unknown("材料", from);
                }
                Some(Derivation::Attached { material: from.get_ref().clone() })
            }
            _ => {
                self.unknown("推导方式", by);
                None
            }
        }
    }

    fn rule(&mut self, raw: &raw::RawRule) -> Rule {
        let status = match raw.status.get_ref().as_str() {
            "stated" => Status::Stated,
            "standard" => Status::Standard,
            "reported" => Status::Reported,
            "awaiting" => Status::Awaiting,
            _ => {
                self.unknown("状态", &raw.status);
                Status::Reported
            }
        };
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
        let condition = match &raw.condition {
            Some(c) => self.condition(c),
            None => self
                .fact_idx(&format!("confirm.{}", raw.id.get_ref()))
                .map_or_else(|| Condition::All(Vec::new()), Condition::Confirmed),
        };
        Rule {
            id: raw.id.get_ref().clone(),
            title: raw.title.clone(),
            clauses: self.clauses(&raw.clauses),
            status,
            blocking,
            stage,
            tracks: self.tracks(&raw.tracks),
            when: raw.when.as_ref().map(|c| self.condition(c)),
            condition,
            remedy: raw.remedy.clone(),
            evidence: raw.evidence.clone(),
            source: raw.source.as_ref().map(|s| s.get_ref().clone()),
            note: raw.note.clone(),
        }
    }

    fn fact_idx(&self, id: &str) -> Option<FactIdx> {
        self.facts.iter().position(|f| f.id == id).map(FactIdx)
    }

    fn condition(&mut self, at: &Spanned<RawCondition>) -> Condition {
        let raw = at.get_ref();
        let span = at.span();
        let empty = Condition::All(Vec::new());
        let n_heads = usize::from(raw.all.is_some())
            + usize::from(raw.any.is_some())
            + usize::from(raw.not.is_some())
            + usize::from(raw.review.is_some())
            + usize::from(raw.fact.is_some());
        if n_heads != 1 {
            self.meaning(&span, "条件须恰好写 all、any、not、review、fact 之一");
            return empty;
        }
        if let Some(list) = &raw.all {
            return Condition::All(self.conditions(list, &span));
        }
        if let Some(list) = &raw.any {
            return Condition::Any(self.conditions(list, &span));
        }
        if let Some(inner) = &raw.not {
            return Condition::Not(Box::new(self.condition(inner)));
        }
        if let Some(words) = &raw.review {
            return Condition::Review(words.clone());
        }
        let Some(fact_at) = &raw.fact else { return empty };
        let Some(idx) = self.fact_idx(fact_at.get_ref()) else {
            self.unknown("事实", fact_at);
            return empty;
        };
        self.comparison(raw, idx, &span).unwrap_or(empty)
    }

    fn conditions(&mut self, list: &[Spanned<RawCondition>], span: &Range<usize>) -> Vec<Condition> {
        if list.is_empty() {
            self.meaning(span, "all、any 至少要有一个条件");
        }
        list.iter().map(|c| self.condition(c)).collect()
    }

    fn comparison(&mut self, raw: &RawCondition, idx: FactIdx, span: &Range<usize>) -> Option<Condition> {
        let kind = self.facts.get(idx.0)?.kind.clone();
        let mut found = Vec::new();
        if let Some(v) = &raw.is {
            found.push(Condition::Is(idx, self.literal(&kind, v, span)));
        }
        if let Some(list) = &raw.one_of {
            found.push(Condition::In(idx, list.iter().map(|v| self.literal(&kind, v, span)).collect()));
        }
        match raw.given {
            Some(true) => found.push(Condition::Given(idx)),
            Some(false) => self.meaning(span, "given 只能是 true；相反的意思用 not"),
            None => {}
        }
        if let Some(v) = &raw.at_least
            && let Some(bound) = self.bound(&kind, v, span)
        {
            found.push(Condition::AtLeast(idx, bound));
        }
        if let Some(v) = &raw.at_most
            && let Some(bound) = self.bound(&kind, v, span)
        {
            found.push(Condition::AtMost(idx, bound));
        }
        let dated = [raw.within.as_ref(), raw.after.as_ref(), raw.before.as_ref()];
        if dated.iter().any(Option::is_some) && kind != FactKind::Date {
            self.meaning(span, "within、after、before 只能用于日期");
            return None;
        }
        if let Some(at) = &raw.within {
            match Period::parse(at.get_ref()) {
                Ok(period) => found.push(Condition::Within(idx, period)),
                Err(_) => self.meaning(&at.span(), format!("“{}”不是期间，例如一年写 P1Y", at.get_ref())),
            }
        }
        if let Some(at) = &raw.after {
            let day = self.day(at);
            found.push(Condition::After(idx, day));
        }
        if let Some(at) = &raw.before {
            let day = self.day(at);
            found.push(Condition::Before(idx, day));
        }
        if found.len() != 1 {
            self.meaning(
                span,
                "条件须恰好写一种比较：is、in、given、at_least、at_most、within、after、before",
            );
        }
        found.pop()
    }

    fn day(&mut self, at: &Text) -> Day {
        if at.get_ref() == "reference_date" { Day::Reference } else { Day::On(self.date(at)) }
    }

    fn literal(&mut self, kind: &FactKind, raw: &RawLiteral, span: &Range<usize>) -> Literal {
        let literal = match raw {
            RawLiteral::Bool(b) => Literal::Bool(*b),
            RawLiteral::Integer(n) => Literal::Integer(*n),
            RawLiteral::Text(t) => Literal::Text(t.clone()),
        };
        let fits = match (kind, &literal) {
            (FactKind::Bool, Literal::Bool(_))
            | (FactKind::Integer, Literal::Integer(_))
            | (FactKind::Text | FactKind::Code(_), Literal::Text(_)) => true,
            (FactKind::Choice { options, .. }, Literal::Text(t)) => options.iter().any(|o| &o.value == t),
            _ => false,
        };
        if !fits {
            self.meaning(span, format!("“{literal}”不是该事实可能的取值"));
        }
        literal
    }

    fn bound(&mut self, kind: &FactKind, raw: &RawLiteral, span: &Range<usize>) -> Option<Bound> {
        let bound = match (kind, raw) {
            (FactKind::Integer, RawLiteral::Integer(n)) => Some(Bound::Integer(*n)),
            (FactKind::Choice { options, ordered: true, .. }, RawLiteral::Text(t)) => {
                options.iter().position(|o| &o.value == t).map(Bound::Rank)
            }
            _ => None,
        };
        if bound.is_none() {
            self.meaning(span, "at_least、at_most 只能用于整数或有序选项，且取值须在选项之内");
        }
        bound
    }

    fn session(&mut self, raw: raw::RawSession) -> Session {
        let month = raw.month.as_ref().and_then(|at| {
            let day = parse_iso(&format!("{}-01", at.get_ref()));
            if day.is_none() {
                let place = self.place(&at.span());
                self.errors.push(PackError::BadDate { place, found: at.get_ref().clone() });
            }
            day
        });
        let kind = match raw.kind.get_ref().as_str() {
            "class" => SessionKind::Class,
            "retake" => SessionKind::Retake,
            _ => {
                self.unknown("班期类型", &raw.kind);
                SessionKind::Class
            }
        };
        let organiser = match raw.organiser.get_ref().as_str() {
            "province" => Organiser::Province,
            "city" => Organiser::City,
            _ => {
                self.unknown("组织者", &raw.organiser);
                Organiser::Province
            }
        };
        Session {
            tracks: self.tracks(&raw.tracks),
            clauses: self.clauses(&raw.clauses),
            id: raw.id.into_inner(),
            label: raw.label,
            month,
            kind,
            organiser,
        }
    }

    fn route(&mut self, raw: &raw::RawRoute) -> Route {
        if !["accepts", "reviews", "trains", "issues"].contains(&raw.step.get_ref().as_str()) {
            self.unknown("步骤", &raw.step);
        }
        if !self.ids.centres.contains(raw.centre.get_ref()) {
            self.unknown("中心", &raw.centre);
        }
        Route {
            step: raw.step.get_ref().clone(),
            centre: raw.centre.get_ref().clone(),
            when: self.condition(&raw.when),
            tracks: self.tracks(&raw.tracks),
            clauses: self.clauses(&raw.clauses),
            note: raw.note.clone(),
        }
    }

    fn material(&mut self, raw: &raw::RawMaterial) -> Material {
        Material {
            id: raw.id.get_ref().clone(),
            label: raw.label.clone(),
            hint: raw.hint.clone(),
            tracks: self.tracks(&raw.tracks),
            required: raw.required,
            when: raw.when.as_ref().map(|c| self.condition(c)),
            instead: self.known("材料", &raw.instead, |ids| &ids.materials),
            shows: self.known("字段", &raw.shows, |ids| &ids.fields),
            clauses: self.clauses(&raw.clauses),
        }
    }

    fn section(&mut self, raw: &raw::RawSection) -> FormSection {
        FormSection {
            id: raw.id.get_ref().clone(),
            title: raw.title.clone(),
            tracks: self.tracks(&raw.tracks),
            fields: raw.field.iter().map(|f| self.field(f)).collect(),
        }
    }

    fn field(&mut self, raw: &raw::RawField) -> Field {
        let kind = match raw.kind.get_ref().as_str() {
            "text" => FieldKind::Text,
            "long_text" => FieldKind::LongText,
            "date" => FieldKind::Date,
            "month" => FieldKind::Month,
            "bool" => FieldKind::Bool,
            "integer" => FieldKind::Integer,
            "resume" => FieldKind::Resume,
            "choice" => {
                let options = self.option_list(raw.options.as_ref(), &raw.id);
                FieldKind::Choice { options: options.list, none_label: options.none }
            }
            "identity" => FieldKind::Identifier(IdentifierKind::Identity),
            "certificate" => FieldKind::Identifier(IdentifierKind::Certificate),
            "credit_code" => FieldKind::Identifier(IdentifierKind::CreditCode),
            "filing_number" => FieldKind::Identifier(IdentifierKind::FilingNumber),
            "examiner_card" => FieldKind::Identifier(IdentifierKind::ExaminerCard),
            "phone" => FieldKind::Identifier(IdentifierKind::Phone),
            "email" => FieldKind::Identifier(IdentifierKind::Email),
            "postal_code" => FieldKind::Identifier(IdentifierKind::PostalCode),
            other => self.catalogue(other).map_or_else(
                || {
                    self.unknown("类型", &raw.kind);
                    FieldKind::Text
                },
                FieldKind::Code,
            ),
        };
        let required = match (&raw.required_when, raw.required) {
            (Some(condition), false) => Required::When(self.condition(condition)),
            (Some(condition), true) => {
                self.meaning(&condition.span(), "required 与 required_when 只能写一个");
                Required::Yes
            }
            (None, true) => Required::Yes,
            (None, false) => Required::No,
        };
        if raw.clauses.is_empty() {
            self.meaning(&raw.id.span(), format!("字段“{}”没有条款", raw.id.get_ref()));
        }
        Field {
            id: raw.id.get_ref().clone(),
            label: raw.label.clone(),
            synonyms: raw.synonyms.clone(),
            kind,
            required,
            tracks: self.tracks(&raw.tracks),
            hint: raw.hint.clone(),
            max_chars: raw.max_chars.unwrap_or(DEFAULT_MAX_CHARS),
            clauses: self.clauses_or_standards(&raw.clauses),
            printed: raw.printed.unwrap_or(true),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pack::BUILT_IN_TEXT;

    #[test]
    fn the_built_in_pack_is_read() {
        let pack = parse(BUILT_IN_TEXT.as_bytes())
            .map_err(|e| e.iter().map(ToString::to_string).collect::<Vec<_>>())
            .unwrap();
        assert_eq!(pack.info.id, "sichuan-2026");
        assert_eq!(pack.tracks.len(), 4);
    }

    /// Replaces the first `from` in the built-in pack and expects exactly these errors.
    #[track_caller]
    fn check_errors(from: &str, to: &str, expected: &[&str]) {
        assert!(BUILT_IN_TEXT.contains(from), "{from}");
        let text = BUILT_IN_TEXT.replacen(from, to, 1);
        let found: Vec<String> =
            parse(text.as_bytes()).unwrap_err().iter().map(ToString::to_string).collect();
        let places: Vec<&str> =
            found.iter().map(|f| f.split_once('：').map_or(f.as_str(), |(_, rest)| rest)).collect();
        assert_eq!(places, expected, "{found:?}");
        assert!(found.iter().all(|f| f.starts_with("第 ")), "{found:?}");
    }

    #[test]
    fn mistakes_are_named_with_their_place() {
        check_errors(
            "precheck.pack/1",
            "precheck.pack/2",
            &["格式是“precheck.pack/2”，本程序只读 precheck.pack/1"],
        );
        check_errors(
            "issued = \"2026-01-29\"",
            "issued = \"2026-02-30\"",
            &["“2026-02-30”不是存在的日期，格式应为 2026-02-05"],
        );
        check_errors(
            "fact = \"unit.filing\", in",
            "fact = \"unit.fling\", in",
            &["事实“unit.fling”没有定义"],
        );
        check_errors(
            "in = [\"filed\", \"accepted\"]",
            "in = [\"filled\"]",
            &["“filled”不是该事实可能的取值"],
        );
        check_errors(
            "within = \"P1Y\"",
            "within = \"1Y\"",
            &[
                "“1Y”不是期间，例如一年写 P1Y",
                "条件须恰好写一种比较：is、in、given、at_least、at_most、within、after、before",
            ],
        );
        check_errors(
            "at_least = \"3\"",
            "at_least = \"9\"",
            &[
                "at_least、at_most 只能用于整数或有序选项，且取值须在选项之内",
                "条件须恰好写一种比较：is、in、given、at_least、at_most、within、after、before",
            ],
        );
        check_errors("id = \"R02\"", "id = \"r01\"", &["规则“r01”重复"]);
        check_errors(
            "status = \"reported\"",
            "status = \"reported\"\nblocking = true",
            &["只有 stated 和 standard 的规则可以 blocking"],
        );
        check_errors("clauses = [\"1.1\", \"1.2\"]", "clauses = [\"1.9\"]", &["条款“1.9”没有定义"]);
        check_errors(
            "label = \"考评员\"",
            "label = \"考评员\"\nmore = 1",
            &["unknown field `more`, expected one of `id`, `label`, `hint`, `clauses`"],
        );
        check_errors("label = \"考评员\"", "label = \"考评员\"\nlabel = \"x\"", &["duplicate key"]);
    }

    #[test]
    fn hostile_packs_are_refused() {
        let depth = 10_000;
        let nested = format!("format = \"precheck.pack/1\"\nx = {}1{}", "[".repeat(depth), "]".repeat(depth));
        assert!(matches!(parse(nested.as_bytes()).unwrap_err().as_slice(), [PackError::Shape { .. }]));
        assert_eq!(
            parse(&vec![b'['; MAX_PACK_BYTES + 1]).unwrap_err(),
            [PackError::TooLarge { found: MAX_PACK_BYTES + 1 }]
        );
        assert_eq!(parse(b"a = \"\xff\"").unwrap_err(), [PackError::NotUtf8 { at: 5 }]);
        let half = &BUILT_IN_TEXT.as_bytes()[..BUILT_IN_TEXT.find("[[rule]]").unwrap() + 20];
        assert!(matches!(parse(half).unwrap_err().as_slice(), [PackError::Shape { .. }]));
    }
}
