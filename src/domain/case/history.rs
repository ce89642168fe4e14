//! The examinations that a person has taken (考试经历), and what follows from them. Facts only: what they mean stands in
//! the pack.

use chrono::NaiveDate;

use super::{Answer, Application};
use crate::domain::base::date::parse_date;
use crate::domain::base::json::Value;

/// The answer's key.
pub const KEY: &str = "exam.history";

/// How an examination ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExamOutcome {
    /// 通过.
    Passed,
    /// 未通过.
    Failed,
    /// 无故缺考.
    AbsentWithoutLeave,
    /// 请假获准.
    Excused,
}

impl ExamOutcome {
    /// All, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::Passed, Self::Failed, Self::AbsentWithoutLeave, Self::Excused];

    /// The word in files.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::AbsentWithoutLeave => "absent_without_leave",
            Self::Excused => "excused",
        }
    }

    /// The words for people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Passed => "通过",
            Self::Failed => "未通过",
            Self::AbsentWithoutLeave => "无故缺考",
            Self::Excused => "请假未参加",
        }
    }

    /// Reads the word in files.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|o| o.as_str() == word)
    }
}

/// One examination.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exam {
    /// Its day.
    pub date: NaiveDate,
    /// How it ended.
    pub outcome: ExamOutcome,
}

/// The examinations and what follows from them. A round (轮次) is the first examination with its retakes; it ends with
/// a pass or with the third failure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// In the order of their days.
    pub exams: Vec<Exam>,
    /// How many were failed in the round at hand.
    pub n_failures: i64,
    /// How many retakes were taken in the round at hand.
    pub n_retakes: i64,
    /// The first failure of the round at hand.
    pub first_failed_on: Option<NaiveDate>,
    /// The last failure of the round at hand.
    pub last_failed_on: Option<NaiveDate>,
    /// The third failure of the last round that ended so.
    pub third_failed_on: Option<NaiveDate>,
    /// Whether the last examination was missed without leave.
    pub is_absent: bool,
}

/// What is known of the examinations: `None` while it is not answered or an entry cannot be read.
#[must_use]
pub fn of(application: &Application) -> Option<History> {
    of_answer(answer(application))
}

/// What stands at the key. An empty list of examinations says that there was none; elsewhere an empty list is no answer.
pub(super) fn answer(application: &Application) -> Answer<'_> {
    match application.answers.get(KEY) {
        Some(Value::Array(list)) if list.is_empty() => Answer::Nothing,
        _ => application.answer(KEY),
    }
}

pub(super) fn of_answer(answer: Answer<'_>) -> Option<History> {
    let list = match answer {
        Answer::Unknown => return None,
        Answer::Nothing => return Some(History::default()),
        Answer::Given(value) => value.as_array()?,
    };
    let mut exams = list.iter().map(exam).collect::<Option<Vec<_>>>()?;
    exams.sort_by_key(|e| e.date);
    let mut history = History::default();
    for exam in &exams {
        history.count(*exam);
    }
    history.exams = exams;
    Some(history)
}

fn exam(entry: &Value) -> Option<Exam> {
    let date = parse_date(entry.get("date")?.as_str()?).ok()?;
    let outcome = ExamOutcome::parse(entry.get("outcome")?.as_str()?)?;
    Some(Exam { date, outcome })
}

/// How many failures end a round (三: 累计三次考试（含补考）均未通过).
const FAILURES_IN_A_ROUND: i64 = 3;

impl History {
    fn count(&mut self, exam: Exam) {
        self.is_absent = exam.outcome == ExamOutcome::AbsentWithoutLeave;
        match exam.outcome {
            ExamOutcome::Passed => self.end_round(),
            ExamOutcome::Failed => {
                if self.n_failures >= FAILURES_IN_A_ROUND {
                    self.end_round();
                }
                self.n_retakes += i64::from(self.n_failures > 0);
                self.n_failures += 1;
                self.first_failed_on = self.first_failed_on.or(Some(exam.date));
                self.last_failed_on = Some(exam.date);
                if self.n_failures == FAILURES_IN_A_ROUND {
                    self.third_failed_on = Some(exam.date);
                }
            }
            ExamOutcome::AbsentWithoutLeave | ExamOutcome::Excused => {}
        }
    }

    fn end_round(&mut self) {
        self.n_failures = 0;
        self.n_retakes = 0;
        self.first_failed_on = None;
        self.last_failed_on = None;
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::domain::base::date::format_iso;

    #[track_caller]
    fn check(list: &[(&str, &str)], expected: &str) {
        let entries: Vec<Value> = list
            .iter()
            .map(|(date, outcome)| json!({ "id": "e", "date": date, "outcome": outcome }))
            .collect();
        let value = Value::Array(entries);
        let found = of_answer(Answer::Given(&value)).map(|h| {
            let day = |d: Option<NaiveDate>| d.map_or_else(|| "-".to_owned(), format_iso);
            format!(
                "{} {} {} {} {}",
                h.n_failures,
                h.n_retakes,
                day(h.first_failed_on),
                day(h.third_failed_on),
                h.is_absent
            )
        });
        assert_eq!(found.as_deref().unwrap_or("unknown"), expected, "{list:?}");
    }

    #[test]
    fn failures_are_counted_by_round() {
        check(&[("2026-03-28", "failed")], "1 0 2026-03-28 - false");
        check(&[("2026-06-20", "failed"), ("2026-03-28", "failed")], "2 1 2026-03-28 - false");
        check(
            &[("2026-03-28", "failed"), ("2026-06-20", "failed"), ("2026-12-12", "failed")],
            "3 2 2026-03-28 2026-12-12 false",
        );
        check(&[("2026-03-28", "failed"), ("2026-06-20", "passed")], "0 0 - - false");
        check(&[("2026-03-28", "failed"), ("2026-06-20", "absent_without_leave")], "1 0 2026-03-28 - true");
        check(&[("2026-03-28", "absent_without_leave"), ("2026-06-20", "excused")], "0 0 - - false");
        // After a bar the count begins anew; the bar stays known.
        check(
            &[
                ("2024-03-28", "failed"),
                ("2024-06-20", "failed"),
                ("2024-12-12", "failed"),
                ("2026-03-28", "failed"),
            ],
            "1 0 2026-03-28 2024-12-12 false",
        );
    }

    #[test]
    fn what_cannot_be_read_is_unknown() {
        check(&[("2026-02-30", "failed")], "unknown");
        check(&[("2026-03-28", "lost")], "unknown");
        assert_eq!(of_answer(Answer::Unknown), None);
        assert_eq!(of_answer(Answer::Nothing), Some(History::default()));
    }
}
