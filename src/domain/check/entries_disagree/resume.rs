//! X012, X014, X015, X017: the entries of a résumé (工作简历) against each other and against the unit of work.

use super::{Input, is_part_of_other, path};
use crate::domain::base::date::YearMonth;
use crate::domain::base::json::Value;
use crate::domain::base::messages::template;
use crate::domain::case::MAX_MEMBERS;
use crate::domain::check::field::read_month;
use crate::domain::diag::Diagnostic;
use crate::domain::pack::{Field, FieldKind};
use crate::domain::path::FieldPath;

/// A gap of more months than this is worth filling: a change of work takes some weeks.
const MAX_GAP_MONTHS: i32 = 3;

/// An entry whose beginning can be read.
struct Period<'a> {
    id: &'a str,
    from: YearMonth,
    /// `None`: it goes on.
    to: Option<YearMonth>,
    unit: Option<&'a str>,
}

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    for field in input.fields().filter(|f| f.kind == FieldKind::Resume) {
        check_list(input, field, found);
    }
}

fn check_list(input: &Input<'_>, field: &Field, found: &mut Vec<Diagnostic>) {
    let mut periods = Vec::new();
    for (id, entry) in input.application.members(&field.id).take(MAX_MEMBERS) {
        let given = |key: &str| entry.get(key).and_then(Value::as_str).filter(|text| !text.trim().is_empty());
        let month = |key: &str| given(key).map(read_month);
        let Some(Ok(from)) = month("from") else { continue };
        let to = match month("to") {
            None => None,
            Some(Ok(to)) => Some(to),
            Some(Err(_)) => continue,
        };
        if to.is_some_and(|to| to < from) {
            let label = [("label", field.label.as_str())];
            found.push(
                Diagnostic::new("X012", FieldPath::of_member(&field.id, id, "to"), &label, &field.clauses)
                    .with_related(FieldPath::of_member(&field.id, id, "from"), template("X012/at_from")),
            );
            continue;
        }
        periods.push(Period { id, from, to, unit: given("unit") });
    }
    // Whichever end the person began writing from.
    periods.sort_by_key(|period| period.from);
    for pair in periods.windows(2) {
        if let [earlier, later] = pair {
            check_pair(field, earlier, later, found);
        }
    }
    check_present(input, field, &periods, found);
}

fn check_pair(field: &Field, earlier: &Period<'_>, later: &Period<'_>, found: &mut Vec<Diagnostic>) {
    let at = |period: &Period<'_>, key: &str| FieldPath::of_member(&field.id, period.id, key);
    let label = ("label", field.label.as_str());
    // The month of leaving and the month of beginning may be the same.
    let Some(to) = earlier.to.filter(|to| later.from >= *to) else {
        found.push(
            Diagnostic::new("X014", at(later, "from"), &[label], &field.clauses)
                .with_related(at(earlier, "to"), template("X014/at_other")),
        );
        return;
    };
    let months = |month: YearMonth| month.year() * 12 + i32::try_from(month.month()).unwrap_or_default();
    if months(later.from) - months(to) > MAX_GAP_MONTHS + 1 {
        let (end, begin) = (to.to_string(), later.from.to_string());
        let arguments = [label, ("from", end.as_str()), ("to", begin.as_str())];
        found.push(
            Diagnostic::new("X015", at(later, "from"), &arguments, &field.clauses)
                .with_related(at(earlier, "to"), template("X015/at_before")),
        );
    }
}

/// The one period that goes on is where the person works now.
fn check_present(input: &Input<'_>, field: &Field, periods: &[Period<'_>], found: &mut Vec<Diagnostic>) {
    let mut present = periods.iter().filter(|period| period.to.is_none());
    if let (Some(now), None) = (present.next(), present.next())
        && let (Some(in_resume), Some(unit)) = (now.unit, input.application.text("work.unit"))
        && !is_part_of_other(unit, in_resume)
    {
        found.push(
            Diagnostic::new(
                "X017",
                FieldPath::of_member(&field.id, now.id, "unit"),
                &[("label", field.label.as_str())],
                &field.clauses,
            )
            .with_related(path("work.unit"), template("X017/at_unit")),
        );
    }
}
