//! X001–X020: two entries that cannot both be right, or seldom are.

mod certificate;
mod dates;
mod identity;
mod occupation;
mod resume;
mod unit;

use chrono::NaiveDate;

use super::Input;
use crate::domain::base::date::parse_date;
use crate::domain::base::text;
use crate::domain::diag::Diagnostic;
use crate::domain::path::FieldPath;

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
    identity::check(input, found);
    certificate::check(input, found);
    unit::check(input, found);
    occupation::check(input, found);
    dates::check(input, found);
    resume::check(input, found);
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

/// Whether one of two names is the other or a part of it, whatever the spaces: a department and its unit.
fn is_part_of_other(one: &str, other: &str) -> bool {
    let (one, other) = (text::compact(one), text::compact(other));
    one.contains(&other) || other.contains(&one)
}
