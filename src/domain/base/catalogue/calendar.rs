//! Working days: Saturdays and Sundays are off unless announced as working, announced holidays are off.
//!
//! Embedded: `holidays.csv`, 2,743 bytes (0.5 KB compressed), 2024-01-01 to 2026-12-31, from the State Council's
//! notices. Outside these years nothing is guessed: every answer is `None`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate, Weekday};

use crate::domain::base::date;

const TABLE: &str = include_str!("../../../../static/data/holidays.csv");

/// First year whose working days are known.
pub const FIRST_YEAR: i32 = 2024;

/// Last year whose working days are known.
pub const LAST_YEAR: i32 = 2026;

/// A day that the State Council's notice names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnnouncedDay {
    /// The holiday, e.g. `春节`; also of a make-up working day.
    pub name: &'static str,
    /// Whether one works on it.
    pub is_working: bool,
}

fn announced() -> &'static BTreeMap<NaiveDate, AnnouncedDay> {
    static DAYS: OnceLock<BTreeMap<NaiveDate, AnnouncedDay>> = OnceLock::new();
    DAYS.get_or_init(|| {
        super::rows::<3>(TABLE)
            .filter_map(|[day, name, kind]| {
                let is_working = match kind {
                    "work" => true,
                    "off" => false,
                    _ => return None,
                };
                Some((date::parse_date(day).ok()?, AnnouncedDay { name, is_working }))
            })
            .collect()
    })
}

/// What the notice says of this very day: a holiday or a make-up working day. `None` for an ordinary day.
pub fn announced_day(date: NaiveDate) -> Option<AnnouncedDay> {
    announced().get(&date).copied()
}

/// Whether one works on this day; `None` outside [`FIRST_YEAR`] to [`LAST_YEAR`], whose holidays are not known.
pub fn is_working_day(date: NaiveDate) -> Option<bool> {
    if !(FIRST_YEAR..=LAST_YEAR).contains(&date.year()) {
        return None;
    }
    Some(match announced_day(date) {
        Some(day) => day.is_working,
        None => !matches!(date.weekday(), Weekday::Sat | Weekday::Sun),
    })
}

/// The `n`-th working day before `date`, which is not counted itself; `date` for `n` = 0. `None` if that runs out of the
/// known years.
pub fn nth_working_day_before(date: NaiveDate, n: u32) -> Option<NaiveDate> {
    let mut day = date;
    let mut n_left = n;
    while n_left > 0 {
        day = day.pred_opt()?;
        if is_working_day(day)? {
            n_left -= 1;
        }
    }
    Some(day)
}

/// `date` if one works on it, otherwise the next working day: where a period ends that runs out on a holiday (民法典
/// 203). `None` if that runs out of the known years.
pub fn first_working_day_from(date: NaiveDate) -> Option<NaiveDate> {
    let mut day = date;
    while !is_working_day(day)? {
        day = day.succ_opt()?;
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::date::{Period, format_iso, parse_date};

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    fn n_working_days(year: i32) -> usize {
        let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
        first
            .iter_days()
            .take_while(|d| d.year() == year)
            .filter(|d| is_working_day(*d) == Some(true))
            .count()
    }

    #[test]
    fn every_row_is_read_and_make_up_days_are_on_weekends() {
        super::super::check_table(TABLE, 2743, 108, announced().len());
        for (date, announced) in announced() {
            let is_weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
            assert!(!announced.is_working || is_weekend, "{date}");
        }
    }

    #[test]
    fn known_days_of_2026() {
        for (text, expected) in [
            ("2026-01-01", Some(false)),
            ("2026-01-04", Some(true)),
            ("2026-02-14", Some(true)),
            ("2026-02-23", Some(false)),
            ("2026-02-28", Some(true)),
            ("2026-03-28", Some(false)),
            ("2026-05-09", Some(true)),
            ("2026-09-20", Some(true)),
            ("2026-10-07", Some(false)),
            ("2026-10-10", Some(true)),
            ("2026-10-11", Some(false)),
            ("2026-12-31", Some(true)),
            ("2023-12-29", None),
            ("2027-01-04", None),
        ] {
            assert_eq!(is_working_day(day(text)), expected, "{text}");
        }
        assert_eq!(n_working_days(2026), 248);
        assert_eq!(announced_day(day("2026-02-14")).map(|d| d.name), Some("春节"));
    }

    #[test]
    fn third_working_day_before_an_exam() {
        for (exam, third) in [
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
            assert_eq!(
                nth_working_day_before(day(exam), 3).map(format_iso).as_deref(),
                Some(third),
                "{exam}"
            );
        }
        assert_eq!(nth_working_day_before(day("2024-01-04"), 3), None);
        assert_eq!(nth_working_day_before(day("2027-01-01"), 1), Some(day("2026-12-31")));
        assert_eq!(nth_working_day_before(day("2027-01-02"), 1), None);
        assert_eq!(nth_working_day_before(day("2026-10-01"), 0), Some(day("2026-10-01")));
    }

    #[test]
    fn a_period_that_ends_on_a_holiday_runs_on() {
        let last = Period::of_months(1).last_day_from(day("2026-09-03")).unwrap();
        assert_eq!(last, day("2026-10-03"));
        assert_eq!(first_working_day_from(last), Some(day("2026-10-08")));
        assert_eq!(first_working_day_from(day("2026-10-08")), Some(day("2026-10-08")));
        assert_eq!(first_working_day_from(day("2027-01-01")), None);
    }
}
