//! Identifiers: what a number says by itself, without asking anybody.
//!
//! Each module has `inspect(text, today)`, which normalises what people type (full-width characters, spaces, hyphens,
//! lower case), takes the number apart and lists everything that is wrong with it, not only the first.
//!
//! Invariants: no text panics; a message never repeats the number or a part of it, since numbers are personal data; what
//! no standard settles is a warning (`certain == false`).

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::domain::base::{messages, text};

pub mod credit_code;
pub mod email;
pub mod examiner_card;
pub mod filing_number;
pub mod phone;
pub mod postal_code;
pub mod resident_id;
pub mod skill_certificate;
pub mod vocational_certificate;

/// What an identifier says and what is wrong with it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inspection {
    /// The identifier without spaces, hyphens and full-width characters, in upper case where that is the standard.
    pub value: String,
    /// Everything found, in the order of the codes.
    pub problems: Vec<Problem>,
    /// What the identifier says, as far as it can be read; the keys are named in each module.
    pub parts: BTreeMap<&'static str, String>,
}

impl Inspection {
    fn of(value: String) -> Inspection {
        Inspection { value, ..Inspection::default() }
    }

    /// Notes a problem, in the usual words of its code with `arguments` in them.
    fn report(&mut self, code: CodeRow, arguments: &[(&str, &str)]) {
        self.report_as(code, code.0, arguments);
    }

    /// Notes a problem in the words of `key`, a variant of the code.
    fn report_as(&mut self, code: CodeRow, key: &'static str, arguments: &[(&str, &str)]) {
        let message = messages::say(key, arguments);
        self.problems.push(Problem { code: code.0, certain: code.2, message });
    }

    fn say(&mut self, part: &'static str, text: impl Into<String>) {
        self.parts.insert(part, text.into());
    }

    /// Whether there is no certain problem; warnings do not count.
    pub fn is_valid(&self) -> bool {
        !self.problems.iter().any(|problem| problem.certain)
    }

    /// The part of this key, if it could be read.
    pub fn part(&self, key: &str) -> Option<&str> {
        self.parts.get(key).map(String::as_str)
    }
}

/// One thing that is wrong with an identifier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A code of [`CODES`].
    pub code: &'static str,
    /// `false`: the identifier may be right nevertheless, so this is a warning.
    pub certain: bool,
    /// What is wrong and what to do, in Chinese, at most 40 characters.
    pub message: String,
}

/// A row of [`CODES`]: code, kebab name stating the bad thing, whether it is certain, the source.
pub type CodeRow = (&'static str, &'static str, bool, &'static str);

/// Every code that an inspection can give, in order, each once.
pub const CODES: &[CodeRow] = &[
    resident_id::WRONG_LENGTH,
    resident_id::OBSOLETE_FORM,
    resident_id::WRONG_CHARACTER,
    resident_id::NO_SUCH_BIRTH_DATE,
    resident_id::WRONG_CHECK_CHARACTER,
    resident_id::BIRTH_IN_FUTURE,
    resident_id::UNKNOWN_REGION,
    resident_id::REGION_ENDED_BEFORE_BIRTH,
    phone::WRONG_MOBILE_LENGTH,
    phone::WRONG_CHARACTER,
    phone::UNASSIGNED_MOBILE_PREFIX,
    phone::WRONG_LANDLINE_SHAPE,
    phone::AREA_CODE_MISSING,
    email::NOT_ONE_AT_SIGN,
    email::WRONG_LOCAL_PART,
    email::WRONG_DOMAIN,
    email::TOO_LONG,
    postal_code::NOT_SIX_DIGITS,
    skill_certificate::WRONG_LENGTH,
    skill_certificate::WRONG_CHARACTER,
    skill_certificate::WRONG_LEVEL,
    skill_certificate::YEAR_IN_FUTURE,
    skill_certificate::TWO_LETTERS,
    skill_certificate::TWENTY_CHARACTER_SHAPE,
    skill_certificate::UNKNOWN_PROVINCE,
    vocational_certificate::WRONG_LENGTH,
    vocational_certificate::WRONG_CHARACTER,
    vocational_certificate::WRONG_BODY_KIND,
    vocational_certificate::WRONG_LEVEL,
    vocational_certificate::ZERO_SERIAL,
    vocational_certificate::THIRTEEN_DIGIT_SHAPE,
    vocational_certificate::UNLIKELY_YEAR,
    filing_number::WRONG_LENGTH,
    filing_number::WRONG_CHARACTER,
    filing_number::UNKNOWN_PROVINCE,
    credit_code::WRONG_LENGTH,
    credit_code::WRONG_CHARACTER,
    credit_code::WRONG_CHECK_CHARACTER,
    credit_code::UNLISTED_CATEGORY,
    credit_code::WRONG_ORGANISATION_CHECK,
    examiner_card::EMPTY_OR_TOO_LONG,
];

/// The kinds of identifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// 公民身份号码.
    ResidentId,
    /// 统一社会信用代码.
    CreditCode,
    /// 职业技能等级证书编号.
    SkillCertificate,
    /// 国家职业资格证书编号.
    VocationalCertificate,
    /// 评价机构备案号.
    FilingNumber,
    /// Mobile or landline number.
    Phone,
    /// E-mail address.
    Email,
    /// 邮政编码.
    PostalCode,
    /// 考评员证卡编号.
    ExaminerCard,
}

impl Kind {
    /// All kinds.
    pub const ALL: &[Kind] = &[
        Kind::ResidentId,
        Kind::CreditCode,
        Kind::SkillCertificate,
        Kind::VocationalCertificate,
        Kind::FilingNumber,
        Kind::Phone,
        Kind::Email,
        Kind::PostalCode,
        Kind::ExaminerCard,
    ];

    /// The kind of this name, e.g. `resident-id`.
    pub fn parse(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The kind's name in rule packs, e.g. `resident-id`.
    pub const fn name(self) -> &'static str {
        match self {
            Kind::ResidentId => "resident-id",
            Kind::CreditCode => "credit-code",
            Kind::SkillCertificate => "skill-certificate",
            Kind::VocationalCertificate => "vocational-certificate",
            Kind::FilingNumber => "filing-number",
            Kind::Phone => "phone",
            Kind::Email => "email",
            Kind::PostalCode => "postal-code",
            Kind::ExaminerCard => "examiner-card",
        }
    }

    /// Inspects `text` as an identifier of this kind on the day `today`.
    pub fn inspect(self, text: &str, today: NaiveDate) -> Inspection {
        let inspect = match self {
            Kind::ResidentId => resident_id::inspect,
            Kind::CreditCode => credit_code::inspect,
            Kind::SkillCertificate => skill_certificate::inspect,
            Kind::VocationalCertificate => vocational_certificate::inspect,
            Kind::FilingNumber => filing_number::inspect,
            Kind::Phone => phone::inspect,
            Kind::Email => email::inspect,
            Kind::PostalCode => postal_code::inspect,
            Kind::ExaminerCard => examiner_card::inspect,
        };
        inspect(text, today)
    }
}

/// Half-width, without white space, invisible characters and hyphens, in upper case.
fn normalise(typed: &str) -> String {
    text::compact(&text::to_half_width(typed))
        .chars()
        .filter(|character| !matches!(character, '-' | '‐' | '‑' | '‒' | '–' | '—' | '―' | '−'))
        .map(|character| character.to_ascii_uppercase())
        .collect()
}

/// The positions, counted from 1, of the characters that `is_allowed(position, character)` refuses.
fn wrong_positions(value: &str, is_allowed: impl Fn(usize, char) -> bool) -> Vec<usize> {
    value
        .chars()
        .enumerate()
        .filter(|&(index, character)| !is_allowed(index + 1, character))
        .map(|(index, _)| index + 1)
        .collect()
}

/// `第3、5位`, at most five positions, then 等.
fn name_positions(positions: &[usize]) -> String {
    let named: Vec<String> = positions.iter().take(5).map(|position| clip(*position)).collect();
    let key = if positions.len() > named.len() { "/more_positions" } else { "/positions" };
    messages::say(key, &[("list", &named.join(messages::template("/between")))])
}

/// `number` with at most two digits, so that no message grows with what was pasted.
fn clip(number: usize) -> String {
    if number > 99 { String::from("99+") } else { number.to_string() }
}

/// What to say of a number of characters: `未填` or `现有17位`.
fn name_length(value: &str) -> String {
    match text::chars_len(value) {
        0 => messages::say("/no_length", &[]),
        n => messages::say("/length", &[("n", &clip(n))]),
    }
}

/// Bytes `from..to` if the value is ASCII and all of them are digits.
fn digits_at(value: &str, from: usize, to: usize) -> Option<&str> {
    if !value.is_ascii() {
        return None;
    }
    value
        .get(from..to)
        .filter(|part| part.len() == to - from && part.bytes().all(|byte| byte.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
