//! 请假: until when a person who cannot take an examination asks for leave (六（三）).

use chrono::NaiveDate;

use super::{Alternative, Deadline, calendar_missing, clauses};
use crate::domain::base::catalogue::calendar;
use crate::domain::base::date::format_chinese;
use crate::domain::pack::{Pack, ParameterValue};

/// The latest day for asking for leave from the examination on `exam`. `None` where the pack has no such rule.
#[must_use]
pub fn leave(pack: &Pack, exam: NaiveDate) -> Option<Deadline> {
    let n = match pack.parameter("leave.working_days")?.value {
        Some(ParameterValue::Integer(n)) => u32::try_from(n).ok()?,
        _ => return None,
    };
    let latest = calendar::nth_working_day_before(exam, n);
    let eve = exam.pred_opt();
    let is_window = pack.choice("leave.reading") == Some("window");
    let deadline_words = format!("考前至少 {n} 个工作日；考试当日不计，节假日和调休按国务院公布的安排");
    let window_words = latest.map_or_else(
        || format!("考前 {n} 个工作日之内"),
        |latest| format!("考前 {n} 个工作日之内，即 {} 至考试前一日", format_chinese(latest)),
    );
    let (date, convention, alternative) = if is_window {
        (eve, window_words, Alternative { date: latest, convention: deadline_words })
    } else {
        (latest, deadline_words, Alternative { date: eve, convention: window_words })
    };
    let note = match (latest, calendar_missing(exam)) {
        (None, missing) => missing.unwrap_or_else(|| "算不出工作日".to_owned()),
        _ => "在这一天请假，两种读法都满足；之后到考试前一日请假，向组织考试的职鉴中心确认".to_owned(),
    };
    Some(Deadline {
        kind: "leave",
        from: None,
        date: date.filter(|_| latest.is_some()),
        label: format!("{}考试的请假报备，不晚于这一天", format_chinese(exam)),
        clauses: clauses(pack, "leave.working_days"),
        convention,
        alternative: Some(alternative).filter(|_| latest.is_some()),
        note,
    })
}

#[cfg(test)]
mod tests {
    use super::super::day;
    use super::*;

    #[test]
    fn third_working_day_before_the_examination() {
        let pack = Pack::built_in().unwrap();
        for (exam, latest) in [
            ("2026-03-28", "2026-03-25"),
            ("2026-04-07", "2026-04-01"),
            ("2026-05-06", "2026-04-28"),
            ("2026-05-09", "2026-05-06"),
            ("2026-06-22", "2026-06-16"),
            ("2026-09-28", "2026-09-22"),
            ("2026-10-08", "2026-09-28"),
            ("2026-10-12", "2026-10-08"),
            ("2026-12-12", "2026-12-09"),
        ] {
            let found = leave(&pack, day(exam)).unwrap();
            assert_eq!(found.date, Some(day(latest)), "{exam}");
            assert_eq!(found.alternative.and_then(|a| a.date), day(exam).pred_opt(), "{exam}");
            assert_eq!(found.clauses, ["6.3"]);
        }
    }

    #[test]
    fn a_year_without_calendar_is_said() {
        let pack = Pack::built_in().unwrap();
        let found = leave(&pack, day("2027-03-20")).unwrap();
        assert_eq!((found.date, found.alternative), (None, None));
        assert_eq!(found.note, "没有载入 2027 年的工作日历（已载入 2024 至 2026 年），算不出工作日");
        // The days before an examination early in January reach back into a known year, but pass unknown ones.
        assert_eq!(leave(&pack, day("2027-01-02")).unwrap().date, None);
        assert_eq!(leave(&pack, day("2027-01-01")).unwrap().date, Some(day("2026-12-29")));
    }
}
