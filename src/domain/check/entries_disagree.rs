//! X001–X011: two entries that cannot both be right, or seldom are.

use chrono::{Datelike, NaiveDate};

use super::Input;
use crate::domain::base::catalogue::occupation;
use crate::domain::base::date::parse_date;
use crate::domain::base::identifier::{Inspection, resident_id, skill_certificate, vocational_certificate};
use crate::domain::base::json::Value;
use crate::domain::base::text;
use crate::domain::diag::{Diagnostic, Safety};
use crate::domain::path::FieldPath;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    check_resident_id(input, found);
    check_certificate_number(input, found);
    check_units(input, found);
    check_occupation(input, found);
    check_dates(input, found);
}

fn path(key: &str) -> FieldPath {
    FieldPath::of_key(key)
}

fn date_at(input: &Input<'_>, key: &str) -> Option<NaiveDate> {
    input.application.text(key).and_then(|t| parse_date(t).ok())
}

fn is_asked(input: &Input<'_>, key: &str) -> bool {
    input.fields().any(|f| f.id == key)
}

/// Birth date and sex against the number, once the number itself is right.
fn check_resident_id(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let is_resident_id =
        !matches!(input.application.text("person.id_type"), Some("foreigner_permit" | "passport"));
    let Some(number) = input.application.text("person.id_number").filter(|t| is_resident_id && t.len() < 200)
    else {
        return;
    };
    let inspection = resident_id::inspect(number, input.reference());
    if !inspection.is_valid() {
        return;
    }
    let standard = |key: &str| {
        let mut clauses = input.clauses(key);
        clauses.push("GB 11643-1999".to_owned());
        clauses
    };
    if let Some(in_number) = inspection.parts.get("birth_date")
        && let Some(entered) = date_at(input, "person.birth_date")
        && parse_date(in_number).is_ok_and(|date| date != entered)
    {
        let key = "person.birth_date";
        found.push(
            Diagnostic::new(
                "X001",
                path(key),
                "“出生日期”与身份证号中的出生日期不同，核对哪一个写错",
                &standard(key),
            )
            .with_related(path("person.id_number"), "号码第 7 至 14 位")
            .with_fix(
                "按身份证号填写出生日期",
                path(key),
                Value::String(in_number.clone()),
                Safety::NeedsReview,
            ),
        );
    }
    if let Some(in_number) = inspection.parts.get("sex")
        && let Some(entered) = input.application.text("person.sex")
        && entered != in_number
    {
        let key = "person.sex";
        found.push(
            Diagnostic::new(
                "X002",
                path(key),
                "“性别”与身份证号第 17 位不同，核对哪一个写错",
                &standard(key),
            )
            .with_related(path("person.id_number"), "号码第 17 位")
            .with_fix(
                "按身份证号填写性别",
                path(key),
                Value::String(in_number.clone()),
                Safety::NeedsReview,
            ),
        );
    }
}

fn certificate(input: &Input<'_>) -> Option<Inspection> {
    let number = input.application.text("certificate.number").filter(|t| t.len() < 200)?;
    let inspection = match input.application.text("certificate.kind")? {
        "skill_level" => skill_certificate::inspect(number, input.reference()),
        "vocational_qualification" => vocational_certificate::inspect(number, input.reference()),
        _ => return None,
    };
    inspection.is_valid().then_some(inspection)
}

/// Level and year against the certificate's number.
fn check_certificate_number(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(inspection) = certificate(input).filter(|_| is_asked(input, "certificate.number")) else {
        return;
    };
    if let Some(in_number) = inspection.parts.get("level")
        && let Some(entered) = input.application.text("certificate.level")
        && entered != in_number
    {
        let key = "certificate.level";
        let message = "“证书等级”与证书编号中的等级位不同，对照证书核对";
        found.push(
            Diagnostic::new("X003", path(key), message, &input.clauses(key))
                .with_related(path("certificate.number"), "编号中的等级位"),
        );
    }
    if let Some(in_number) = inspection.parts.get("year").and_then(|y| y.parse::<i32>().ok())
        && let Some(issued) = date_at(input, "certificate.issued_on")
        && issued.year() != in_number
    {
        let key = "certificate.issued_on";
        let message = format!("“发证日期”与证书编号中的年份 {in_number} 不同，对照证书核对");
        found.push(
            Diagnostic::new("X004", path(key), message, &input.clauses(key))
                .with_related(path("certificate.number"), "编号中的年份"),
        );
    }
}

/// The recommending unit against the unit that insures and the unit that employs.
fn check_units(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(unit) = input.application.text("unit.name") else { return };
    let pairs =
        [("X005", "unit.insured_person_unit", "参保单位"), ("X006", "unit.contract_unit", "聘用协议单位")];
    for (code, key, label) in pairs {
        if let Some(other) = input.application.text(key)
            && is_asked(input, key)
            && !text::is_same_after_normalising(unit, other)
        {
            let message = format!("“{label}”与“推荐单位”不同，向受理的职鉴中心确认是否可以");
            found.push(
                Diagnostic::new(code, path(key), message, &input.clauses(key))
                    .with_related(path("unit.name"), "推荐单位"),
            );
        }
    }
    if let (Some(_), Some("none" | "submitted")) =
        (input.application.text("unit.filing_number"), input.application.text("unit.filing"))
    {
        let key = "unit.filing_number";
        let message = "填了“备案号”，但备案状态不是已完成备案，核对两处";
        found.push(
            Diagnostic::new("X011", path(key), message, &input.clauses(key))
                .with_related(path("unit.filing"), "备案状态"),
        );
    }
}

/// The occupation's name against its code, and against the certificate's.
fn check_occupation(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let listed = input.application.text("apply.occupation_code").and_then(occupation::find);
    let entered = input.application.text("apply.occupation");
    if !is_asked(input, "apply.occupation") {
        return;
    }
    if let (Some(listed), Some(entered)) = (listed, entered)
        && !text::is_same_after_normalising(listed.name, entered)
        && !listed.former_name.is_some_and(|n| text::is_same_after_normalising(n, entered))
    {
        let key = "apply.occupation";
        let message = format!("“申报职业”与代码的大典名称“{}”不同，核对", listed.name);
        found.push(
            Diagnostic::new("X010", path(key), message, &input.clauses(key))
                .with_related(path("apply.occupation_code"), "申报职业代码")
                .with_fix(
                    "改为大典名称",
                    path(key),
                    Value::String(listed.name.to_owned()),
                    Safety::NeedsReview,
                ),
        );
    }
    let applied = listed.map(|o| o.name).or(entered);
    if let (Some(applied), Some(certified)) = (applied, input.application.text("certificate.occupation"))
        && !text::compact(certified).contains(&text::compact(applied))
        && !text::compact(applied).contains(&text::compact(certified))
    {
        let key = "certificate.occupation";
        let message = "“证书职业（工种）”与申报职业不同，向受理的职鉴中心确认是否可以";
        found.push(
            Diagnostic::new("X009", path(key), message, &input.clauses(key))
                .with_related(path("apply.occupation_code"), "申报职业"),
        );
    }
}

/// Dates in an order that cannot be, and a session that is over.
fn check_dates(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let later_than_birth =
        ["work.started_on", "certificate.issued_on", "title.issued_on", "examiner_card.issued_on"];
    let pairs = later_than_birth
        .iter()
        .map(|later| ("person.birth_date", *later))
        .chain([("examiner_card.issued_on", "examiner_card.expires_on")]);
    for (earlier, later) in pairs {
        if let (Some(first), Some(second)) = (date_at(input, earlier), date_at(input, later))
            && second <= first
        {
            let message = format!("“{}”不晚于“{}”，核对两个日期", input.label(later), input.label(earlier));
            found.push(
                Diagnostic::new("X008", path(later), message, &input.clauses(later))
                    .with_related(path(earlier), input.label(earlier)),
            );
        }
    }
    if let Some(session) = input.application.session.as_deref().and_then(|id| input.pack.session(id))
        && let Some(month) = session.month
        && (month.year(), month.month()) < (input.reference().year(), input.reference().month())
    {
        let message = format!("“{}”的月份已过，改选以后的班期", session.label);
        found.push(Diagnostic::new("X007", path("session"), message, &session.clauses));
    }
}
