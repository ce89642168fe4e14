//! What a rule requires, over facts.

use std::fmt;

use chrono::NaiveDate;

use super::{ChoiceOption, Fact, FactIdx, FactKind};
use crate::domain::base::catalogue::calendar;
use crate::domain::base::date::Period;

/// How deep conditions may stand in each other.
pub const MAX_DEPTH: usize = 32;

/// How many parts all conditions of a pack may have together, definitions written out.
pub const MAX_NODES: usize = 100_000;

/// What a rule requires.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Condition {
    /// Every one holds.
    All(Vec<Condition>),
    /// At least one holds.
    Any(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The fact has this value.
    Is(FactIdx, Literal),
    /// The fact has one of these values.
    In(FactIdx, Vec<Literal>),
    /// The fact has some value: an answer of "none" makes it false.
    Given(FactIdx),
    /// Both facts have a value, and it is the same.
    Same(FactIdx, FactIdx),
    /// The fact ranks at or above; for choices the rank is the option's place.
    AtLeast(FactIdx, Bound),
    /// The fact ranks at or below.
    AtMost(FactIdx, Bound),
    /// The day is no later than the last day of the period that began with the fact's date.
    Within(FactIdx, Term, Day),
    /// The day is no earlier than the last day of the period that began with the fact's date (满一年).
    Elapsed(FactIdx, Term, Day),
    /// The fact's date is after that day.
    After(FactIdx, Day),
    /// The fact's date is before that day.
    Before(FactIdx, Day),
    /// The fact's date is no later than so many working days before the other fact's date.
    Ahead(FactIdx, u32, FactIdx),
    /// Only a person can judge it; the words say who and what.
    Review(String),
    /// The person has confirmed the rule against the official text: `confirm.<rule id>`.
    Confirmed(FactIdx),
}

/// A value in a condition.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Literal {
    /// For yes/no facts.
    Bool(bool),
    /// For texts and codes.
    Text(String),
    /// For numbers.
    Integer(i64),
    /// For choices: the option's place in its list.
    Option(usize),
}

/// What a rank is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Bound {
    /// The place of an option in its list, low to high.
    Rank(usize),
    /// A number.
    Integer(i64),
}

/// A period and how its first day is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Term {
    /// Its length.
    pub period: Period,
    /// Whether the day on which it begins is counted; by 民法典第二百零一条 it is not.
    pub counts_first_day: bool,
}

impl Term {
    /// The last day of the period that began on `start`; `None` beyond the calendar.
    #[must_use]
    pub fn last_day_from(self, start: NaiveDate) -> Option<NaiveDate> {
        let last = self.period.last_day_from(start)?;
        if self.counts_first_day { last.pred_opt() } else { Some(last) }
    }

    /// The same; where it `rolls`, a last day that is no working day runs to the next working day, but stays as it is
    /// where the calendar of that year is not known.
    #[must_use]
    pub fn end_from(self, start: NaiveDate, rolls: bool) -> Option<NaiveDate> {
        let last = self.last_day_from(start)?;
        Some(if rolls { calendar::first_working_day_from(last).unwrap_or(last) } else { last })
    }
}

/// What a date is compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Day {
    /// The day on which the application is judged.
    Reference,
    /// A fixed day.
    On(NaiveDate),
    /// The date that another fact has.
    Of(FactIdx),
}

impl Condition {
    /// The parts that stand directly in it.
    #[must_use]
    pub fn parts(&self) -> &[Condition] {
        match self {
            Self::All(list) | Self::Any(list) => list,
            Self::Not(inner) => std::slice::from_ref(inner),
            _ => &[],
        }
    }

    /// How deep its parts stand in each other; 1 for a part without parts.
    #[must_use]
    pub fn depth(&self) -> usize {
        1 + self.parts().iter().map(Self::depth).max().unwrap_or(0)
    }

    /// Calls `visit` for it and every part of it, outer ones first.
    pub fn walk<'a>(&'a self, visit: &mut impl FnMut(&'a Condition)) {
        visit(self);
        self.parts().iter().for_each(|part| part.walk(visit));
    }

    /// The facts that this part reads itself: one, or two that are compared; none for `all`, `any`, `not`, `review`.
    pub fn own_facts(&self) -> impl Iterator<Item = FactIdx> + use<> {
        let (first, second) = match self {
            Self::All(_) | Self::Any(_) | Self::Not(_) | Self::Review(_) => (None, None),
            Self::Same(a, b) | Self::Ahead(a, _, b) => (Some(*a), Some(*b)),
            Self::Within(a, _, day)
            | Self::Elapsed(a, _, day)
            | Self::After(a, day)
            | Self::Before(a, day) => (Some(*a), if let Day::Of(b) = day { Some(*b) } else { None }),
            Self::Is(a, _)
            | Self::In(a, _)
            | Self::Given(a)
            | Self::AtLeast(a, _)
            | Self::AtMost(a, _)
            | Self::Confirmed(a) => (Some(*a), None),
        };
        first.into_iter().chain(second)
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

    /// Whether a part of it only a person can judge.
    #[must_use]
    pub fn has_review(&self) -> bool {
        let mut found = false;
        self.walk(&mut |part| found |= matches!(part, Self::Review(_)));
        found
    }
}

impl Literal {
    /// The value in words, for a fact.
    #[must_use]
    pub fn words(&self, fact: &Fact) -> String {
        match self {
            Self::Bool(true) => "是".to_owned(),
            Self::Bool(false) => "否".to_owned(),
            Self::Text(text) => text.clone(),
            Self::Integer(n) => n.to_string(),
            Self::Option(place) => option_words(fact, *place),
        }
    }
}

impl Bound {
    /// The bound in words, for a fact.
    #[must_use]
    pub fn words(self, fact: &Fact) -> String {
        match self {
            Self::Rank(place) => option_words(fact, place),
            Self::Integer(n) => n.to_string(),
        }
    }
}

fn option_words(fact: &Fact, place: usize) -> String {
    options(fact).get(place).map_or_else(String::new, |o| o.label.clone())
}

fn options(fact: &Fact) -> &[ChoiceOption] {
    match &fact.kind {
        FactKind::Choice { options, .. } => options,
        _ => &[],
    }
}

impl fmt::Display for Literal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bool(b) => write!(f, "{b}"),
            Self::Text(t) => f.write_str(t),
            Self::Integer(n) => write!(f, "{n}"),
            Self::Option(place) => write!(f, "#{place}"),
        }
    }
}
