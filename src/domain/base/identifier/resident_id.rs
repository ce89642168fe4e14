//! 公民身份号码, GB 11643-1999: region (6, GB/T 2260), birth date (8), sequence (3; odd for men), check character
//! (ISO 7064 MOD 11-2).
//!
//! Parts: `region_code`, `region` (names of the year of birth or of 1984, when cards began, as far as known),
//! `birth_date` (`1985-03-01`), `sex` (`male`, `female`), `age` (whole years on `today`).
//!
//! The region is that of first registration and may have ended long ago, or be newer than the table: warnings only.

use chrono::{Datelike, NaiveDate};

use super::{CodeRow, Inspection, digits_at, name_length, name_positions, normalise, wrong_positions};
use crate::domain::base::{
    catalogue::division::{self, End},
    date,
};

pub(super) const WRONG_LENGTH: CodeRow = ("R101", "resident-id-of-wrong-length", true, "GB 11643-1999");
pub(super) const OBSOLETE_FORM: CodeRow = ("R102", "resident-id-of-obsolete-form", true, "GB 11643-1999");
pub(super) const WRONG_CHARACTER: CodeRow =
    ("R103", "resident-id-with-wrong-character", true, "GB 11643-1999");
pub(super) const NO_SUCH_BIRTH_DATE: CodeRow =
    ("R104", "resident-id-without-real-birth-date", true, "GB 11643-1999");
pub(super) const WRONG_CHECK_CHARACTER: CodeRow =
    ("R105", "resident-id-with-wrong-check-character", true, "GB 11643-1999, ISO 7064 MOD 11-2");
pub(super) const BIRTH_IN_FUTURE: CodeRow =
    ("R106", "resident-id-with-birth-in-future", true, "GB 11643-1999");
pub(super) const UNKNOWN_REGION: CodeRow = ("R107", "resident-id-of-unknown-region", false, "GB/T 2260");
pub(super) const REGION_ENDED_BEFORE_BIRTH: CodeRow =
    ("R108", "resident-id-of-region-ended-before-birth", false, "GB/T 2260");

/// The earliest year of birth that anybody alive at the standard's first edition could have.
const EARLIEST_BIRTH_YEAR: i32 = 1850;

/// First year in which numbers were assigned.
const FIRST_YEAR_OF_NUMBERS: i32 = 1984;

/// Codes that registers went on using after they had ended: 济源.
const CODES_USED_AFTER_THEIR_END: &[&str] = &["410881"];

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK_CHARACTERS: &[u8; 11] = b"10X98765432";

/// Inspects a resident identity number; `today` is for the age and for births in the future.
///
/// ```
/// # use precheck::domain::base::{date::parse_date, identifier::resident_id};
/// let today = parse_date("2026-03-01").unwrap();
/// let inspection = resident_id::inspect("440524 18800101 0014", today);
/// assert!(inspection.is_valid());
/// assert_eq!(inspection.part("sex"), Some("male"));
/// ```
pub fn inspect(text: &str, today: NaiveDate) -> Inspection {
    let mut inspection = Inspection::of(normalise(text));
    let value = inspection.value.clone();
    let length = value.chars().count();
    let wrong = wrong_positions(&value, |position, character| {
        character.is_ascii_digit() || (character == 'X' && position == length && length != 15)
    });
    if length == 15 && wrong.is_empty() {
        inspection.report(OBSOLETE_FORM, &[]);
    } else if length != 18 {
        inspection.report(WRONG_LENGTH, &[("length", &name_length(&value))]);
    }
    if !wrong.is_empty() {
        inspection.report(WRONG_CHARACTER, &[("positions", &name_positions(&wrong))]);
    }
    let (birth_text, sex_digit) = match length {
        18 => (digits_at(&value, 6, 14).map(String::from), digits_at(&value, 16, 17)),
        15 => (digits_at(&value, 6, 12).map(|short| format!("19{short}")), digits_at(&value, 14, 15)),
        _ => return inspection,
    };
    let birth = birth_text.as_deref().and_then(read_birth_date);
    if birth_text.is_some() && birth.is_none() {
        let key = if length == 18 { "R104" } else { "R104/old" };
        inspection.report_as(NO_SUCH_BIRTH_DATE, key, &[]);
    }
    if length == 18 && wrong.is_empty() && check_character(&value) != value.bytes().last() {
        inspection.report(WRONG_CHECK_CHARACTER, &[]);
    }
    if let Some(birth) = birth {
        inspection.say("birth_date", date::format_iso(birth));
        match date::age_in_years(birth, today) {
            Some(age) => inspection.say("age", age.to_string()),
            None => inspection.report(BIRTH_IN_FUTURE, &[]),
        }
    }
    if let Some(digit) = sex_digit.and_then(|digit| digit.bytes().next()) {
        inspection.say("sex", if digit % 2 == 1 { "male" } else { "female" });
    }
    if let Some(region) = digits_at(&value, 0, 6) {
        inspect_region(&mut inspection, region, birth.map(|birth| birth.year()));
    }
    inspection
}

fn inspect_region(inspection: &mut Inspection, region: &str, birth_year: Option<i32>) {
    inspection.say("region_code", region);
    let history = division::history(region);
    let Some(last) = history.last() else {
        inspection.report(UNKNOWN_REGION, &[]);
        return;
    };
    let year = birth_year.unwrap_or(FIRST_YEAR_OF_NUMBERS).max(FIRST_YEAR_OF_NUMBERS);
    if let Some(name) = division::full_name_in(region, u16::try_from(year).unwrap_or(u16::MAX)) {
        inspection.say("region", name);
    }
    if let (End::In(end), Some(birth_year)) = (last.end, birth_year)
        && birth_year > i32::from(end)
        && !CODES_USED_AFTER_THEIR_END.contains(&region)
    {
        inspection.report(REGION_ENDED_BEFORE_BIRTH, &[]);
    }
}

fn read_birth_date(digits: &str) -> Option<NaiveDate> {
    let number = |from: usize, to: usize| digits.get(from..to)?.parse::<u32>().ok();
    let year = i32::try_from(number(0, 4)?).ok().filter(|year| *year >= EARLIEST_BIRTH_YEAR)?;
    NaiveDate::from_ymd_opt(year, number(4, 6)?, number(6, 8)?)
}

/// The check character for the first 17 digits; `None` if they are not 17 digits.
fn check_character(value: &str) -> Option<u8> {
    let digits = digits_at(value, 0, 17)?;
    let sum: u32 = digits.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    CHECK_CHARACTERS.get((sum % 11) as usize).copied()
}

/// The number for showing: the first six and last four characters are kept, the others become `*`; of ten characters or
/// fewer none is kept.
pub fn mask(text: &str) -> String {
    let value = normalise(text);
    let length = value.chars().count();
    let is_kept = |index: usize| length > 10 && (index < 6 || index + 4 >= length);
    value.chars().enumerate().map(|(index, character)| if is_kept(index) { character } else { '*' }).collect()
}

/// A valid number for the first 17 digits, for tests.
#[cfg(test)]
pub(super) fn complete(first_17: &str) -> String {
    format!("{first_17}{}", char::from(check_character(first_17).unwrap()))
}
