//! Work types (工种): 76 of about 3,040, to suggest and never to reject. Embedded: `worktypes.csv`, 2,520 bytes (1.2 KB
//! compressed).

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../static/data/worktypes.csv");

fn all() -> &'static [[&'static str; 2]] {
    static ALL: OnceLock<Vec<[&'static str; 2]>> = OnceLock::new();
    ALL.get_or_init(|| super::rows::<2>(TABLE).collect())
}

/// Work types known of the occupation with this code, by name; empty means "not known here".
pub fn suggestions(occupation_code: &str) -> Vec<&'static str> {
    all().iter().filter(|[code, _]| *code == occupation_code).map(|[_, name]| *name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::catalogue::occupation;

    #[test]
    fn work_types_belong_to_known_occupations() {
        super::super::check_table(TABLE, 2520, 76, all().len());
        for [code, name] in all() {
            assert!(occupation::find(code).is_some_and(|found| found.code == *code), "{code} {name}");
        }
        assert!(suggestions("3-02-03-01").contains(&"森林灭火员"));
        assert!(suggestions("6-18-01-01").is_empty());
    }
}
