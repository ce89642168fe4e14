//! X003, X004, X013, X019: certificate and title against their own numbers and names, and against the track.

use chrono::Datelike;

use super::{Input, date_at, is_asked, path};
use crate::domain::base::catalogue::{skill, title};
use crate::domain::base::identifier::{Inspection, skill_certificate, vocational_certificate};
use crate::domain::base::json::Value;
use crate::domain::base::messages::{say, template};
use crate::domain::base::text;
use crate::domain::diag::{Diagnostic, Safety};

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    check_number(input, found);
    check_kind(input, found);
    check_title(input, found);
}

fn inspected(input: &Input<'_>) -> Option<Inspection> {
    let number = input.application.text("certificate.number").filter(|t| t.len() < 200)?;
    let inspection = match input.application.text("certificate.kind")? {
        "skill_level" => skill_certificate::inspect(number, input.reference()),
        "vocational_qualification" => vocational_certificate::inspect(number, input.reference()),
        _ => return None,
    };
    inspection.is_valid().then_some(inspection)
}

/// Level and year against the certificate's number.
fn check_number(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let Some(inspection) = inspected(input).filter(|_| is_asked(input, "certificate.number")) else {
        return;
    };
    let number = path("certificate.number");
    if let Some(in_number) = inspection.part("level")
        && let Some(entered) = input.application.text("certificate.level")
        && entered != in_number
    {
        let key = "certificate.level";
        let name = skill::find(in_number).map_or(in_number, |level| level.name);
        found.push(
            Diagnostic::new("X003", path(key), &[], &input.clauses(key))
                .with_related(number.clone(), template("X003/at_number"))
                .with_fix(
                    say("X003/fix", &[("level", name)]),
                    path(key),
                    Value::String(in_number.to_owned()),
                    Safety::NeedsReview,
                ),
        );
    }
    if let Some(in_number) = inspection.part("year")
        && let Some(issued) = date_at(input, "certificate.issued_on")
        && issued.year().to_string() != in_number
    {
        let key = "certificate.issued_on";
        found.push(
            Diagnostic::new("X004", path(key), &[("year", in_number)], &input.clauses(key))
                .with_related(number, template("X004/at_number")),
        );
    }
}

/// The notice lists skill level certificates, vocational qualifications and titles; not certificates of a special ability.
fn check_kind(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let key = "certificate.kind";
    let has_title = input.application.text("title.level").is_some();
    if is_asked(input, key) && input.application.text(key) == Some("special_ability") && !has_title {
        found.push(
            Diagnostic::new("X013", path(key), &[], &input.clauses(key))
                .with_related(path("track"), template("X013/at_track")),
        );
    }
}

/// A title that the standard lists under the series has its level there.
fn check_title(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let key = "title.level";
    if let Some(chosen) = input.application.text(key).filter(|_| is_asked(input, key))
        && let Some(series) = input.application.text("title.series").and_then(title::find_series)
        && let Some(name) = input.application.text("title.name")
        && let Some(listed) = series
            .posts
            .iter()
            .find(|post| text::is_same_after_normalising(post.name, name))
            .and_then(|post| post.level)
        && listed.key != chosen
    {
        let mut clauses = input.clauses(key);
        clauses.push("GB/T 8561-2001".to_owned());
        found.push(
            Diagnostic::new("X019", path(key), &[("label", input.label(key))], &clauses)
                .with_related(path("title.name"), template("X019/at_name")),
        );
    }
}
