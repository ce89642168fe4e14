//! 评价机构备案号: the first 13 characters of the certificates that the body issues, e.g. Y and 12 digits.
//!
//! Parts: `category` (`用人单位`, `社会培训评价组织`), `province_code`, `province`.

use chrono::NaiveDate;

use super::{CodeRow, Inspection, digits_at, name_length, name_positions, normalise, wrong_positions};
use crate::domain::base::catalogue::division;

const SOURCE: &str = "职业技能等级证书编码规则(试行)";

pub(super) const WRONG_LENGTH: CodeRow = ("R421", "filing-number-of-wrong-length", true, SOURCE);
pub(super) const WRONG_CHARACTER: CodeRow = ("R422", "filing-number-with-wrong-character", true, SOURCE);
pub(super) const UNKNOWN_PROVINCE: CodeRow =
    ("R423", "filing-number-of-unknown-province", false, "GB/T 2260");

/// Inspects the filing number of an assessment body; `today` is not used.
pub fn inspect(text: &str, _today: NaiveDate) -> Inspection {
    let mut inspection = Inspection::of(normalise(text));
    let value = inspection.value.clone();
    let length = value.chars().count();
    if length != 13 {
        inspection.report(WRONG_LENGTH, &[("length", &name_length(&value))]);
    }
    let wrong = wrong_positions(&value, |position, character| match position {
        1 => matches!(character, 'Y' | 'S'),
        _ => character.is_ascii_digit(),
    });
    if !wrong.is_empty() {
        inspection.report(WRONG_CHARACTER, &[("positions", &name_positions(&wrong))]);
    }
    if length != 13 {
        return inspection;
    }
    match value.chars().next() {
        Some('Y') => inspection.say("category", "用人单位"),
        Some('S') => inspection.say("category", "社会培训评价组织"),
        _ => {}
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
