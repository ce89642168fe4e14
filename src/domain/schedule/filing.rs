//! 备案: how long after acceptance a unit that is not filed yet may recommend (一（一）).

use chrono::NaiveDate;

use super::{Deadline, clauses, counted_by, other_count, term};
use crate::domain::pack::Pack;

/// The last day on which a unit whose filing was accepted on `accepted`, but not completed, may recommend. `None` where
/// the pack has no such limit.
#[must_use]
pub fn filing(pack: &Pack, accepted: NaiveDate) -> Option<Deadline> {
    let term = term(pack, "filing.limit")?;
    Some(Deadline {
        kind: "filing",
        from: Some(accepted),
        date: term.last_day_from(accepted),
        label: format!("受理满{}之日，其后须已完成备案才可推荐", term.period),
        clauses: clauses(pack, "filing.limit"),
        convention: counted_by(term),
        alternative: Some(other_count(term, accepted)),
        note: String::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::super::day;
    use super::*;

    #[test]
    fn a_year_after_acceptance() {
        let pack = Pack::built_in().unwrap();
        for (accepted, last, other) in [
            ("2025-03-10", "2026-03-10", "2026-03-09"),
            ("2024-02-29", "2025-02-28", "2025-02-27"),
            ("2025-02-28", "2026-02-28", "2026-02-27"),
        ] {
            let found = filing(&pack, day(accepted)).unwrap();
            assert_eq!(found.date, Some(day(last)), "{accepted}");
            assert_eq!(found.alternative.and_then(|a| a.date), Some(day(other)), "{accepted}");
            assert_eq!(found.clauses, ["1.1"]);
        }
    }
}
