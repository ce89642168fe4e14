//! Calendar dates, months and periods: reading what people write, printing them, and counting periods as 民法典
//! (articles 200 to 204) counts them.
//!
//! Invariant: nothing here knows what day it is; "today" is always an argument.

use std::fmt;

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::domain::base::messages;

/// First year that [`parse_date`] and [`parse_month`] accept.
pub const FIRST_YEAR: i32 = 1900;

/// Last year that [`parse_date`] and [`parse_month`] accept.
pub const LAST_YEAR: i32 = 2100;

/// Why a text is not a date or a month. `Display` is the Chinese message for the person who wrote it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DateProblem {
    /// There is nothing but white space.
    Empty,
    /// It has not the shape of a date.
    Unreadable,
    /// It has the shape of a date, but the calendar has no such day (or month).
    NoSuchDay,
    /// The year is before [`FIRST_YEAR`] or after [`LAST_YEAR`].
    YearOutOfRange,
    /// A year, or a year and a month, where a day is needed.
    DayMissing,
}

impl DateProblem {
    /// What is wrong and what to do, in Chinese; the same as `Display`.
    pub fn message(self) -> &'static str {
        messages::template(match self {
            DateProblem::Empty => "R301/empty",
            DateProblem::Unreadable => "R301/unreadable",
            DateProblem::NoSuchDay => "R301/no_such_day",
            DateProblem::YearOutOfRange => "R301/year",
            DateProblem::DayMissing => "R301/day_missing",
        })
    }
}

impl DateProblem {
    /// The same where a month was asked for.
    pub fn month_message(self) -> &'static str {
        match self {
            DateProblem::NoSuchDay => messages::template("R301/no_such_month"),
            DateProblem::Unreadable => messages::template("R301/unreadable_month"),
            other => other.message(),
        }
    }
}

impl fmt::Display for DateProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message())
    }
}

impl std::error::Error for DateProblem {}

/// A month of a year. Ordered by time; `Display` gives `1985-03`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct YearMonth {
    year: i32,
    month: u32,
}

impl YearMonth {
    /// The month `month` (1 to 12) of `year` (1900 to 2100); otherwise what is wrong.
    pub fn new(year: i32, month: u32) -> Result<YearMonth, DateProblem> {
        if !(FIRST_YEAR..=LAST_YEAR).contains(&year) {
            return Err(DateProblem::YearOutOfRange);
        }
        if !(1..=12).contains(&month) {
            return Err(DateProblem::NoSuchDay);
        }
        Ok(YearMonth { year, month })
    }

    /// The month in which `date` lies. No limit to the year: the date exists already.
    pub fn of(date: NaiveDate) -> YearMonth {
        YearMonth { year: date.year(), month: date.month() }
    }

    /// The year, e.g. 1985.
    pub const fn year(self) -> i32 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u32 {
        self.month
    }
}

impl fmt::Display for YearMonth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// Reads a day: `1985-03-01`, `1985.3.1`, `1985/3/1`, `1985 3 1`, `1985年3月1日` (or 号) and `19850301`, with full-width
/// characters and spaces wherever people put them. The year has four digits.
pub fn parse_date(text: &str) -> Result<NaiveDate, DateProblem> {
    match read_numbers(text)? {
        Numbers::Day(year, month, day) => {
            check_year(year)?;
            NaiveDate::from_ymd_opt(year, month, day).ok_or(DateProblem::NoSuchDay)
        }
        Numbers::Month(year, month) => {
            YearMonth::new(year, month)?;
            Err(DateProblem::DayMissing)
        }
        Numbers::Year(year) => {
            check_year(year)?;
            Err(DateProblem::DayMissing)
        }
    }
}

/// Reads a month: `1985-03`, `1985.3`, `1985/3`, `1985年3月` and `198503`, as [`parse_date`] reads a day. A whole date is
/// [`DateProblem::Unreadable`] here, as is a year alone.
pub fn parse_month(text: &str) -> Result<YearMonth, DateProblem> {
    match read_numbers(text)? {
        Numbers::Month(year, month) => YearMonth::new(year, month),
        Numbers::Day(..) | Numbers::Year(_) => Err(DateProblem::Unreadable),
    }
}

/// The numbers of a date text, not yet checked against the calendar.
enum Numbers {
    Year(i32),
    Month(i32, u32),
    Day(i32, u32, u32),
}

/// Splits a text into its numbers; the separators between them must be of one kind.
fn read_numbers(text: &str) -> Result<Numbers, DateProblem> {
    let text = super::text::squeeze(&super::text::to_half_width(text));
    if text.is_empty() {
        return Err(DateProblem::Empty);
    }
    let mut digits: Vec<String> = Vec::new();
    let mut separators: Vec<String> = Vec::new();
    let mut is_inside_number = false;
    for character in text.chars() {
        if character.is_ascii_digit() {
            if !is_inside_number {
                digits.push(String::new());
            }
            is_inside_number = true;
            if let Some(last) = digits.last_mut() {
                last.push(character);
            }
        } else {
            if digits.is_empty() {
                return Err(DateProblem::Unreadable);
            }
            if is_inside_number {
                separators.push(String::new());
            }
            is_inside_number = false;
            if let Some(last) = separators.last_mut() {
                last.push(fold_separator(character));
            }
        }
    }
    let separators: Vec<&str> =
        separators.iter().map(|between| if between == " " { between } else { between.trim() }).collect();
    let digits: Vec<&str> = digits.iter().map(String::as_str).collect();
    match (digits.as_slice(), separators.as_slice()) {
        ([whole], []) => match whole.len() {
            4 => Ok(Numbers::Year(number(whole)?)),
            6 => Ok(Numbers::Month(number(slice(whole, 0, 4)?)?, number(slice(whole, 4, 6)?)?)),
            8 => Ok(Numbers::Day(
                number(slice(whole, 0, 4)?)?,
                number(slice(whole, 4, 6)?)?,
                number(slice(whole, 6, 8)?)?,
            )),
            _ => Err(DateProblem::Unreadable),
        },
        ([year], ["年"]) => Ok(Numbers::Year(parse_year(year)?)),
        ([year, month], ["-" | "." | "/" | " "] | ["年", "月"]) => {
            Ok(Numbers::Month(parse_year(year)?, parse_short(month)?))
        }
        (
            [year, month, day],
            ["-", "-"] | [".", "."] | ["/", "/"] | [" ", " "] | ["年", "月"] | ["年", "月", "日" | "号"],
        ) => Ok(Numbers::Day(parse_year(year)?, parse_short(month)?, parse_short(day)?)),
        _ => Err(DateProblem::Unreadable),
    }
}

/// Dashes and dots that input methods and word processors put for `-` and `.`.
const fn fold_separator(character: char) -> char {
    match character {
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' => '-',
        '。' | '．' | '·' => '.',
        other => other,
    }
}

fn slice(digits: &str, from: usize, to: usize) -> Result<&str, DateProblem> {
    digits.get(from..to).ok_or(DateProblem::Unreadable)
}

fn number<T: std::str::FromStr>(digits: &str) -> Result<T, DateProblem> {
    digits.parse().map_err(|_| DateProblem::Unreadable)
}

fn parse_year(digits: &str) -> Result<i32, DateProblem> {
    if digits.len() == 4 { number(digits) } else { Err(DateProblem::Unreadable) }
}

fn parse_short(digits: &str) -> Result<u32, DateProblem> {
    if digits.len() <= 2 { number(digits) } else { Err(DateProblem::Unreadable) }
}

fn check_year(year: i32) -> Result<(), DateProblem> {
    if (FIRST_YEAR..=LAST_YEAR).contains(&year) { Ok(()) } else { Err(DateProblem::YearOutOfRange) }
}

/// Reads `YYYY-MM-DD` and nothing else: the form that files have.
pub fn parse_iso(text: &str) -> Option<NaiveDate> {
    let is_iso = text.len() == 10
        && text
            .bytes()
            .enumerate()
            .all(|(i, b)| if matches!(i, 4 | 7) { b == b'-' } else { b.is_ascii_digit() });
    if is_iso { parse_date(text).ok() } else { None }
}

/// `1985-03-01`.
pub fn format_iso(date: NaiveDate) -> String {
    format!("{:04}-{:02}-{:02}", date.year(), date.month(), date.day())
}

/// `1985年3月1日`.
pub fn format_chinese(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}

/// The last day of a period of `years` from `date`: the corresponding day, or the month's last day (民法典 202).
/// `None` beyond the calendar of chrono (some 262,000 years).
pub fn add_years(date: NaiveDate, years: u32) -> Option<NaiveDate> {
    add_months(date, years.checked_mul(12)?)
}

/// The last day of a period of `months` from `date`, as [`add_years`].
pub fn add_months(date: NaiveDate, months: u32) -> Option<NaiveDate> {
    date.checked_add_months(Months::new(months))
}

/// Whole years from `birth` to `today` (周岁): the year is complete on the birthday, and for 29 February in other years
/// on 1 March. `None` if `birth` is after `today`.
pub fn age_in_years(birth: NaiveDate, today: NaiveDate) -> Option<u32> {
    today.years_since(birth)
}

/// A length of time in years, months and days, counted by the calendar.
///
/// `Display` is Chinese (`1年`, `1个月`, `14天`, `1年6个月`); [`Period::parse`] reads ISO 8601.
///
/// ```
/// # use precheck::domain::base::date::{Period, parse_date, format_iso};
/// let year = Period::parse("P1Y").unwrap();
/// let accepted = parse_date("2025-03-10").unwrap();
/// assert_eq!(year.last_day_from(accepted).map(format_iso).as_deref(), Some("2026-03-10"));
/// assert_eq!(year.to_string(), "1年");
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Period {
    /// Years.
    pub years: u32,
    /// Months, not limited to 11.
    pub months: u32,
    /// Days, not limited to a month.
    pub days: u32,
}

/// A text that is not an ISO 8601 period of years, months and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PeriodProblem;

impl fmt::Display for PeriodProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("认不出期间，按 P1Y、P1M 或 P14D 的样式填写")
    }
}

impl std::error::Error for PeriodProblem {}

impl Period {
    /// A period of years alone.
    pub const fn of_years(years: u32) -> Period {
        Period { years, months: 0, days: 0 }
    }

    /// A period of months alone.
    pub const fn of_months(months: u32) -> Period {
        Period { years: 0, months, days: 0 }
    }

    /// A period of days alone.
    pub const fn of_days(days: u32) -> Period {
        Period { years: 0, months: 0, days }
    }

    /// Reads `P1Y`, `P1M`, `P14D`, `P1Y6M`: at least one part, each once, in this order, at most six digits. No weeks, no
    /// times, no signs.
    pub fn parse(text: &str) -> Result<Period, PeriodProblem> {
        let mut rest = text.strip_prefix('P').ok_or(PeriodProblem)?;
        let mut period = Period::default();
        let mut parts_before = 0;
        while !rest.is_empty() {
            let n_digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (digits, tail) = rest.split_at_checked(n_digits).ok_or(PeriodProblem)?;
            if digits.len() > 6 {
                return Err(PeriodProblem);
            }
            let amount: u32 = digits.parse().map_err(|_| PeriodProblem)?;
            let mut tail = tail.chars();
            let (order, part) = match tail.next() {
                Some('Y') => (1, &mut period.years),
                Some('M') => (2, &mut period.months),
                Some('D') => (3, &mut period.days),
                _ => return Err(PeriodProblem),
            };
            if order <= parts_before {
                return Err(PeriodProblem);
            }
            *part = amount;
            parts_before = order;
            rest = tail.as_str();
        }
        if parts_before == 0 { Err(PeriodProblem) } else { Ok(period) }
    }

    /// The period's last day when it starts by an event on `date`: that day is not counted, so one year from 2025-03-10
    /// ends with 2026-03-10. Years and months first, then days. `None` beyond the calendar of chrono.
    pub fn last_day_from(self, date: NaiveDate) -> Option<NaiveDate> {
        let months = self.years.checked_mul(12)?.checked_add(self.months)?;
        add_months(date, months)?.checked_add_days(Days::new(u64::from(self.days)))
    }

    /// ISO 8601, e.g. `P1Y`; the empty period is `P0D`.
    pub fn to_iso(self) -> String {
        let mut text = String::from("P");
        for (amount, letter) in [(self.years, 'Y'), (self.months, 'M'), (self.days, 'D')] {
            if amount > 0 {
                text.push_str(&amount.to_string());
                text.push(letter);
            }
        }
        if text.len() == 1 {
            text.push_str("0D");
        }
        text
    }
}

impl std::str::FromStr for Period {
    type Err = PeriodProblem;

    fn from_str(text: &str) -> Result<Period, PeriodProblem> {
        Period::parse(text)
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Period::default() {
            return f.write_str("0天");
        }
        for (amount, unit) in [(self.years, "年"), (self.months, "个月"), (self.days, "天")] {
            if amount > 0 {
                write!(f, "{amount}{unit}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        parse_date(text).unwrap()
    }

    #[test]
    fn every_usual_way_to_write_a_day_is_read() {
        for text in [
            "1985-03-01",
            "1985-3-1",
            "1985.3.1",
            "1985.03.01",
            "1985/3/1",
            "1985年3月1日",
            "1985年03月01日",
            "1985年3月1号",
            "1985年3月1",
            "19850301",
            " 1985 年 3 月 1 日 ",
            "１９８５－０３－０１",
            "１９８５．３．１",
            "１９８５年　３月　１日",
            "1985 - 3 - 1",
            "1985 3 1",
            "1985—03—01",
            "1985。3。1",
        ] {
            assert_eq!(parse_date(text), Ok(NaiveDate::from_ymd_opt(1985, 3, 1).unwrap()), "{text}");
        }
    }

    #[test]
    fn what_is_no_day_is_named() {
        use DateProblem::*;
        for (text, problem) in [
            ("", Empty),
            (" 　\t", Empty),
            ("abc", Unreadable),
            ("85-3-1", Unreadable),
            ("1985-3.1", Unreadable),
            ("1985--3-1", Unreadable),
            ("-1985-3-1", Unreadable),
            ("1985-003-01", Unreadable),
            ("1985年3月1日生", Unreadable),
            ("1985-03-01 00:00", Unreadable),
            ("1985年3日1月", Unreadable),
            ("198503011", Unreadable),
            ("99999999999999999999", Unreadable),
            ("1985-02-30", NoSuchDay),
            ("2023-02-29", NoSuchDay),
            ("1985-13-01", NoSuchDay),
            ("1985-00-10", NoSuchDay),
            ("1985-13", NoSuchDay),
            ("1899-12-31", YearOutOfRange),
            ("2101-01-01", YearOutOfRange),
            ("0000-00-00", YearOutOfRange),
            ("1985", DayMissing),
            ("1985年", DayMissing),
            ("1985-03", DayMissing),
            ("198503", DayMissing),
            ("1985年3月", DayMissing),
        ] {
            assert_eq!(parse_date(text), Err(problem), "{text}");
        }
        assert!(
            parse_date("1900-01-01").is_ok()
                && parse_date("2100-12-31").is_ok()
                && parse_date("2024-02-29").is_ok()
        );
    }

    #[test]
    fn months_are_read_ordered_and_printed() {
        for text in
            ["1985-03", "1985-3", "1985.3", "1985/03", "1985年3月", "198503", "１９８５年３月", "1985 3"]
        {
            assert_eq!(parse_month(text).map(|month| month.to_string()).as_deref(), Ok("1985-03"), "{text}");
        }
        for (text, problem) in [
            ("", DateProblem::Empty),
            ("1985-03-01", DateProblem::Unreadable),
            ("1985", DateProblem::Unreadable),
            ("1985-13", DateProblem::NoSuchDay),
            ("1885-03", DateProblem::YearOutOfRange),
        ] {
            assert_eq!(parse_month(text), Err(problem), "{text}");
        }
        assert!(parse_month("1985-12").unwrap() < parse_month("1986-01").unwrap());
        assert_eq!(YearMonth::of(day("1985-03-31")), YearMonth::new(1985, 3).unwrap());
    }

    #[test]
    fn dates_are_printed_by_hand() {
        assert_eq!(format_iso(day("1985.3.1")), "1985-03-01");
        assert_eq!(format_chinese(day("1985-03-01")), "1985年3月1日");
    }

    #[test]
    fn every_day_that_is_printed_is_read_again() {
        for date in day("1900-01-01").iter_days().step_by(17).take_while(|date| date.year() <= LAST_YEAR) {
            assert_eq!(parse_date(&format_iso(date)), Ok(date));
            assert_eq!(parse_date(&format_chinese(date)), Ok(date));
            assert_eq!(parse_month(&YearMonth::of(date).to_string()), Ok(YearMonth::of(date)));
        }
    }

    #[test]
    fn periods_end_on_the_corresponding_day_or_the_months_last() {
        for (start, period, end) in [
            ("2025-03-10", "P1Y", "2026-03-10"),
            ("2026-01-31", "P1M", "2026-02-28"),
            ("2024-02-29", "P1Y", "2025-02-28"),
            ("2026-09-03", "P1M", "2026-10-03"),
            ("2023-11-30", "P3M", "2024-02-29"),
            ("2026-12-31", "P1M", "2027-01-31"),
            ("2026-02-20", "P14D", "2026-03-06"),
            ("2026-01-31", "P1Y1M1D", "2027-03-01"),
            ("2026-01-31", "P0D", "2026-01-31"),
        ] {
            let last = Period::parse(period).unwrap().last_day_from(day(start)).map(format_iso);
            assert_eq!(last.as_deref(), Some(end), "{start} + {period}");
        }
        assert_eq!(add_years(day("2024-02-29"), 4), Some(day("2028-02-29")));
        assert_eq!(add_years(day("2024-02-29"), u32::MAX), None);
        assert_eq!(Period { years: u32::MAX, months: 1, days: 1 }.last_day_from(day("2024-02-29")), None);
    }

    #[test]
    fn periods_are_read_and_printed() {
        for (iso, chinese) in [
            ("P1Y", "1年"),
            ("P1M", "1个月"),
            ("P14D", "14天"),
            ("P3Y6M", "3年6个月"),
            ("P0D", "0天"),
            ("P12M", "12个月"),
        ] {
            let period = Period::parse(iso).unwrap();
            assert_eq!(period.to_string(), chinese);
            assert_eq!(period.to_iso(), iso);
            assert_eq!(iso.parse(), Ok(period));
        }
        for text in
            ["", "P", "1Y", "PY", "P1", "P1W", "PT1H", "P-1Y", "P1M1Y", "P1Y1Y", "P1234567D", "p1y", "P1年"]
        {
            assert_eq!(Period::parse(text), Err(PeriodProblem), "{text}");
        }
    }

    #[test]
    fn age_counts_whole_years() {
        assert_eq!(age_in_years(day("1985-03-01"), day("2026-02-28")), Some(40));
        assert_eq!(age_in_years(day("1985-03-01"), day("2026-03-01")), Some(41));
        assert_eq!(age_in_years(day("2004-02-29"), day("2026-02-28")), Some(21));
        assert_eq!(age_in_years(day("2004-02-29"), day("2026-03-01")), Some(22));
        assert_eq!(age_in_years(day("2026-03-02"), day("2026-03-01")), None);
    }
}
