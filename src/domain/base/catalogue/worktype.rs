//! Work types (工种): 76 of about 3,040, to suggest and never to reject. Embedded: `worktypes.csv`, 2,520 bytes (1.2 KB
//! compressed).

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../static/data/worktypes.csv");

fn all() -> &'static [[&'static str; 2]] {
    static ALL: OnceLock<Vec<[&'static str; 2]>> = OnceLock::new();
    ALL.get_or_init(|| super::rows::<2>(TABLE).collect())
}

/// Work types known of the occupation with this code, by name; none means "not known here".
pub fn of(occupation_code: &str) -> impl Iterator<Item = &'static str> {
    let start = all().partition_point(|[code, _]| *code < occupation_code);
    all()
        .get(start..)
        .unwrap_or_default()
        .iter()
        .take_while(move |[code, _]| *code == occupation_code)
        .map(|[_, name]| *name)
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
        assert!(all().windows(2).all(|pair| pair[0][0] <= pair[1][0]));
        assert!(of("3-02-03-01").any(|name| name == "森林灭火员"));
        assert_eq!(of("6-18-01-01").count(), 0);
    }
}
