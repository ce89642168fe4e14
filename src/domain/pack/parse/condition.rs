//! Conditions: what is compared must fit the fact's kind; definitions are written out, parameters replaced by values.

use std::ops::Range;

use toml::Spanned;

use super::raw::{RawCondition, RawLiteral, Text};
use super::{MAX_NODES, PERIOD_FIRST_DAY, Reader};
use crate::domain::base::date::Period;
use crate::domain::pack::{
    Bound, Condition, Day, FactIdx, FactKind, Literal, MAX_DEPTH, ParameterValue, Term,
};

/// The longest period of working days that is looked back over.
const MAX_WORKING_DAYS: i64 = 60;

/// The condition that stands where none could be read; an error was noted then, so no pack has it.
const EMPTY: Condition = Condition::All(Vec::new());

impl Reader<'_> {
    pub(super) fn fact_idx(&self, id: &str) -> Option<FactIdx> {
        self.ids.facts.get(id).copied().map(FactIdx)
    }

    pub(super) fn condition(&mut self, at: &Spanned<RawCondition>) -> Condition {
        self.part(at, 1)
    }

    fn part(&mut self, at: &Spanned<RawCondition>, depth: usize) -> Condition {
        let raw = at.get_ref();
        let span = at.span();
        if depth > MAX_DEPTH {
            self.meaning(&span, format!("条件嵌套超过 {MAX_DEPTH} 层"));
            return EMPTY;
        }
        if !self.count(1, &span) {
            return EMPTY;
        }
        let n_heads = usize::from(raw.all.is_some())
            + usize::from(raw.any.is_some())
            + usize::from(raw.not.is_some())
            + usize::from(raw.review.is_some())
            + usize::from(raw.holds.is_some())
            + usize::from(raw.fact.is_some());
        if n_heads != 1 {
            self.meaning(&span, "条件须恰好写 all、any、not、review、holds、fact 之一");
            return EMPTY;
        }
        if let Some(list) = &raw.all {
            return Condition::All(self.parts(list, &span, depth));
        }
        if let Some(list) = &raw.any {
            return Condition::Any(self.parts(list, &span, depth));
        }
        if let Some(inner) = &raw.not {
            return Condition::Not(Box::new(self.part(inner, depth + 1)));
        }
        if let Some(words) = &raw.review {
            return Condition::Review(words.clone());
        }
        if let Some(name) = &raw.holds {
            return self.definition(name, depth);
        }
        let Some(fact_at) = &raw.fact else { return EMPTY };
        let Some(idx) = self.known_fact(fact_at) else { return EMPTY };
        self.comparison(raw, idx, &span).unwrap_or(EMPTY)
    }

    fn parts(&mut self, list: &[Spanned<RawCondition>], span: &Range<usize>, depth: usize) -> Vec<Condition> {
        if list.is_empty() {
            self.meaning(span, "all、any 至少要有一个条件");
        }
        list.iter().map(|c| self.part(c, depth + 1)).collect()
    }

    /// Counts parts of conditions; says so once where there are too many.
    fn count(&mut self, n: usize, span: &Range<usize>) -> bool {
        let was_within = self.n_nodes <= MAX_NODES;
        self.n_nodes = self.n_nodes.saturating_add(n);
        if was_within && self.n_nodes > MAX_NODES {
            self.meaning(span, format!("条件合计超过 {MAX_NODES} 个"));
        }
        self.n_nodes <= MAX_NODES
    }

    /// A definition is read on first use, so that one that leads back to itself is met while it is open.
    fn definition(&mut self, name: &Text, depth: usize) -> Condition {
        let Some(definition) = self.definitions.get_mut(name.get_ref()) else {
            self.unknown("定义", name);
            return EMPTY;
        };
        if definition.is_open {
            self.meaning(&name.span(), format!("定义“{}”绕回了自己", name.get_ref()));
            return EMPTY;
        }
        // Looked at before it is written out: what is refused must not cost what it would have cost.
        if let Some((_, n_nodes, n_levels)) = definition.read {
            if depth + n_levels > MAX_DEPTH {
                self.meaning(&name.span(), format!("条件嵌套超过 {MAX_DEPTH} 层"));
                return EMPTY;
            }
            if !self.count(n_nodes, &name.span()) {
                return EMPTY;
            }
            let read = self.definitions.get(name.get_ref()).and_then(|d| d.read.as_ref());
            return read.map_or(EMPTY, |(condition, _, _)| condition.clone());
        }
        definition.is_open = true;
        let raw = definition.raw.clone();
        let before = self.n_nodes;
        // A definition counts as a level of its own, so that a chain of them ends like any other nesting.
        let condition = self.part(&raw, depth + 1);
        let n_nodes = self.n_nodes - before;
        if let Some(definition) = self.definitions.get_mut(name.get_ref()) {
            definition.is_open = false;
            definition.read = Some((condition.clone(), n_nodes, 1 + condition.depth()));
        }
        condition
    }

    fn known_fact(&mut self, at: &Text) -> Option<FactIdx> {
        let idx = self.fact_idx(at.get_ref());
        if idx.is_none() {
            self.unknown("事实", at);
        }
        idx
    }

    fn kind(&self, idx: FactIdx) -> FactKind {
        self.facts.get(idx.0).map_or(FactKind::Text, |f| f.kind.clone())
    }

    /// A fact that must be a date.
    fn date_fact(&mut self, at: &Text) -> Option<FactIdx> {
        let idx = self.known_fact(at)?;
        if self.kind(idx) == FactKind::Date {
            return Some(idx);
        }
        self.meaning(&at.span(), format!("“{}”不是日期", at.get_ref()));
        None
    }

    fn comparison(&mut self, raw: &RawCondition, idx: FactIdx, span: &Range<usize>) -> Option<Condition> {
        let kind = self.kind(idx);
        let mut found = Vec::new();
        if let Some(v) = &raw.is {
            found.push(Condition::Is(idx, self.literal(&kind, v, span)));
        }
        if let Some(list) = &raw.one_of {
            if list.is_empty() || !self.count(list.len(), span) {
                self.meaning(span, "in 至少要有一个取值");
            }
            found.push(Condition::In(idx, list.iter().map(|v| self.literal(&kind, v, span)).collect()));
        }
        match raw.given {
            Some(true) => found.push(Condition::Given(idx)),
            Some(false) => self.meaning(span, "given 只能是 true；相反的意思用 not"),
            None => {}
        }
        if let Some(at) = &raw.same_as
            && let Some(other) = self.known_fact(at)
        {
            if !is_comparable(&kind, &self.kind(other)) {
                self.meaning(&at.span(), "same_as 的两个事实须是同一类型");
            }
            found.push(Condition::Same(idx, other));
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
        let is_dated = raw.within.is_some()
            || raw.elapsed.is_some()
            || raw.after.is_some()
            || raw.before.is_some()
            || raw.ahead_of.is_some();
        if is_dated && kind != FactKind::Date {
            self.meaning(span, "within、elapsed、after、before、ahead_of 只能用于日期");
            return None;
        }
        if raw.at.is_some() && raw.within.is_none() && raw.elapsed.is_none() {
            self.meaning(span, "at 只与 within、elapsed 连用");
        }
        if let Some(at) = &raw.within
            && let (Some(term), Some(day)) = (self.term(at), self.day(raw.at.as_ref()))
        {
            found.push(Condition::Within(idx, term, day));
        }
        if let Some(at) = &raw.elapsed
            && let (Some(term), Some(day)) = (self.term(at), self.day(raw.at.as_ref()))
        {
            found.push(Condition::Elapsed(idx, term, day));
        }
        if let Some(at) = &raw.after
            && let Some(day) = self.day(Some(at))
        {
            found.push(Condition::After(idx, day));
        }
        if let Some(at) = &raw.before
            && let Some(day) = self.day(Some(at))
        {
            found.push(Condition::Before(idx, day));
        }
        match (&raw.ahead_of, &raw.working_days) {
            (Some(at), Some(n)) => {
                if let (Some(other), Some(n)) = (self.date_fact(at), self.working_days(n, span)) {
                    found.push(Condition::Ahead(idx, n, other));
                }
            }
            (None, None) => {}
            _ => self.meaning(span, "ahead_of 与 working_days 须一起写"),
        }
        if found.len() != 1 {
            self.meaning(
                span,
                "条件须恰好写一种比较：is、in、given、same_as、at_least、at_most、within、elapsed、after、before、ahead_of",
            );
        }
        found.pop()
    }

    /// A day: the day of judgement, a date, or a fact that is a date.
    fn day(&mut self, at: Option<&Text>) -> Option<Day> {
        let Some(at) = at else { return Some(Day::Reference) };
        if at.get_ref() == "reference_date" {
            return Some(Day::Reference);
        }
        if at.get_ref().starts_with(|c: char| c.is_ascii_digit()) {
            return Some(Day::On(self.date(at)));
        }
        self.date_fact(at).map(Day::Of)
    }

    /// A period, written or a parameter's. A parameter without a value gives an empty one: the rule is dormant then.
    pub(super) fn term(&mut self, at: &Spanned<RawLiteral>) -> Option<Term> {
        let period = match self.resolve(at.get_ref(), &at.span())? {
            Resolved::Written(RawLiteral::Text(t)) => Period::parse(&t).ok(),
            Resolved::Value(ParameterValue::Period(period)) => Some(period),
            Resolved::Unset => Some(Period::default()),
            _ => None,
        };
        if period.is_none() {
            self.meaning(&at.span(), format!("“{}”不是期间，例如一年写 P1Y", at.get_ref().words()));
        }
        let counts_first_day = self.is_chosen(PERIOD_FIRST_DAY, "included");
        period.map(|period| Term { period, counts_first_day })
    }

    /// Whether a choice parameter has that value.
    pub(super) fn is_chosen(&self, id: &str, value: &str) -> bool {
        let chosen = self.parameters.iter().find(|p| p.id == id).and_then(|p| p.value.as_ref());
        matches!(chosen, Some(ParameterValue::Choice(found)) if found == value)
    }

    fn working_days(&mut self, raw: &RawLiteral, span: &Range<usize>) -> Option<u32> {
        let n = match self.resolve(raw, span)? {
            Resolved::Written(RawLiteral::Integer(n)) | Resolved::Value(ParameterValue::Integer(n)) => {
                Some(n)
            }
            Resolved::Unset => Some(0),
            _ => None,
        };
        let n = n.filter(|n| (0..=MAX_WORKING_DAYS).contains(n)).and_then(|n| u32::try_from(n).ok());
        if n.is_none() {
            self.meaning(span, format!("working_days 应为 0 到 {MAX_WORKING_DAYS} 的整数"));
        }
        n
    }

    /// What stands there: the value itself, or that of the parameter it names.
    fn resolve(&mut self, raw: &RawLiteral, span: &Range<usize>) -> Option<Resolved> {
        let RawLiteral::Parameter(named) = raw else { return Some(Resolved::Written(raw.clone())) };
        let Some(parameter) = self.parameters.iter().find(|p| p.id == named.parameter) else {
            self.meaning(span, format!("参数“{}”没有定义", named.parameter));
            return None;
        };
        self.read_parameters.insert(named.parameter.clone());
        Some(parameter.value.clone().map_or(Resolved::Unset, Resolved::Value))
    }

    fn literal(&mut self, kind: &FactKind, raw: &RawLiteral, span: &Range<usize>) -> Literal {
        let found = match (kind, raw) {
            (FactKind::Bool, RawLiteral::Bool(b)) => Some(Literal::Bool(*b)),
            (FactKind::Integer, RawLiteral::Integer(n)) => Some(Literal::Integer(*n)),
            (FactKind::Text | FactKind::Code(_), RawLiteral::Text(t)) => Some(Literal::Text(t.clone())),
            (FactKind::Choice { options, .. }, RawLiteral::Text(t)) => {
                options.iter().position(|o| &o.value == t).map(Literal::Option)
            }
            _ => None,
        };
        found.unwrap_or_else(|| {
            self.meaning(span, format!("“{}”不是该事实可能的取值", raw.words()));
            Literal::Bool(false)
        })
    }

    fn bound(&mut self, kind: &FactKind, raw: &RawLiteral, span: &Range<usize>) -> Option<Bound> {
        let resolved = self.resolve(raw, span)?;
        let bound = match (kind, &resolved) {
            (
                FactKind::Integer,
                Resolved::Written(RawLiteral::Integer(n)) | Resolved::Value(ParameterValue::Integer(n)),
            ) => Some(Bound::Integer(*n)),
            (
                FactKind::Choice { options, ordered: true, .. },
                Resolved::Written(RawLiteral::Text(t)) | Resolved::Value(ParameterValue::Choice(t)),
            ) => options.iter().position(|o| &o.value == t).map(Bound::Rank),
            (FactKind::Integer | FactKind::Choice { ordered: true, .. }, Resolved::Unset) => {
                Some(Bound::Integer(0))
            }
            _ => None,
        };
        if bound.is_none() {
            self.meaning(span, "at_least、at_most 只能用于整数或有序选项，且取值须在选项之内");
        }
        bound
    }
}

/// Whether values of the two kinds can be the same: texts and codes with each other, else of one kind only.
fn is_comparable(a: &FactKind, b: &FactKind) -> bool {
    let is_text = |kind: &FactKind| matches!(kind, FactKind::Text | FactKind::Code(_));
    a == b || (is_text(a) && is_text(b))
}

/// A value in a condition, parameters replaced.
enum Resolved {
    /// As it is written.
    Written(RawLiteral),
    /// The parameter's.
    Value(ParameterValue),
    /// The parameter has none yet.
    Unset,
}
