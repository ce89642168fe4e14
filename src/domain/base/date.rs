//! Civil dates as people write them, and periods as 民法典 articles 200–204 count them.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use super::text::to_half_width;

/// Years outside these are taken for slips of the pen.
const YEARS: std::ops::RangeInclusive<i32> = 1900..=2100;

/// Why a text is not a date. `Display` continues a sentence that begins with the field's label.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DateProblem {
    /// Nothing stands there.
    #[error("是空的，写成 1985-03-01 的样子")]
    Empty,
    /// Not numbers of year, month and day.
    #[error("读不懂，写成 1985-03-01 的样子")]
    Unreadable,
    /// Year and month stand there, the day does not.
    #[error("缺少日，写成 1985-03-01 的样子")]
    DayMissing,
    /// The calendar has no such day.
    #[error("不是存在的日期，核对月和日")]
    NoSuchDay,
    /// Before 1900 or after 2100.
    #[error("的年份应在 1900 至 2100 之间")]
    YearOutOfRange,
}

/// A month of a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    /// Year, 1900 to 2100.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u32,
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

impl From<NaiveDate> for YearMonth {
    fn from(date: NaiveDate) -> Self {
        Self { year: date.year(), month: date.month() }
    }
}

/// Reads a date: 1985-03-01, 1985.3.1, 1985/3/1, 1985年3月1日 or 19850301, in any width and with stray spaces.
///
/// # Errors
/// [`DateProblem`].
pub fn parse_date(text: &str) -> Result<NaiveDate, DateProblem> {
    match numbers(text)?.as_slice() {
        [y, m, d] => {
            let year = year(*y)?;
            NaiveDate::from_ymd_opt(year, *m, *d).ok_or(DateProblem::NoSuchDay)
        }
        [y, m] => year(*y).and(if (1..=12).contains(m) {
            Err(DateProblem::DayMissing)
        } else {
            Err(DateProblem::Unreadable)
        }),
        _ => Err(DateProblem::Unreadable),
    }
}

/// Reads a month: 1985-03, 1985.3, 1985年3月 or 198503.
///
/// # Errors
/// [`DateProblem`].
pub fn parse_month(text: &str) -> Result<YearMonth, DateProblem> {
    match numbers(text)?.as_slice() {
        [y, m] if (1..=12).contains(m) => Ok(YearMonth { year: year(*y)?, month: *m }),
        [_, _] => Err(DateProblem::NoSuchDay),
        _ => Err(DateProblem::Unreadable),
    }
}

fn year(n: u32) -> Result<i32, DateProblem> {
    i32::try_from(n).ok().filter(|y| YEARS.contains(y)).ok_or(DateProblem::YearOutOfRange)
}

/// The numbers of a written date, in order: two for a month, three for a day.
fn numbers(text: &str) -> Result<Vec<u32>, DateProblem> {
    // A date of any spelling is short; a megabyte is not one.
    if text.len() > 100 {
        return Err(DateProblem::Unreadable);
    }
    let text: String = to_half_width(text).chars().filter(|c| !c.is_whitespace()).collect();
    if text.is_empty() {
        return Err(DateProblem::Empty);
    }
    if text.chars().all(|c| c.is_ascii_digit()) {
        let part = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse().ok());
        let parts = match text.len() {
            8 => vec![part(0..4), part(4..6), part(6..8)],
            6 => vec![part(0..4), part(4..6)],
            _ => return Err(DateProblem::Unreadable),
        };
        return parts.into_iter().collect::<Option<Vec<u32>>>().ok_or(DateProblem::Unreadable);
    }
    let body = text.strip_suffix(['日', '月', '号']).unwrap_or(&text);
    let parts: Vec<&str> = body.split(['-', '.', '/', '年', '月', '—', '–', '。']).collect();
    let is_written = parts.first().is_some_and(|y| y.len() == 4)
        && parts.iter().all(|p| (1..=4).contains(&p.len()) && p.chars().all(|c| c.is_ascii_digit()));
    if !is_written {
        return Err(DateProblem::Unreadable);
    }
    parts.into_iter().map(|p| p.parse().map_err(|_| DateProblem::Unreadable)).collect()
}

/// Reads `YYYY-MM-DD` and nothing else.
#[must_use]
pub fn parse_iso(text: &str) -> Option<NaiveDate> {
    let is_iso = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if is_iso { parse_date(text).ok() } else { None }
}

/// `1985-03-01`.
#[must_use]
pub fn format_iso(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `1985年3月1日`.
#[must_use]
pub fn format_chinese(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// A length of time in calendar units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Period {
    /// Years.
    pub years: u32,
    /// Months.
    pub months: u32,
    /// Days.
    pub days: u32,
}

/// The text is not an ISO 8601 period of years, months and days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("期间应写成 P1Y、P1M 或 P14D 的样子")]
pub struct NotAPeriod;

impl Period {
    /// Reads `P1Y`, `P6M`, `P14D` or a combination in that order; each number at most 1,000.
    ///
    /// # Errors
    /// [`NotAPeriod`].
    pub fn parse(text: &str) -> Result<Self, NotAPeriod> {
        let mut rest = text.strip_prefix('P').filter(|r| !r.is_empty()).ok_or(NotAPeriod)?;
        let mut part = |unit: char| -> Result<u32, NotAPeriod> {
            let Some((number, after)) = rest.split_once(unit) else { return Ok(0) };
            if number.is_empty() || number.len() > 4 || !number.bytes().all(|b| b.is_ascii_digit()) {
                return Err(NotAPeriod);
            }
            rest = after;
            number.parse().ok().filter(|n| *n <= 1_000).ok_or(NotAPeriod)
        };
        let period = Self { years: part('Y')?, months: part('M')?, days: part('D')? };
        if rest.is_empty() && period != Self::default() { Ok(period) } else { Err(NotAPeriod) }
    }

    /// The last day of the period that began on `start`: the first day is not counted, months end on the
    /// corresponding day, or on the month's last day where it has none (民法典 201, 202). `None` beyond the calendar.
    #[must_use]
    pub fn end_after(self, start: NaiveDate) -> Option<NaiveDate> {
        let months = self.years.checked_mul(12)?.checked_add(self.months)?;
        start.checked_add_months(Months::new(months))?.checked_add_days(Days::new(u64::from(self.days)))
    }
}

impl fmt::Display for Period {
    /// 1年, 1个月, 14日.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.years > 0 {
            write!(f, "{}年", self.years)?;
        }
        if self.months > 0 {
            write!(f, "{}个月", self.months)?;
        }
        if self.days > 0 {
            write!(f, "{}日", self.days)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_iso(text).unwrap()
    }

    #[test]
    fn dates_are_read_as_people_write_them() {
        for text in [
            "1985-03-01",
            "1985.3.1",
            "1985/3/01",
            "1985年3月1日",
            "19850301",
            " １９８５－０３－０１ ",
            "1985 年 3 月 1 日",
        ] {
            assert_eq!(parse_date(text), Ok(day("1985-03-01")), "{text}");
        }
        for text in ["1985-03", "1985.3", "1985年3月", "198503"] {
            assert_eq!(parse_month(text).unwrap().to_string(), "1985-03", "{text}");
            assert_eq!(parse_date(text), Err(DateProblem::DayMissing), "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_named() {
        use DateProblem::{Empty, NoSuchDay, Unreadable, YearOutOfRange};
        let cases = [
            ("", Empty),
            ("　", Empty),
            ("2026-02-30", NoSuchDay),
            ("2025-02-29", NoSuchDay),
            ("1985-13-01", NoSuchDay),
            ("1899-12-31", YearOutOfRange),
            ("21010101", YearOutOfRange),
            ("85-3-1", Unreadable),
            ("三月一日", Unreadable),
            ("1985-03-01-02", Unreadable),
            ("1985--03-01", Unreadable),
        ];
        for (text, problem) in cases {
            assert_eq!(parse_date(text), Err(problem), "{text}");
        }
        assert_eq!(parse_date(&"9".repeat(1 << 20)), Err(Unreadable));
    }

    /// The vectors for one year and one month; without article 203, which moves an end on a holiday.
    #[test]
    fn periods_end_on_the_corresponding_day() {
        let cases = [
            ("2025-03-10", "P1Y", "2026-03-10"),
            ("2026-01-31", "P1M", "2026-02-28"),
            ("2026-09-03", "P1M", "2026-10-03"),
            ("2024-02-29", "P1Y", "2025-02-28"),
            ("2026-01-01", "P14D", "2026-01-15"),
        ];
        for (start, period, end) in cases {
            assert_eq!(
                Period::parse(period).unwrap().end_after(day(start)),
                Some(day(end)),
                "{start} {period}"
            );
        }
    }

    #[test]
    fn periods_are_read_and_said() {
        assert_eq!(Period::parse("P1Y6M").unwrap().to_string(), "1年6个月");
        for text in ["", "P", "1Y", "P1", "PY", "P0Y", "P1M1Y", "P99999Y", "P-1Y", "P1Y "] {
            assert_eq!(Period::parse(text), Err(NotAPeriod), "{text}");
        }
    }
}
