//! Telephone numbers of the mainland: mobile (11 digits, 1 and 3 to 9) and landline (area code and 7 or 8 digits), with or
//! without +86.
//!
//! Parts: `kind` (`mobile`, `landline`), `area_code` (landline). The value of a landline is `028-12345678`.

use chrono::NaiveDate;

use super::{CodeRow, Inspection, name_length, name_positions, normalise, wrong_positions};

const SOURCE: &str = "电信网编号计划(2017年版)";

pub(super) const WRONG_MOBILE_LENGTH: CodeRow = ("R201", "phone-of-wrong-mobile-length", true, SOURCE);
pub(super) const WRONG_CHARACTER: CodeRow = ("R202", "phone-with-wrong-character", true, SOURCE);
pub(super) const UNASSIGNED_MOBILE_PREFIX: CodeRow =
    ("R203", "phone-of-unassigned-mobile-prefix", true, SOURCE);
pub(super) const WRONG_LANDLINE_SHAPE: CodeRow = ("R204", "phone-of-wrong-landline-shape", true, SOURCE);
pub(super) const AREA_CODE_MISSING: CodeRow = ("R205", "phone-without-area-code", true, SOURCE);

/// Inspects a telephone number; `today` is not used.
pub fn inspect(text: &str, _today: NaiveDate) -> Inspection {
    let bare: String = normalise(text).chars().filter(|character| !matches!(character, '(' | ')')).collect();
    let mut inspection = Inspection::of(without_country_code(&bare));
    let value = inspection.value.clone();
    if value.is_empty() {
        inspection.report_as(WRONG_MOBILE_LENGTH, "R201/empty", &[]);
        return inspection;
    }
    let wrong = wrong_positions(&value, |_, character| character.is_ascii_digit());
    if !wrong.is_empty() {
        inspection.report(WRONG_CHARACTER, &[("positions", &name_positions(&wrong))]);
    }
    match value.bytes().next() {
        Some(b'1') => inspect_mobile(&mut inspection, &value),
        Some(b'0') => inspect_landline(&mut inspection, &value),
        _ => inspection.report(AREA_CODE_MISSING, &[]),
    }
    inspection.problems.sort_by_key(|problem| problem.code);
    inspection
}

fn inspect_mobile(inspection: &mut Inspection, value: &str) {
    inspection.say("kind", "mobile");
    if value.chars().count() != 11 {
        inspection.report(WRONG_MOBILE_LENGTH, &[("length", &name_length(value))]);
    }
    if value.as_bytes().get(1).is_some_and(|byte| matches!(byte, b'0'..=b'2')) {
        inspection.report(UNASSIGNED_MOBILE_PREFIX, &[]);
    }
}

fn inspect_landline(inspection: &mut Inspection, value: &str) {
    inspection.say("kind", "landline");
    let n_area_digits = match value.as_bytes().get(1) {
        Some(b'1' | b'2') => 3,
        _ => 4,
    };
    let is_possible = !value.starts_with("00") && (!value.starts_with("01") || value.starts_with("010"));
    match value.split_at_checked(n_area_digits) {
        Some((area, local)) if is_possible && matches!(local.chars().count(), 7 | 8) => {
            inspection.say("area_code", area);
            inspection.value = format!("{area}-{local}");
        }
        _ => inspection.report(WRONG_LANDLINE_SHAPE, &[]),
    }
}

/// Without +86, 0086 or, before a mobile number, 86; the zero of an area code that +86 replaced is put back.
fn without_country_code(bare: &str) -> String {
    let rest = bare.strip_prefix("+86").or_else(|| bare.strip_prefix("0086"));
    match rest {
        Some(rest)
            if rest.starts_with("10") || rest.starts_with(['2', '3', '4', '5', '6', '7', '8', '9']) =>
        {
            format!("0{rest}")
        }
        Some(rest) => String::from(rest),
        None => match bare.strip_prefix("86") {
            Some(rest) if rest.len() == 11 && rest.starts_with('1') => String::from(rest),
            _ => String::from(bare),
        },
    }
}
