//! A rule pack (规则包): what one notice says, as data. [`parse`] reads `precheck.pack/1`; everything here has been
//! checked: every id is known, every condition fits its fact's type, only the notice's own words and national
//! standards may block.

mod compare;
mod condition;
mod error;
mod overlay;
mod parse;
mod raw;
mod words;

use std::collections::BTreeMap;

use std::fmt;

use chrono::{Months, NaiveDate};

use crate::domain::base::date::Period;
use crate::domain::path::FieldPath;

pub use compare::{Difference, differences};
pub use condition::{Bound, Condition, Day, Literal, MAX_DEPTH, MAX_NODES, Term};
pub use error::{PackError, Place};
pub use overlay::{MAX_OVERLAY_BYTES, OVERLAY_FORMAT, Overlay, OverlayRef, OverlayRule};
pub use parse::{MAX_ITEMS, MAX_PACK_BYTES, parse, parse_with};

/// The format that [`parse`] reads.
pub const FORMAT: &str = "precheck.pack/1";

/// The text of the built-in pack.
pub const BUILT_IN_TEXT: &str = include_str!("../../static/packs/sichuan-2026/pack.toml");

/// A rule pack.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pack {
    /// What it is and where it comes from.
    pub info: PackInfo,
    /// The pack's text, as it was read.
    pub text: String,
    /// SHA-256 of the pack's text, in hexadecimal.
    pub sha256: String,
    /// What was laid over it, in order.
    pub overlays: Vec<OverlayRef>,
    /// Numbers and conventions that rules and deadlines read.
    pub parameters: Vec<Parameter>,
    /// The notice's clauses (条款) that a person can be held to.
    pub clauses: Vec<Clause>,
    /// Texts other than the notice that a rule may cite.
    pub sources: Vec<Source>,
    /// The kinds of application (申报类别).
    pub tracks: Vec<Track>,
    /// What rules ask about; conditions name them by their place in this list.
    pub facts: Vec<Fact>,
    /// The rules, in the order in which they are shown.
    pub rules: Vec<Rule>,
    /// Classes (培训班) and retakes (补考).
    pub sessions: Vec<Session>,
    /// The centres (职鉴中心) that accept, review, train and issue.
    pub centres: Vec<Centre>,
    /// Which centre does which step for whom.
    pub routes: Vec<Route>,
    /// What is to be attached (申报材料).
    pub materials: Vec<Material>,
    /// The declaration form (申报表), section by section.
    pub form: Vec<FormSection>,
    /// The titles that the declaration may carry, by track.
    pub declarations: Vec<DeclarationTitle>,
    /// Words that head the parts of a form, by the first part of the keys of what stands there (`title`: 职称情况);
    /// under [`OTHER_PEOPLE`] those of parts that tell of somebody else, such as 家庭成员.
    pub headings: BTreeMap<String, Vec<String>>,
}

/// The key of [`Pack::headings`] for parts of a form that tell of somebody else.
pub const OTHER_PEOPLE: &str = "other_people";

/// A pack's identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PackInfo {
    /// Stable id, such as `sichuan-2026`.
    pub id: String,
    /// Version of the pack (not of the notice).
    pub version: String,
    /// The notice's title.
    pub title: String,
    /// Who issued the notice.
    pub issuer: String,
    /// Date under the notice (落款).
    pub issued: NaiveDate,
    /// Day of publication.
    pub published: NaiveDate,
    /// First day on which the pack applies.
    pub valid_from: NaiveDate,
    /// Last day on which it applies.
    pub valid_to: NaiveDate,
    /// Where the notice can be read.
    pub address: String,
}

/// One clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clause {
    /// Id, such as `1.6.1`.
    pub id: String,
    /// How people cite it, such as 第一条第（六）项第1目.
    pub locator: String,
    /// What it says, in our words.
    pub gist: String,
    /// Tracks that it speaks of; empty for all.
    pub tracks: Vec<String>,
    /// Why no rule rests on it, where none does; empty otherwise.
    pub without_rule: String,
}

/// A number or a convention (参数): what an attachment will fix, or which of two readings is taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Id, such as `annex1.senior.card_period`.
    pub id: String,
    /// Its name.
    pub label: String,
    /// What values it takes.
    pub kind: ParameterKind,
    /// Its value; `None` until it is known.
    pub value: Option<ParameterValue>,
    /// Clauses.
    pub clauses: Vec<String>,
    /// Why this value.
    pub reason: String,
    /// The other reading and what it would give; empty where there is none.
    pub other: String,
    /// Whether an overlay has set it.
    pub is_overlaid: bool,
}

/// What values a parameter takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterKind {
    /// A whole number.
    Integer,
    /// A length of time.
    Period,
    /// One of the options.
    Choice(Vec<ChoiceOption>),
}

/// The value of a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterValue {
    /// A whole number.
    Integer(i64),
    /// A length of time.
    Period(Period),
    /// The value of an option.
    Choice(String),
}

impl Parameter {
    /// Its value in words; empty while it has none.
    #[must_use]
    pub fn words(&self) -> String {
        match (&self.value, &self.kind) {
            (None, _) => String::new(),
            (Some(ParameterValue::Choice(value)), ParameterKind::Choice(options)) => {
                options.iter().find(|o| &o.value == value).map_or_else(|| value.clone(), |o| o.label.clone())
            }
            (Some(value), _) => value.to_string(),
        }
    }
}

impl ParameterValue {
    /// The value as it stands in a pack file.
    #[must_use]
    pub fn to_file(&self) -> String {
        match self {
            Self::Integer(n) => n.to_string(),
            Self::Period(period) => period.to_iso(),
            Self::Choice(value) => value.clone(),
        }
    }
}

impl fmt::Display for ParameterValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(n) => write!(f, "{n}"),
            Self::Period(period) => write!(f, "{period}"),
            Self::Choice(value) => f.write_str(value),
        }
    }
}

/// A text that is not the notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it can be read; empty where nowhere.
    pub address: String,
    /// How sure it is and what is missing, in words.
    pub certainty: String,
}

/// A kind of application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    /// Id, such as `examiner`.
    pub id: String,
    /// Its name in the notice.
    pub label: String,
    /// Whom it is for, in a line.
    pub hint: String,
    /// Clauses.
    pub clauses: Vec<String>,
}

/// Place of a fact in [`Pack::facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FactIdx(pub usize);

/// Something about the person or the unit that rules read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// Id; the answer's key where the fact is asked.
    pub id: String,
    /// The path whose answer settles the fact: its own, or the one that it is derived from.
    pub path: FieldPath,
    /// What kind of value it has.
    pub kind: FactKind,
    /// The question, as it is put to the person.
    pub question: String,
    /// The fact's name in lists.
    pub label: String,
    /// What helps to answer.
    pub help: String,
    /// Words for "there is none" (`null`), where that is an answer; a choice has its own.
    pub none_label: Option<String>,
    /// Who can answer: the applicant, the unit, the centre.
    pub who: Who,
    /// What proves the answer.
    pub proof: String,
    /// Which tracks read it; empty for all.
    pub tracks: Vec<String>,
    /// Where the value comes from when it is not asked.
    pub derived: Option<Derivation>,
    /// Whether the answer tells what has happened already, so that nobody can be advised to change it.
    pub is_fixed: bool,
}

/// The kind of a fact's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactKind {
    /// Yes or no.
    Bool,
    /// One of the options; `ordered` where they stand from low to high and may be compared.
    Choice {
        /// The options.
        options: Vec<ChoiceOption>,
        /// Whether their order means rank.
        ordered: bool,
        /// Whether "there is none" (`null`) is an answer, and its words.
        none_label: Option<String>,
    },
    /// A day.
    Date,
    /// A whole number.
    Integer,
    /// Any text.
    Text,
    /// A code of a catalogue.
    Code(Catalogue),
    /// The examinations taken (考试经历): a list of `{id, date, session, outcome}`.
    History,
}

/// One answer of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChoiceOption {
    /// The value in files.
    pub value: String,
    /// Its words.
    pub label: String,
    /// What it means, where the words do not tell.
    pub hint: String,
    /// What else people and forms call it.
    pub names: Vec<String>,
}

/// A catalogue (代码表) whose codes are answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Catalogue {
    /// 职业分类大典（2022年版）.
    Occupation,
    /// GB/T 3304 民族.
    EthnicGroup,
    /// GB/T 4762 政治面貌.
    PoliticalStatus,
    /// GB/T 4658 学历.
    Education,
    /// 四川省 21 个市（州）, GB/T 2260.
    SichuanCity,
    /// 职称系列, GB/T 8561.
    TitleSeries,
}

/// Who can answer a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// 申报人本人.
    Applicant,
    /// 推荐单位.
    Unit,
    /// 职鉴中心.
    Centre,
}

/// How a fact follows from other parts of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Derivation {
    /// The track itself.
    Track,
    /// The session's id.
    Session,
    /// Who organises the session: `province` or `city`.
    SessionOrganiser,
    /// What the session is: `class` or `retake`.
    SessionKind,
    /// The first day of the session's month; the day of judgement where the notice leaves the month open.
    SessionFirstDay,
    /// The last day of the session's month; the day of judgement where the notice leaves the month open.
    SessionLastDay,
    /// What follows from the examinations taken, `exam.history`.
    History(HistoryFact),
    /// The day on which a card that was not claimed lapsed: the last day of the period after `card.notice_on`.
    CardLapse {
        /// The period for claiming it.
        term: Term,
        /// Whether a last day that is no working day runs to the next working day (民法典第二百零三条).
        rolls: bool,
    },
    /// The major class (大类) of the occupation code in the named answer.
    OccupationClass {
        /// Key of the occupation code.
        from: String,
    },
    /// Whether a file of the material is attached; not attached yet is unknown, not no.
    Attached {
        /// Id of the material.
        material: String,
    },
}

/// The parameter that says whether the last day for claiming a card runs on over holidays.
pub const CLAIM_END: &str = "card.claim_end";

/// What follows from the examinations taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HistoryFact {
    /// How many examinations were failed since the last that was passed, or since the third failure.
    Failures,
    /// How many retakes were taken among them.
    Retakes,
    /// The day of the first of them that was failed.
    FirstFailedOn,
    /// The day of the last third failure in a row.
    ThirdFailedOn,
    /// Whether the last examination was missed without leave (无故缺考).
    Absent,
    /// Whether any was passed.
    Passed,
}

/// A rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Id, such as `R02`.
    pub id: String,
    /// What must hold, in a line.
    pub title: String,
    /// Clauses it rests on.
    pub clauses: Vec<String>,
    /// How sure the rule is.
    pub status: Status,
    /// Whether its failure bars the application.
    pub blocking: bool,
    /// When it counts.
    pub stage: Stage,
    /// Tracks it applies to.
    pub tracks: Vec<String>,
    /// Only where this holds; otherwise the rule does not apply.
    pub when: Option<Condition>,
    /// What must hold.
    pub condition: Condition,
    /// What to do when it fails.
    pub remedy: String,
    /// What proves it.
    pub evidence: String,
    /// Id of the source, for what the notice does not say itself.
    pub source: Option<String>,
    /// The reading chosen where the notice can be read in two ways, and the other reading.
    pub note: String,
    /// Parameters that its condition reads.
    pub parameters: Vec<String>,
    /// Whether it waits for a parameter that has no value yet: it is shown, not judged.
    pub is_dormant: bool,
    /// The facts that its condition reads as it is written, also while it is confirmed by hand instead.
    pub written_facts: Vec<FactIdx>,
}

/// How sure a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// In the notice's body.
    Stated,
    /// In a national standard.
    Standard,
    /// In an earlier text or another province's.
    Reported,
    /// In an attachment that the pack's author has not seen.
    Awaiting,
}

impl Status {
    /// Reads the word in files.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Stated, Self::Standard, Self::Reported, Self::Awaiting]
            .into_iter()
            .find(|s| s.as_str() == word)
    }

    /// Whether a rule of this status may bar an application.
    #[must_use]
    pub fn may_block(self) -> bool {
        matches!(self, Self::Stated | Self::Standard)
    }

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Standard => "standard",
            Self::Reported => "reported",
            Self::Awaiting => "awaiting",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Stated => "通知正文",
            Self::Standard => "国家标准",
            Self::Reported => "往年或外省文本，仅供参考",
            Self::Awaiting => "附件条件，待对照官方附件确认",
        }
    }
}

/// When a rule counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// For the question whether the person may apply.
    Eligibility,
    /// For the documents, once they are handed in.
    Submission,
    /// After admission: training, examination, leave, card.
    After,
}

impl Stage {
    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Eligibility => "eligibility",
            Self::Submission => "submission",
            Self::After => "after",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Eligibility => "申报条件",
            Self::Submission => "申报材料",
            Self::After => "培训、考试和领证",
        }
    }
}

/// A class or a retake.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id: `2026-07`, or `city` for a city's own class whose month the notice leaves open.
    pub id: String,
    /// Its name.
    pub label: String,
    /// First day of its month, where the notice fixes one.
    pub month: Option<NaiveDate>,
    /// What it is.
    pub kind: SessionKind,
    /// Who organises it.
    pub organiser: Organiser,
    /// Tracks that it serves.
    pub tracks: Vec<String>,
    /// Clauses.
    pub clauses: Vec<String>,
}

/// What a session is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SessionKind {
    /// 培训班.
    Class,
    /// 补考.
    Retake,
}

/// Who organises a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Organiser {
    /// 省职鉴中心.
    Province,
    /// 市（州）职鉴中心.
    City,
}

/// A centre; `{city}` in its label stands for the unit's city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Centre {
    /// Id.
    pub id: String,
    /// Its name.
    pub label: String,
    /// The public key (age) to which bundles for it may be encrypted; `None` where it has published none.
    pub recipient: Option<String>,
}

/// One step of the way that an application takes through the centres.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Route {
    /// `accepts`, `reviews`, `trains` or `issues`.
    pub step: String,
    /// Id of the centre.
    pub centre: String,
    /// For whom; all where there is none.
    pub when: Option<Condition>,
    /// Tracks.
    pub tracks: Vec<String>,
    /// Clauses.
    pub clauses: Vec<String>,
    /// What is left open, if anything.
    pub note: String,
}

/// Something to attach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Material {
    /// Id, such as `resident-id`.
    pub id: String,
    /// Its name in the notice.
    pub label: String,
    /// What it must show, in words.
    pub hint: String,
    /// Tracks.
    pub tracks: Vec<String>,
    /// Whether its absence bars the submission.
    pub required: bool,
    /// Where it is required only for some.
    pub when: Option<Condition>,
    /// Materials of which one is enough instead of this one.
    pub instead: Vec<String>,
    /// Keys of the answers that stand on it and can be compared.
    pub shows: Vec<String>,
    /// What its files must be like, where a notice says so.
    pub limits: Limits,
    /// Clauses.
    pub clauses: Vec<String>,
}

/// What the files of a material must be like. Nothing is asked unless a pack does: this notice asks nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Limits {
    /// The largest file, in bytes.
    pub max_bytes: Option<u64>,
    /// Media types; empty for any.
    pub media_types: Vec<String>,
    /// The least width and height of a picture, in pixels.
    pub min_pixels: Option<(usize, usize)>,
    /// Width to height of a picture.
    pub proportion: Option<(usize, usize)>,
    /// What is behind the person on a photo.
    pub background: Option<Background>,
}

/// The colour behind the person on a photo (证件照底色).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Background {
    /// 白底.
    White,
    /// 蓝底.
    Blue,
    /// 红底.
    Red,
}

impl Background {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::White, Self::Blue, Self::Red];

    /// The word in packs.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::White => "white",
            Self::Blue => "blue",
            Self::Red => "red",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::White => "白底",
            Self::Blue => "蓝底",
            Self::Red => "红底",
        }
    }

    /// Whether a colour, as a camera gives it, can be this one: red, green and blue.
    #[must_use]
    pub fn is_of(self, (r, g, b): (u8, u8, u8)) -> bool {
        let (low, high) = (r.min(g).min(b), r.max(g).max(b));
        let spread = high - low;
        match self {
            Self::White => low >= 200 && spread <= 40,
            Self::Blue => b == high && b.saturating_sub(r) >= 40,
            Self::Red => r == high && r.saturating_sub(g) >= 60 && r.saturating_sub(b) >= 60,
        }
    }
}

/// The title of the declaration for some tracks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeclarationTitle {
    /// Tracks.
    pub tracks: Vec<String>,
    /// The title.
    pub title: String,
    /// Another title that the notice uses for the same form.
    pub also: String,
    /// Number of the attachment, such as 附件2.
    pub annex: String,
    /// Clauses.
    pub clauses: Vec<String>,
}

/// A section of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FormSection {
    /// Id, in addresses.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// Tracks; empty for all.
    pub tracks: Vec<String>,
    /// The fields.
    pub fields: Vec<Field>,
}

/// A field of the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Key of the answer.
    pub id: String,
    /// The label on the form.
    pub label: String,
    /// Other labels for the same field on official forms.
    pub synonyms: Vec<String>,
    /// Labels that name it only under a heading of its part, such as 发证日期 under 职称情况.
    pub short: Vec<String>,
    /// What the columns of a list are called on forms; empty for other fields.
    pub columns: Columns,
    /// What may be entered.
    pub kind: FieldKind,
    /// Whether it must be filled, and when.
    pub required: Required,
    /// Tracks; empty for all.
    pub tracks: Vec<String>,
    /// What helps to fill it.
    pub hint: String,
    /// The most characters that fit, counted as Unicode characters.
    pub max_chars: usize,
    /// Clauses or standards.
    pub clauses: Vec<String>,
    /// Whether it stands on the printed declaration.
    pub printed: bool,
}

/// What the columns of 工作简历 are called on forms.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Columns {
    /// From and to in one column.
    pub period: Vec<String>,
    /// From.
    pub from: Vec<String>,
    /// To.
    pub to: Vec<String>,
    /// Unit.
    pub unit: Vec<String>,
    /// Position.
    pub position: Vec<String>,
}

/// Whether a field must be filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Required {
    /// Never.
    No,
    /// Always.
    Yes,
    /// Where the condition holds.
    When(Condition),
}

/// What a field takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// 工种: one line, with suggestions that bind nobody.
    Worktype,
    /// Several lines.
    LongText,
    /// A day.
    Date,
    /// A year and month.
    Month,
    /// Yes or no.
    Bool,
    /// A whole number.
    Integer,
    /// One of the options.
    Choice {
        /// The options.
        options: Vec<ChoiceOption>,
        /// Words for "there is none", where that is an answer.
        none_label: Option<String>,
    },
    /// A code of a catalogue.
    Code(Catalogue),
    /// A number with a known make-up.
    Identifier(IdentifierKind),
    /// Work experience: a list of `{id, from, to, unit, position}`.
    Resume,
}

/// Numbers with a known make-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IdentifierKind {
    /// The number of the document named by `person.id_type`.
    Identity,
    /// The number of the certificate named by `certificate.kind`.
    Certificate,
    /// 统一社会信用代码.
    CreditCode,
    /// 备案号.
    FilingNumber,
    /// 考评员证卡号.
    ExaminerCard,
    /// 联系电话.
    Phone,
    /// 电子邮箱.
    Email,
    /// 邮政编码.
    PostalCode,
}

impl Pack {
    /// The built-in pack.
    ///
    /// # Errors
    /// None for the pack that is shipped: a test parses it.
    pub fn built_in() -> Result<Self, Vec<PackError>> {
        parse(BUILT_IN_TEXT.as_bytes())
    }

    /// The same pack with other overlays laid over it.
    ///
    /// # Errors
    /// What of an overlay does not fit, with its place.
    pub fn with_overlays(&self, overlays: &[Overlay]) -> Result<Self, Vec<PackError>> {
        parse_with(self.text.as_bytes(), overlays)
    }

    /// What tells this pack with its overlays from every other: the digests of their texts.
    #[must_use]
    pub fn key(&self) -> String {
        let overlays = self.overlays.iter().map(|o| o.sha256.as_str());
        std::iter::once(self.sha256.as_str()).chain(overlays).collect::<Vec<_>>().join("+")
    }

    /// Nothing: what a reader returns beside its errors.
    fn empty() -> Self {
        let day = NaiveDate::default();
        let info = PackInfo {
            id: String::new(),
            version: String::new(),
            title: String::new(),
            issuer: String::new(),
            issued: day,
            published: day,
            valid_from: day,
            valid_to: day,
            address: String::new(),
        };
        Self {
            info,
            text: String::new(),
            sha256: String::new(),
            overlays: Vec::new(),
            parameters: Vec::new(),
            clauses: Vec::new(),
            sources: Vec::new(),
            tracks: Vec::new(),
            facts: Vec::new(),
            rules: Vec::new(),
            sessions: Vec::new(),
            centres: Vec::new(),
            routes: Vec::new(),
            materials: Vec::new(),
            form: Vec::new(),
            declarations: Vec::new(),
            headings: BTreeMap::new(),
        }
    }

    /// The clause of that id.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses.iter().find(|c| c.id == id)
    }

    /// How the clause or standard `id` is cited: its locator, or the id itself where it is a standard's number.
    #[must_use]
    pub fn cite<'a>(&'a self, id: &'a str) -> &'a str {
        self.clause(id).map_or(id, |c| c.locator.as_str())
    }

    /// Those of `clauses` that speak of the track, so that nobody is shown another one's clause. Numbers of standards
    /// stay. Where none would be left, such as for another track's session, all stay: nothing is said without ground.
    #[must_use]
    pub fn clauses_for(&self, clauses: &[String], track: &str) -> Vec<String> {
        let concerns = |id: &&String| self.clause(id).is_none_or(|c| serves(&c.tracks, track));
        let fitting: Vec<String> = clauses.iter().filter(concerns).cloned().collect();
        if fitting.is_empty() { clauses.to_vec() } else { fitting }
    }

    /// The track of that id.
    #[must_use]
    pub fn track(&self, id: &str) -> Option<&Track> {
        self.tracks.iter().find(|t| t.id == id)
    }

    /// The session of that id.
    #[must_use]
    pub fn session(&self, id: &str) -> Option<&Session> {
        self.sessions.iter().find(|s| s.id == id)
    }

    /// The rule of that id.
    #[must_use]
    pub fn rule(&self, id: &str) -> Option<&Rule> {
        self.rules.iter().find(|r| r.id == id)
    }

    /// The source of that id.
    #[must_use]
    pub fn source(&self, id: &str) -> Option<&Source> {
        self.sources.iter().find(|s| s.id == id)
    }

    /// The parameter of that id.
    #[must_use]
    pub fn parameter(&self, id: &str) -> Option<&Parameter> {
        self.parameters.iter().find(|p| p.id == id)
    }

    /// The value of a choice parameter.
    #[must_use]
    pub fn choice(&self, id: &str) -> Option<&str> {
        match &self.parameter(id)?.value {
            Some(ParameterValue::Choice(value)) => Some(value),
            _ => None,
        }
    }

    /// The period of a parameter.
    #[must_use]
    pub fn period(&self, id: &str) -> Option<Period> {
        match &self.parameter(id)?.value {
            Some(ParameterValue::Period(period)) => Some(*period),
            _ => None,
        }
    }

    /// The fact of that id, with its place.
    #[must_use]
    pub fn fact(&self, id: &str) -> Option<(FactIdx, &Fact)> {
        self.facts.iter().enumerate().find(|(_, f)| f.id == id).map(|(i, f)| (FactIdx(i), f))
    }

    /// The fact at `idx`.
    #[must_use]
    pub fn fact_at(&self, idx: FactIdx) -> Option<&Fact> {
        self.facts.get(idx.0)
    }

    /// The material of that id.
    #[must_use]
    pub fn material(&self, id: &str) -> Option<&Material> {
        self.materials.iter().find(|m| m.id == id)
    }

    /// The sections that a track fills in, each with the fields of that track.
    pub fn sections_for<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a FormSection> + 'a {
        self.form.iter().filter(move |s| serves(&s.tracks, track))
    }

    /// Every field that a track fills in, in form order.
    pub fn fields_for<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a Field> + 'a {
        self.sections_for(track).flat_map(move |s| s.fields_for(track))
    }

    /// The field of that key, whatever the track.
    #[must_use]
    pub fn field(&self, id: &str) -> Option<&Field> {
        self.form.iter().flat_map(|s| &s.fields).find(|f| f.id == id)
    }

    /// The name of what stands at an answer's key: the field's label, else the fact's.
    #[must_use]
    pub fn label_of<'a>(&'a self, key: &'a str) -> &'a str {
        if let Some(field) = self.field(key) {
            return &field.label;
        }
        if let Some((_, fact)) = self.fact(key) {
            return &fact.label;
        }
        if let Some(material) = key.strip_prefix("materials.").and_then(|id| self.material(id)) {
            return &material.label;
        }
        key
    }

    /// The materials of a track.
    pub fn materials_for<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a Material> + 'a {
        self.materials.iter().filter(move |m| serves(&m.tracks, track))
    }

    /// The rules of a track that are judged: those that wait for a parameter are not.
    pub fn rules_for<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a Rule> + 'a {
        self.rules.iter().filter(move |r| !r.is_dormant && serves(&r.tracks, track))
    }

    /// The retakes (补考) of a track.
    pub fn retakes_for<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a Session> + 'a {
        self.sessions.iter().filter(move |s| s.kind == SessionKind::Retake && serves(&s.tracks, track))
    }

    /// The classes of a track.
    pub fn classes_for<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a Session> + 'a {
        self.sessions.iter().filter(move |s| s.kind == SessionKind::Class && serves(&s.tracks, track))
    }

    /// The declaration's title for a track.
    #[must_use]
    pub fn declaration_for(&self, track: &str) -> Option<&DeclarationTitle> {
        self.declarations.iter().find(|d| serves(&d.tracks, track))
    }
}

impl Rule {
    /// Whether the verdict rests on it: a condition for applying that may bar.
    #[must_use]
    pub fn is_decisive(&self) -> bool {
        self.blocking && self.stage == Stage::Eligibility
    }

    /// Calls `visit` for every part of when it applies and of what it requires.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Condition)) {
        self.when.iter().chain([&self.condition]).for_each(|condition| condition.walk(visit));
    }

    /// Every fact that it reads, each once, in the pack's order.
    #[must_use]
    pub fn facts(&self) -> Vec<FactIdx> {
        let mut found = Vec::new();
        self.walk(&mut |part| found.extend(part.own_facts()));
        found.sort_unstable();
        found.dedup();
        found
    }
}

impl Session {
    /// The last day of its month, where the notice fixes one.
    #[must_use]
    pub fn last_day(&self) -> Option<NaiveDate> {
        self.month?.checked_add_months(Months::new(1))?.pred_opt()
    }
}

impl FormSection {
    /// The fields of a track.
    pub fn fields_for<'a>(&'a self, track: &'a str) -> impl Iterator<Item = &'a Field> + 'a {
        self.fields.iter().filter(move |f| serves(&f.tracks, track))
    }
}

/// Whether a list of tracks holds `track`; the empty list holds all.
#[must_use]
pub fn serves(tracks: &[String], track: &str) -> bool {
    tracks.is_empty() || tracks.iter().any(|t| t == track)
}
