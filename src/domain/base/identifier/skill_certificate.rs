//! 职业技能等级证书编号: body category (1: Y 用人单位, S 社会培训评价组织), body (4), province (2, GB/T 2260), site (6), year
//! (2), level (1 to 5), serial (6); 22 characters, no check digit.
//!
//! Parts: `category` (`用人单位`, `社会培训评价组织`), `issuing_body` (the first 13 characters, which are the filing number),
//! `province_code`, `province`, `year` (four digits), `level` (a key of `catalogue::skill`), `level_name`, `serial`.
//!
//! The rule was seen in reposts only. 特级技师 numbers have two letters, whose places are not known, and one page describes
//! a 20-character shape: both are warnings.

use chrono::{Datelike, NaiveDate};

use super::{CodeRow, Inspection, digits_at, name_length, name_positions, normalise, wrong_positions};
use crate::domain::base::catalogue::{division, skill};

const SOURCE: &str = "职业技能等级证书编码规则(试行)";

pub(super) const WRONG_LENGTH: CodeRow = ("R401", "skill-certificate-of-wrong-length", true, SOURCE);
pub(super) const WRONG_CHARACTER: CodeRow = ("R402", "skill-certificate-with-wrong-character", true, SOURCE);
pub(super) const WRONG_LEVEL: CodeRow = ("R403", "skill-certificate-of-wrong-level", true, SOURCE);
pub(super) const YEAR_IN_FUTURE: CodeRow = ("R404", "skill-certificate-of-future-year", true, SOURCE);
pub(super) const TWO_LETTERS: CodeRow = ("R405", "skill-certificate-with-two-letters", false, SOURCE);
pub(super) const TWENTY_CHARACTER_SHAPE: CodeRow =
    ("R406", "skill-certificate-of-twenty-characters", false, SOURCE);
pub(super) const UNKNOWN_PROVINCE: CodeRow =
    ("R407", "skill-certificate-of-unknown-province", false, "GB/T 2260");

/// Inspects the number of a vocational skill level certificate; `today` bounds the year.
pub fn inspect(text: &str, today: NaiveDate) -> Inspection {
    let mut inspection = Inspection::of(normalise(text));
    let value = inspection.value.clone();
    let length = value.chars().count();
    if has_twenty_character_shape(&value) {
        inspection.report(TWENTY_CHARACTER_SHAPE, &[]);
        return inspection;
    }
    if length != 22 {
        let is_vocational = length == 16 && value.bytes().all(|byte| byte.is_ascii_digit());
        let key = if is_vocational { "R401/vocational" } else { "R401" };
        inspection.report_as(WRONG_LENGTH, key, &[("length", &name_length(&value))]);
    }
    let wrong = wrong_positions(&value, |position, character| match position {
        1 => matches!(character, 'Y' | 'S') || (length == 16 && character.is_ascii_digit()),
        _ => character.is_ascii_digit(),
    });
    let extra_letter = match wrong.as_slice() {
        [position @ (2 | 16)] if length == 22 => {
            value.chars().nth(position - 1).filter(char::is_ascii_uppercase).map(|_| *position)
        }
        _ => None,
    };
    if !wrong.is_empty() && extra_letter.is_none() {
        inspection.report(WRONG_CHARACTER, &[("positions", &name_positions(&wrong))]);
    }
    if length != 22 || !value.is_ascii() {
        return inspection;
    }
    match extra_letter {
        Some(16) => say_level(&mut inspection, "special_grade"),
        _ => {
            if let Some(level) = digits_at(&value, 15, 16) {
                if skill::find(level).is_some() {
                    if extra_letter.is_none() {
                        say_level(&mut inspection, level);
                    }
                } else {
                    inspection.report(WRONG_LEVEL, &[]);
                }
            }
        }
    }
    if let Some(year) = digits_at(&value, 13, 15).and_then(|digits| digits.parse::<i32>().ok()) {
        let year = 2000 + year;
        inspection.say("year", year.to_string());
        if year > today.year() {
            inspection.report(YEAR_IN_FUTURE, &[]);
        }
    }
    if extra_letter.is_some() {
        inspection.report(TWO_LETTERS, &[]);
    }
    match value.chars().next() {
        Some('Y') => inspection.say("category", "用人单位"),
        Some('S') => inspection.say("category", "社会培训评价组织"),
        _ => {}
    }
    if wrong.iter().all(|position| *position > 13)
        && let Some(body) = value.get(..13)
    {
        inspection.say("issuing_body", body);
    }
    if let Some(serial) = digits_at(&value, 16, 22) {
        inspection.say("serial", serial);
    }
    if let Some(province) = digits_at(&value, 5, 7) {
        inspection.say("province_code", province);
        match division::province(province) {
            Some(division) => inspection.say("province", division.name),
            None => inspection.report(UNKNOWN_PROVINCE, &[]),
        }
    }
    inspection
}

fn say_level(inspection: &mut Inspection, key: &str) {
    if let Some(level) = skill::find(key) {
        inspection.say("level", level.key);
        inspection.say("level_name", level.name);
    }
}

/// `R`, one of GSCX, one of NW, region (6), serial (3), year (2), level (1 to 5), serial (5).
fn has_twenty_character_shape(value: &str) -> bool {
    value.chars().count() == 20
        && value.chars().enumerate().all(|(index, character)| match index {
            0 => character == 'R',
            1 => matches!(character, 'G' | 'S' | 'C' | 'X'),
            2 => matches!(character, 'N' | 'W'),
            14 => matches!(character, '1'..='5'),
            _ => character.is_ascii_digit(),
        })
}
