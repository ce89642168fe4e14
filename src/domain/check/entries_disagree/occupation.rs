//! X009, X010: the occupation's name against its code, and against the certificate's.

use super::{Input, is_asked, is_part_of_other, path};
use crate::domain::base::catalogue::occupation;
use crate::domain::base::json::Value;
use crate::domain::base::messages::{say, template};
use crate::domain::base::text;
use crate::domain::diag::{Diagnostic, Safety};

pub(super) fn check(input: &Input<'_>, found: &mut Vec<Diagnostic>) {
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
        found.push(
            Diagnostic::new("X010", path(key), &[("name", listed.name)], &input.clauses(key))
                .with_related(path("apply.occupation_code"), template("X010/at_code"))
                .with_fix(
                    say("X010/fix", &[]),
                    path(key),
                    Value::String(listed.name.to_owned()),
                    Safety::NeedsReview,
                ),
        );
    }
    let applied = listed.map(|o| o.name).or(entered);
    if let (Some(applied), Some(certified)) = (applied, input.application.text("certificate.occupation"))
        && !is_part_of_other(applied, certified)
    {
        let key = "certificate.occupation";
        found.push(
            Diagnostic::new("X009", path(key), &[], &input.clauses(key))
                .with_related(path("apply.occupation_code"), template("X009/at_applied")),
        );
    }
}
