//! Conditions in words, for documents and pictures.

use super::{Condition, Day, Fact, FactIdx, Pack, Term};
use crate::domain::base::date::format_chinese;

impl Pack {
    /// A part of a condition in words; for `all`, `any` and `not` only how its parts are joined.
    #[must_use]
    pub fn words_of(&self, part: &Condition) -> String {
        let label = |idx: &FactIdx| self.fact_at(*idx).map_or("", |f| f.label.as_str());
        let with_fact = |idx: &FactIdx, words: &dyn Fn(&Fact) -> String| {
            self.fact_at(*idx).map_or_else(String::new, |fact| format!("{}{}", fact.label, words(fact)))
        };
        match part {
            Condition::All(_) => "以下各项都满足".to_owned(),
            Condition::Any(_) => "以下任一项满足".to_owned(),
            Condition::Not(_) => "以下情形不成立".to_owned(),
            Condition::Review(words) => words.clone(),
            Condition::Is(idx, literal) => {
                with_fact(idx, &|fact| format!("是“{}”", self.literal_words(fact, literal)))
            }
            Condition::In(idx, list) => with_fact(idx, &|fact| {
                let words: Vec<String> = list.iter().map(|l| self.literal_words(fact, l)).collect();
                format!("是“{}”之一", words.join("、"))
            }),
            Condition::Given(idx) => format!("有{}", label(idx)),
            Condition::Same(a, b) => format!("{}与{}相同", label(a), label(b)),
            Condition::AtLeast(idx, bound) => with_fact(idx, &|fact| format!("不低于 {}", bound.words(fact))),
            Condition::AtMost(idx, bound) => with_fact(idx, &|fact| format!("不高于 {}", bound.words(fact))),
            Condition::Within(idx, term, day) => {
                format!("{}在{}起 {} 之内", self.day_words(*day), label(idx), term_words(*term))
            }
            Condition::Elapsed(idx, term, day) => {
                format!("到{}，{}已满 {}", self.day_words(*day), label(idx), term_words(*term))
            }
            Condition::After(idx, day) => format!("{}晚于{}", label(idx), self.day_words(*day)),
            Condition::Before(idx, day) => format!("{}早于{}", label(idx), self.day_words(*day)),
            Condition::Ahead(a, n, b) => format!("{}不晚于{}之前第 {n} 个工作日", label(a), label(b)),
            Condition::Confirmed(_) => "已对照官方附件确认".to_owned(),
        }
    }

    /// A whole condition in one sentence.
    #[must_use]
    pub fn sentence_of(&self, condition: &Condition) -> String {
        let joined = |list: &[Condition], word: &str| {
            let parts: Vec<String> = list
                .iter()
                .map(|part| match part {
                    Condition::All(inner) | Condition::Any(inner) if inner.len() > 1 => {
                        format!("（{}）", self.sentence_of(part))
                    }
                    _ => self.sentence_of(part),
                })
                .collect();
            parts.join(word)
        };
        match condition {
            Condition::All(list) => joined(list, "，并且"),
            Condition::Any(list) => joined(list, "，或者"),
            Condition::Not(inner) => format!("不是：{}", self.sentence_of(inner)),
            Condition::Review(words) => format!("由人认定：{words}"),
            atom => self.words_of(atom),
        }
    }

    /// A value in words, sessions by their names.
    #[must_use]
    pub fn literal_words(&self, fact: &Fact, literal: &super::Literal) -> String {
        let words = literal.words(fact);
        match fact.id.as_str() {
            "session" => self.session(&words).map_or(words, |s| s.label.clone()),
            "session.kind" => if words == "retake" { "补考" } else { "培训班" }.to_owned(),
            "session.organiser" => {
                if words == "city" { "市（州）职鉴中心" } else { "省职鉴中心" }.to_owned()
            }
            "examiner_card.area" if words == "province" => "全省".to_owned(),
            _ => words,
        }
    }

    fn day_words(&self, day: Day) -> String {
        match day {
            Day::Reference => "判断当日".to_owned(),
            Day::On(date) => format_chinese(date),
            Day::Of(idx) => self.fact_at(idx).map_or_else(String::new, |f| f.label.clone()),
        }
    }
}

fn term_words(term: Term) -> String {
    if term.counts_first_day {
        format!("{}（起算日计入）", term.period)
    } else {
        term.period.to_string()
    }
}
