//! 国家职业资格证书编号: year (2), province or ministry (2, not GB/T 2260), city (2), kind of body (1, 0 to 4), body (3), level
//! (1 to 5), serial (5, not 00000); 16 digits, no check digit.
//!
//! Parts: `year` (four digits), `issuing_body` (digits 3 to 10), `body_kind`, `level` (a key of `catalogue::skill`),
//! `level_name`, `serial`. No province: digits 3 and 4 follow an older list that was not found.

use chrono::{Datelike, NaiveDate};

use super::{CodeRow, Inspection, digits_at, name_length, name_positions, normalise, wrong_positions};
use crate::domain::base::catalogue::skill;

const SOURCE: &str = "职业技能鉴定编码规则";

pub(super) const WRONG_LENGTH: CodeRow = ("R411", "vocational-certificate-of-wrong-length", true, SOURCE);
pub(super) const WRONG_CHARACTER: CodeRow =
    ("R412", "vocational-certificate-with-wrong-character", true, SOURCE);
pub(super) const WRONG_BODY_KIND: CodeRow =
    ("R413", "vocational-certificate-of-wrong-body-kind", true, SOURCE);
pub(super) const WRONG_LEVEL: CodeRow = ("R414", "vocational-certificate-of-wrong-level", true, SOURCE);
pub(super) const ZERO_SERIAL: CodeRow = ("R415", "vocational-certificate-with-zero-serial", true, SOURCE);
pub(super) const THIRTEEN_DIGIT_SHAPE: CodeRow =
    ("R416", "vocational-certificate-of-thirteen-digits", false, SOURCE);
pub(super) const UNLIKELY_YEAR: CodeRow = ("R417", "vocational-certificate-of-unlikely-year", false, SOURCE);

/// First year of which two digits are read as 19xx: such certificates began in the nineties.
const FIRST_YEAR: i32 = 1990;

const BODY_KINDS: [&str; 5] =
    ["鉴定指导中心", "国家职业技能鉴定所", "地方鉴定站", "行业鉴定站", "工人考核委员会或企业"];

/// Inspects the number of a national vocational qualification certificate; `today` decides the century of the year.
pub fn inspect(text: &str, today: NaiveDate) -> Inspection {
    let mut inspection = Inspection::of(normalise(text));
    let value = inspection.value.clone();
    let length = value.chars().count();
    let wrong = wrong_positions(&value, |_, character| character.is_ascii_digit());
    if length == 13 && wrong.is_empty() {
        inspection.report(THIRTEEN_DIGIT_SHAPE, &[]);
        return inspection;
    }
    if length != 16 {
        let is_skill = length == 22 && value.starts_with(['Y', 'S']);
        inspection.report_as(
            WRONG_LENGTH,
            if is_skill { "R411/skill" } else { "R411" },
            &[("length", &name_length(&value))],
        );
    }
    if !wrong.is_empty() {
        inspection.report(WRONG_CHARACTER, &[("positions", &name_positions(&wrong))]);
    }
    if length != 16 || !value.is_ascii() {
        return inspection;
    }
    if let Some(kind) = digits_at(&value, 6, 7) {
        match kind.parse::<usize>().ok().and_then(|kind| BODY_KINDS.get(kind)) {
            Some(name) => inspection.say("body_kind", *name),
            None => inspection.report(WRONG_BODY_KIND, &[]),
        }
    }
    if let Some(digit) = digits_at(&value, 10, 11) {
        match skill::find(digit) {
            Some(level) => {
                inspection.say("level", level.key);
                inspection.say("level_name", level.name);
            }
            None => inspection.report(WRONG_LEVEL, &[]),
        }
    }
    if let Some(serial) = digits_at(&value, 11, 16) {
        inspection.say("serial", serial);
        if serial == "00000" {
            inspection.report(ZERO_SERIAL, &[]);
        }
    }
    if let Some(digits) = digits_at(&value, 0, 2).and_then(|digits| digits.parse::<i32>().ok()) {
        if 2000 + digits <= today.year() {
            inspection.say("year", (2000 + digits).to_string());
        } else if 1900 + digits >= FIRST_YEAR {
            inspection.say("year", (1900 + digits).to_string());
        } else {
            inspection.report(UNLIKELY_YEAR, &[]);
        }
    }
    if let Some(body) = digits_at(&value, 2, 10) {
        inspection.say("issuing_body", body);
    }
    inspection
}
