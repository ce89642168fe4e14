//! Political status of GB/T 4762-1984. Embedded: `political-status.csv`, 575 bytes.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../static/data/political-status.csv");

/// A political status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PoliticalStatus {
    /// Two digits, `01` to `13`.
    pub code: &'static str,
    /// E.g. `中国共产党党员`.
    pub name: &'static str,
    /// E.g. `中共党员`.
    pub short_name: &'static str,
}

/// All of them, by code.
pub fn all() -> &'static [PoliticalStatus] {
    static ALL: OnceLock<Vec<PoliticalStatus>> = OnceLock::new();
    ALL.get_or_init(|| {
        super::rows::<3>(TABLE)
            .map(|[code, name, short_name]| PoliticalStatus { code, name, short_name })
            .collect()
    })
}

/// The status of this code, name or short name.
pub fn find(text: &str) -> Option<&'static PoliticalStatus> {
    let text = text.trim();
    all().iter().find(|status| [status.code, status.name, status.short_name].contains(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_are_found_by_code_and_both_names() {
        super::super::check_table(TABLE, 575, 13, all().len());
        for text in ["01", "中共党员", "中国共产党党员"] {
            assert_eq!(find(text).map(|s| s.code), Some("01"), "{text}");
        }
        assert_eq!(find("党员"), None);
    }
}
