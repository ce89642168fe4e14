//! The 56 ethnic groups of GB/T 3304-1991. Embedded: `ethnic-groups.csv`, 717 bytes.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../static/data/ethnic-groups.csv");

/// An ethnic group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EthnicGroup {
    /// Two digits, `01` to `56`.
    pub code: &'static str,
    /// E.g. `汉族`.
    pub name: &'static str,
}

/// All of them, by code.
pub fn all() -> &'static [EthnicGroup] {
    static ALL: OnceLock<Vec<EthnicGroup>> = OnceLock::new();
    ALL.get_or_init(|| super::rows::<2>(TABLE).map(|[code, name]| EthnicGroup { code, name }).collect())
}

/// The group of this code (`01`) or name, with or without 族 (`汉族`, `汉`).
pub fn find(text: &str) -> Option<&'static EthnicGroup> {
    let text = text.trim();
    all().iter().find(|group| {
        group.code == text
            || group.name == text
            || group.name.strip_suffix('族').is_some_and(|short| short == text)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_found_by_code_and_name() {
        super::super::check_table(TABLE, 717, 56, all().len());
        assert_eq!(find("07").map(|g| g.name), Some("彝族"));
        assert_eq!(find(" 彝 ").map(|g| g.code), Some("07"));
        assert_eq!(find("彝族").map(|g| g.code), Some("07"));
        assert_eq!(find("其他"), None);
        assert_eq!(find(""), None);
    }
}
