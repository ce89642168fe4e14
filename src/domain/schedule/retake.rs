//! 补考 and 禁报期: which retakes are left after a failure, and how long the bar after the third one lasts (三).

use chrono::NaiveDate;

use super::{Alternative, Deadline, clauses, counted_by, other_count, term};
use crate::domain::base::date::format_chinese;
use crate::domain::case::history::{ExamOutcome, History};
use crate::domain::pack::{Pack, ParameterValue, Session, SessionKind, serves};

/// What the examinations so far mean for the retakes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Retakes {
    /// Failures in the round at hand.
    pub n_failures: i64,
    /// How many retakes may still be taken.
    pub n_left: i64,
    /// Why none is left, where none is; empty otherwise.
    pub reason: String,
    /// The end of the time for retakes, each retake that lies in it, the bar.
    pub deadlines: Vec<Deadline>,
}

/// The retakes that are left after `history`, and bars.
#[must_use]
pub fn retakes(pack: &Pack, track: &str, history: &History) -> Retakes {
    let n_max = match pack.parameter("retake.max").and_then(|p| p.value.clone()) {
        Some(ParameterValue::Integer(n)) => n,
        _ => 0,
    };
    let mut deadlines = Vec::new();
    deadlines.extend(history.third_failed_on.and_then(|third| bar(pack, third)));
    let is_over = history.n_failures > n_max;
    let mut n_left = (n_max - history.n_retakes).max(0);
    let mut reason = String::new();
    if history.n_failures == 0 || is_over {
        n_left = 0;
        reason = if is_over { "累计三次考试均未通过" } else { "没有未通过的考试" }.to_owned();
    } else if let Some(first) = history.first_failed_on {
        deadlines.extend(window(pack, track, first, history, n_left));
    }
    if history.is_absent && n_left > 0 {
        n_left = 0;
        reason = "上一次考试无故缺考，不得纳入补考范围".to_owned();
        deadlines.retain(|d| d.kind != "retake");
    }
    Retakes { n_failures: history.n_failures, n_left, reason, deadlines }
}

fn bar(pack: &Pack, third: NaiveDate) -> Option<Deadline> {
    let term = term(pack, "bar.period")?;
    Some(Deadline {
        kind: "bar",
        from: third.succ_opt(),
        date: term.last_day_from(third),
        label: "累计三次未通过，不得再次参加培训的最后一天".to_owned(),
        clauses: clauses(pack, "bar.period"),
        convention: format!("自第三次未通过之日起{}", counted_by(term)),
        alternative: Some(other_count(term, third)),
        note: "通知没有写一年从哪一天起算（A4）；从公布成绩之日起算的，相应推后".to_owned(),
    })
}

/// The end of the time for retakes and each retake that lies in it.
fn window(pack: &Pack, track: &str, first: NaiveDate, history: &History, n_left: i64) -> Vec<Deadline> {
    let Some(term) = term(pack, "retake.window") else { return Vec::new() };
    let Some(end) = term.last_day_from(first) else { return Vec::new() };
    let convention = format!("自首次未通过之日起{}", counted_by(term));
    let mut found = vec![Deadline {
        kind: "retake_window",
        from: first.succ_opt(),
        date: Some(end),
        label: "可以补考的最后一天".to_owned(),
        clauses: clauses(pack, "retake.window"),
        convention: convention.clone(),
        alternative: Some(other_count(term, first)),
        note: unannounced(pack, end),
    }];
    let last_exam = history.exams.iter().filter(|e| e.outcome != ExamOutcome::Excused).map(|e| e.date).max();
    let is_ahead = |session: &&Session| {
        session.month.is_some_and(|month| {
            month <= end && last_exam.is_none_or(|last| !is_same_month(month, last) && month > last)
        })
    };
    let sessions = pack
        .sessions
        .iter()
        .filter(|s| s.kind == SessionKind::Retake && serves(&s.tracks, track))
        .filter(is_ahead);
    for session in sessions.take(usize::try_from(n_left).unwrap_or(0)) {
        found.push(Deadline {
            kind: "retake",
            from: None,
            date: session.month,
            label: session.label.clone(),
            clauses: session.clauses.clone(),
            convention: format!("通知只定月份，这里列当月第一天；{convention}"),
            alternative: Some(Alternative {
                date: None,
                convention: "自公布未通过之日或培训结束之日起算的，期限相应推后（A3）".to_owned(),
            }),
            note: "具体日期以考务通知为准".to_owned(),
        });
    }
    found
}

fn is_same_month(a: NaiveDate, b: NaiveDate) -> bool {
    use chrono::Datelike;
    (a.year(), a.month()) == (b.year(), b.month())
}

/// Says so where the time for retakes runs beyond the months that the notice has fixed.
fn unannounced(pack: &Pack, end: NaiveDate) -> String {
    if end <= pack.info.valid_to {
        return String::new();
    }
    format!("期限到 {}，{}以后的补考时间还没有公布", format_chinese(end), format_chinese(pack.info.valid_to))
}

#[cfg(test)]
mod tests {
    use super::super::day;
    use super::*;
    use crate::domain::base::date::format_iso;
    use crate::domain::case::{Application, history};

    /// Retakes left, then every day as `kind date`.
    #[track_caller]
    fn check(exams: &[(&str, &str)], expected: &str) {
        let pack = Pack::built_in().unwrap();
        let mut application = Application { track: "examiner".to_owned(), ..Application::default() };
        let list: Vec<_> = exams
            .iter()
            .map(|(date, outcome)| serde_json::json!({ "id": "e", "date": date, "outcome": outcome }))
            .collect();
        application.answers.insert("exam.history".to_owned(), list.into());
        let found = retakes(&pack, "examiner", &history::of(&application).unwrap());
        let days: Vec<String> = found
            .deadlines
            .iter()
            .map(|d| format!("{} {}", d.kind, d.date.map(format_iso).unwrap_or_default()))
            .collect();
        assert_eq!(format!("{}: {}", found.n_left, days.join(", ")), expected, "{exams:?}");
    }

    #[test]
    fn retakes_left_and_their_months() {
        check(
            &[("2026-03-28", "failed")],
            "2: retake_window 2027-03-28, retake 2026-06-01, retake 2026-12-01",
        );
        check(
            &[("2026-03-28", "failed"), ("2026-06-20", "failed")],
            "1: retake_window 2027-03-28, retake 2026-12-01",
        );
        // A class in November leaves one retake in 2026 (A3).
        check(&[("2026-11-28", "failed")], "2: retake_window 2027-11-28, retake 2026-12-01");
        check(&[("2025-05-10", "failed")], "2: retake_window 2026-05-10");
        check(&[("2026-03-28", "failed"), ("2026-06-20", "passed")], "0: ");
        check(
            &[("2026-03-28", "failed"), ("2026-06-20", "absent_without_leave")],
            "0: retake_window 2027-03-28",
        );
        check(
            &[("2026-03-28", "failed"), ("2026-06-20", "excused")],
            "2: retake_window 2027-03-28, retake 2026-06-01, retake 2026-12-01",
        );
    }

    #[test]
    fn three_failures_bar_for_a_year() {
        check(
            &[("2025-11-29", "failed"), ("2025-12-13", "failed"), ("2026-06-20", "failed")],
            "0: bar 2027-06-20",
        );
    }

    #[test]
    fn time_beyond_the_notice_is_said() {
        let pack = Pack::built_in().unwrap();
        assert_eq!(unannounced(&pack, day("2026-12-31")), "");
        assert_eq!(
            unannounced(&pack, day("2027-11-28")),
            "期限到 2027年11月28日，2026年12月31日以后的补考时间还没有公布"
        );
    }
}
