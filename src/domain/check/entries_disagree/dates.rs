//! X007, X008, X016: dates in an order that cannot be, years of work that nobody can have, and a session that is over.

use chrono::{Datelike, NaiveDate};

use super::{Input, date_at, is_asked, path};
use crate::domain::base::date::age_in_years;
use crate::domain::base::json::Value;
use crate::domain::base::messages::template;
use crate::domain::check::field::MAX_WORK_YEARS;
use crate::domain::diag::Diagnostic;

/// The age from which one may be employed (《劳动法》, article 15).
const WORKING_AGE: i64 = 16;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    check_order(input, found);
    check_work_years(input, found);
    check_session(input, found);
}

fn check_order(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let later_than_birth =
        ["work.started_on", "certificate.issued_on", "title.issued_on", "examiner_card.issued_on"];
    let strictly = later_than_birth
        .iter()
        .map(|later| ("person.birth_date", *later))
        .chain([("examiner_card.issued_on", "examiner_card.expires_on")])
        .map(|(earlier, later)| (earlier, later, "X008"));
    // Both may be on one day.
    let loosely = [("card.notice_on", "card.claimed_on", "X008/before")];
    for (earlier, later, key) in strictly.chain(loosely) {
        if let (Some(first), Some(second)) = (date_at(input, earlier), date_at(input, later))
            && (second < first || (second == first && key == "X008"))
        {
            let arguments = [("later", input.label(later)), ("earlier", input.label(earlier))];
            found.push(
                Diagnostic::new(key, path(later), &arguments, &input.clauses(later))
                    .with_related(path(earlier), input.label(earlier)),
            );
        }
    }
}

/// Years in the occupation against years since the first day of work, or else since one may work at all.
fn check_work_years(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    let key = "work.years_in_occupation";
    let Some(years) = input.application.answers.get(key).and_then(Value::as_i64) else { return };
    // More than anybody can have is named by R006.
    if !is_asked(input, key) || years > MAX_WORK_YEARS {
        return;
    }
    let since = |date: NaiveDate| age_in_years(date, input.reference()).map(i64::from);
    let started = date_at(input, "work.started_on").and_then(since);
    let adult = date_at(input, "person.birth_date").and_then(since).map(|age| age - WORKING_AGE);
    // A year that has begun is often counted as whole.
    let exceeds = |possible: Option<i64>| possible.is_some_and(|possible| years > possible.max(0) + 1);
    let found_against = if exceeds(started) {
        Some(("X016/started", "work.started_on"))
    } else if exceeds(adult) {
        Some(("X016", "person.birth_date"))
    } else {
        None
    };
    if let Some((words, other)) = found_against {
        found.push(
            Diagnostic::new(words, path(key), &[("label", input.label(key))], &input.clauses(key))
                .with_related(path(other), template("X016/at_other")),
        );
    }
}

fn check_session(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    if let Some(session) = input.application.session.as_deref().and_then(|id| input.pack.session(id))
        && let Some(month) = session.month
        && (month.year(), month.month()) < (input.reference().year(), input.reference().month())
    {
        found.push(Diagnostic::new("X007", path("session"), &[("label", &session.label)], &session.clauses));
    }
}
