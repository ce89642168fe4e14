//! Kleene evaluation of conditions with their reasons, on two stacks that are reused from rule to rule.

use chrono::NaiveDate;

use super::{Outcome, Truth};
use crate::domain::base::catalogue::calendar;
use crate::domain::case::facts::{FactValues, Known};
use crate::domain::pack::{Bound, Condition, Day, FactIdx, Literal, Rule, Term};

/// A condition's value, and the last day on which that stays so where it is a dated one.
#[derive(Debug, Clone, Copy)]
struct Judged {
    truth: Truth,
    until: Option<NaiveDate>,
}

impl From<Truth> for Judged {
    fn from(truth: Truth) -> Self {
        Self { truth, until: None }
    }
}

/// How high the stacks stood before a condition was judged.
#[derive(Clone, Copy)]
struct Mark {
    because: usize,
    missing: usize,
}

/// Judges conditions by the facts.
///
/// What a condition has pushed when it is judged: reasons only where its value is known, missing facts only where it
/// is not; neither where only a person can judge.
pub(super) struct Evaluator<'f> {
    facts: &'f FactValues,
    because: Vec<FactIdx>,
    missing: Vec<FactIdx>,
}

impl<'f> Evaluator<'f> {
    pub(super) fn new(facts: &'f FactValues) -> Self {
        Self { facts, because: Vec::new(), missing: Vec::new() }
    }

    /// What decided the last rule.
    pub(super) fn because(&self) -> &[FactIdx] {
        &self.because
    }

    /// What could still decide the last rule.
    pub(super) fn missing(&self) -> &[FactIdx] {
        &self.missing
    }

    pub(super) fn truth(&mut self, condition: &Condition) -> Truth {
        self.clear();
        self.judge(condition).truth
    }

    /// What became of a rule, and until when where it is dated. While it is not known whether the rule applies, only
    /// that is asked for.
    pub(super) fn rule(&mut self, rule: &Rule) -> (Outcome, Option<NaiveDate>) {
        self.clear();
        if let Some(when) = &rule.when {
            match self.judge(when).truth {
                Truth::False => return (Outcome::NotApplicable, None),
                Truth::Unknown => return (self.open_or_review(), None),
                Truth::True => {}
            }
        }
        let judged = self.judge(&rule.condition);
        let outcome = match judged.truth {
            Truth::True => Outcome::Pass,
            Truth::False => Outcome::Fail,
            Truth::Unknown => self.open_or_review(),
        };
        (outcome, judged.until)
    }

    fn clear(&mut self) {
        self.because.clear();
        self.missing.clear();
    }

    fn open_or_review(&self) -> Outcome {
        if self.missing.is_empty() { Outcome::Review } else { Outcome::Open }
    }

    fn mark(&self) -> Mark {
        Mark { because: self.because.len(), missing: self.missing.len() }
    }

    fn judge(&mut self, condition: &Condition) -> Judged {
        match condition {
            Condition::All(list) => self.combine(list, Truth::False),
            Condition::Any(list) => self.combine(list, Truth::True),
            Condition::Not(inner) => Judged::from(!self.judge(inner).truth),
            Condition::Review(_) => Truth::Unknown.into(),
            Condition::Within(idx, term, day) => self.term(*idx, *term, *day, |day, last| day <= last),
            Condition::Elapsed(idx, term, day) => {
                let judged = self.term(*idx, *term, *day, |day, last| day >= last);
                Judged { until: None, ..judged }
            }
            Condition::After(idx, day) => self.dated(*idx, *day, |date, day| date > day).into(),
            Condition::Before(idx, day) => self.dated(*idx, *day, |date, day| date < day).into(),
            Condition::Same(a, b) => self
                .pair(*a, *b, |a, b| {
                    if std::mem::discriminant(a) == std::mem::discriminant(b) { Some(a == b) } else { None }
                })
                .into(),
            Condition::Ahead(a, n, b) => self
                .pair(*a, *b, |a, b| {
                    let latest = calendar::nth_working_day_before(date(b)?, *n)?;
                    Some(date(a)? <= latest)
                })
                .into(),
            Condition::Is(idx, literal) => self.single(*idx, |known| Some(equals(known, literal))).into(),
            Condition::In(idx, list) => {
                self.single(*idx, |known| Some(list.iter().any(|l| equals(known, l)))).into()
            }
            Condition::Given(idx) => self.single(*idx, |_| Some(true)).into(),
            Condition::Confirmed(idx) => self.single(*idx, |known| Some(*known == Known::Bool(true))).into(),
            Condition::AtLeast(idx, bound) => {
                self.single(*idx, |known| order(known, *bound).map(|o| o.is_ge())).into()
            }
            Condition::AtMost(idx, bound) => {
                self.single(*idx, |known| order(known, *bound).map(|o| o.is_le())).into()
            }
        }
    }

    /// Kleene's conjunction (`absorbing` false) or disjunction (`absorbing` true). One part with the absorbing value
    /// settles the whole, and is then the only reason.
    fn combine(&mut self, list: &[Condition], absorbing: Truth) -> Judged {
        let start = self.mark();
        let mut whole = Judged::from(!absorbing);
        for part in list {
            let before = self.mark();
            let judged = self.judge(part);
            if judged.truth == absorbing {
                self.because.drain(start.because..before.because);
                self.missing.truncate(start.missing);
                return judged;
            }
            if judged.truth == Truth::Unknown {
                whole.truth = Truth::Unknown;
            }
            whole.until = match (whole.until, judged.until) {
                (Some(a), Some(b)) => Some(a.min(b)),
                (a, b) => a.or(b),
            };
        }
        if whole.truth == Truth::Unknown {
            self.because.truncate(start.because);
        }
        whole
    }

    /// Notes a settled comparison of facts.
    fn settled(&mut self, idx: FactIdx, other: Option<FactIdx>, is_true: bool) -> Truth {
        for idx in std::iter::once(idx).chain(other) {
            self.because.push(idx);
            self.because.extend(self.facts.beside(idx));
        }
        Truth::from(is_true)
    }

    fn open(&mut self, idx: FactIdx) -> Truth {
        self.miss(idx);
        Truth::Unknown
    }

    /// Notes what is missing: where a fact is told by two answers and the first is given, the second.
    fn miss(&mut self, idx: FactIdx) {
        self.missing.push(self.facts.beside(idx).unwrap_or(idx));
    }

    /// Applies `test` to a known fact. "There is none" makes every comparison false; a fact that `test` cannot read is
    /// open, as if it were not answered.
    fn single(&mut self, idx: FactIdx, test: impl Fn(&Known) -> Option<bool>) -> Truth {
        match self.facts.get(idx) {
            Known::Unknown => self.open(idx),
            Known::Nothing => self.settled(idx, None, false),
            known => match test(known) {
                Some(is_true) => self.settled(idx, None, is_true),
                None => self.open(idx),
            },
        }
    }

    /// The same for two facts. One of which there is none settles it alone.
    fn pair(&mut self, a: FactIdx, b: FactIdx, test: impl Fn(&Known, &Known) -> Option<bool>) -> Truth {
        let (first, second) = (self.facts.get(a), self.facts.get(b));
        if *first == Known::Nothing {
            return self.settled(a, None, false);
        }
        if *second == Known::Nothing {
            return self.settled(b, None, false);
        }
        let is_open = [first, second].map(|known| *known == Known::Unknown);
        if is_open == [false, false] {
            return match test(first, second) {
                Some(is_true) => self.settled(a, Some(b), is_true),
                None => self.open(a),
            };
        }
        if is_open[0] {
            self.miss(a);
        }
        if is_open[1] {
            self.miss(b);
        }
        Truth::Unknown
    }

    fn term(
        &mut self,
        idx: FactIdx,
        term: Term,
        day: Day,
        test: impl Fn(NaiveDate, NaiveDate) -> bool,
    ) -> Judged {
        let last = date(self.facts.get(idx)).and_then(|start| term.last_day_from(start));
        let truth = match self.day(day) {
            Ok(day) => self.single(idx, |_| last.map(|last| test(day, last))),
            Err(other) => self.pair(idx, other, |_, other| Some(test(date(other)?, last?))),
        };
        Judged { truth, until: last }
    }

    fn dated(&mut self, idx: FactIdx, day: Day, test: impl Fn(NaiveDate, NaiveDate) -> bool) -> Truth {
        match self.day(day) {
            Ok(day) => self.single(idx, |known| date(known).map(|d| test(d, day))),
            Err(other) => self.pair(idx, other, |a, b| Some(test(date(a)?, date(b)?))),
        }
    }

    /// The day itself, or the fact that tells it.
    fn day(&self, day: Day) -> Result<NaiveDate, FactIdx> {
        match day {
            Day::Reference => Ok(self.facts.reference()),
            Day::On(date) => Ok(date),
            Day::Of(idx) => Err(idx),
        }
    }
}

/// The value of every part of a condition, outer ones first: for pictures of a rule.
#[must_use]
pub fn truths(condition: &Condition, facts: &FactValues) -> Vec<Truth> {
    let mut found = Vec::new();
    condition.walk(&mut |part| found.push(Evaluator::new(facts).truth(part)));
    found
}

fn date(known: &Known) -> Option<NaiveDate> {
    if let Known::Date(date) = known { Some(*date) } else { None }
}

fn equals(known: &Known, literal: &Literal) -> bool {
    match (known, literal) {
        (Known::Bool(a), Literal::Bool(b)) => a == b,
        (Known::Integer(a), Literal::Integer(b)) => a == b,
        (Known::Text(a), Literal::Text(b)) => a == b,
        (Known::Option(a), Literal::Option(b)) => a == b,
        _ => false,
    }
}

fn order(known: &Known, bound: Bound) -> Option<std::cmp::Ordering> {
    match (known, bound) {
        (Known::Integer(a), Bound::Integer(b)) => Some(a.cmp(&b)),
        (Known::Option(a), Bound::Rank(b)) => Some(a.cmp(&b)),
        _ => None,
    }
}
