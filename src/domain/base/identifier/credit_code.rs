//! 统一社会信用代码, GB 32100-2015 with its amendment of 2016: registering department (1), category (1), region (6
//! digits), 组织机构代码 (9, GB 11714-1997), check character (MOD 31-3).
//!
//! Parts: `department` (e.g. `工商`) and `category` (e.g. `企业`) as far as listed, `region_code`, `region`,
//! `organisation_code`.

use chrono::{Datelike, NaiveDate};

use super::{CodeRow, Inspection, digits_at, name_length, name_positions, normalise, wrong_positions};
use crate::domain::base::catalogue::division;

pub(super) const WRONG_LENGTH: CodeRow = ("R431", "credit-code-of-wrong-length", true, "GB 32100-2015");
pub(super) const WRONG_CHARACTER: CodeRow =
    ("R432", "credit-code-with-wrong-character", true, "GB 32100-2015");
pub(super) const WRONG_CHECK_CHARACTER: CodeRow =
    ("R433", "credit-code-with-wrong-check-character", true, "GB 32100-2015");
pub(super) const UNLISTED_CATEGORY: CodeRow =
    ("R434", "credit-code-of-unlisted-category", false, "GB 32100-2015");
pub(super) const WRONG_ORGANISATION_CHECK: CodeRow =
    ("R435", "credit-code-with-wrong-organisation-check", false, "GB 11714-1997");

const ALPHABET: &str = "0123456789ABCDEFGHJKLMNPQRTUWXY";
const WEIGHTS: [usize; 17] = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];
const ORGANISATION_WEIGHTS: [u32; 8] = [3, 7, 9, 10, 5, 8, 4, 2];

/// Registering departments with their categories: first character, name, pairs of second character and name.
type Department = (char, &'static str, &'static [(char, &'static str)]);

const DEPARTMENTS: &[Department] = &[
    ('1', "机构编制", &[('1', "机关"), ('2', "事业单位"), ('3', "群众团体"), ('9', "其他")]),
    ('2', "外交", &[('1', "外国常驻新闻机构"), ('9', "其他")]),
    (
        '3',
        "司法行政",
        &[
            ('1', "律师执业机构"),
            ('2', "公证处"),
            ('3', "基层法律服务所"),
            ('4', "司法鉴定机构"),
            ('5', "仲裁委员会"),
            ('9', "其他"),
        ],
    ),
    ('4', "文化", &[('1', "外国在华文化中心"), ('9', "其他")]),
    ('5', "民政", &[('1', "社会团体"), ('2', "民办非企业单位"), ('3', "基金会"), ('9', "其他")]),
    (
        '6',
        "旅游",
        &[('1', "外国旅游部门常驻代表机构"), ('2', "港澳台地区旅游部门常驻代表机构"), ('9', "其他")],
    ),
    ('7', "宗教", &[('1', "宗教活动场所"), ('2', "宗教院校"), ('9', "其他")]),
    ('8', "工会", &[('1', "基层工会"), ('9', "其他")]),
    ('9', "工商", &[('1', "企业"), ('2', "个体工商户"), ('3', "农民专业合作社")]),
    ('A', "中央军委", &[('1', "军队事业单位"), ('9', "其他")]),
    (
        'N',
        "农业",
        &[('1', "组级集体经济组织"), ('2', "村级集体经济组织"), ('3', "乡镇级集体经济组织"), ('9', "其他")],
    ),
    ('Y', "其他", &[('1', "其他")]),
];

/// Inspects a unified social credit code; `today` chooses the names of the region.
pub fn inspect(text: &str, today: NaiveDate) -> Inspection {
    let mut inspection = Inspection::of(normalise(text));
    let value = inspection.value.clone();
    let length = value.chars().count();
    if length != 18 {
        inspection.report(WRONG_LENGTH, &[("length", &name_length(&value))]);
    }
    let wrong = wrong_positions(&value, |position, character| match position {
        3..=8 if length == 18 => character.is_ascii_digit(),
        _ => ALPHABET.contains(character),
    });
    if !wrong.is_empty() {
        inspection.report(WRONG_CHARACTER, &[("positions", &name_positions(&wrong))]);
    }
    if length != 18 || !value.is_ascii() {
        return inspection;
    }
    if wrong.is_empty() && check_character(&value) != value.chars().last() {
        inspection.report(WRONG_CHECK_CHARACTER, &[]);
    }
    let mut characters = value.chars();
    if let (Some(first), Some(second)) = (characters.next(), characters.next()) {
        let department = DEPARTMENTS.iter().find(|department| department.0 == first);
        let category =
            department.and_then(|(_, _, categories)| categories.iter().find(|pair| pair.0 == second));
        if let Some((_, name, _)) = department {
            inspection.say("department", *name);
        }
        match category {
            Some((_, name)) => inspection.say("category", *name),
            None if wrong.is_empty() => inspection.report(UNLISTED_CATEGORY, &[]),
            None => {}
        }
    }
    if let Some(region) = digits_at(&value, 2, 8) {
        inspection.say("region_code", region);
        if let Some(name) = division::full_name_in(region, u16::try_from(today.year()).unwrap_or(u16::MAX)) {
            inspection.say("region", name);
        }
    }
    if let Some(organisation) = value.get(8..17) {
        inspection.say("organisation_code", organisation);
        if wrong.is_empty() && !is_organisation_code(organisation) {
            inspection.report(WRONG_ORGANISATION_CHECK, &[]);
        }
    }
    inspection
}

/// The check character for the first 17 characters; `None` if one of them is not in the alphabet.
fn check_character(value: &str) -> Option<char> {
    let mut sum = 0;
    for (character, weight) in value.chars().zip(WEIGHTS) {
        sum += ALPHABET.find(character)? * weight;
    }
    ALPHABET.chars().nth((31 - sum % 31) % 31)
}

/// Whether nine characters agree with their own check character (GB 11714).
fn is_organisation_code(code: &str) -> bool {
    let mut sum = 0;
    for (character, weight) in code.chars().zip(ORGANISATION_WEIGHTS) {
        let Some(value) = character.to_digit(36) else {
            return false;
        };
        sum += value * weight;
    }
    let expected = match 11 - sum % 11 {
        10 => Some('X'),
        11 => Some('0'),
        digit => char::from_digit(digit, 10),
    };
    code.chars().nth(8) == expected
}

/// A code with a right check character for the first 17, for tests.
#[cfg(test)]
pub(super) fn complete(first_17: &str) -> String {
    format!("{first_17}{}", check_character(first_17).unwrap())
}
