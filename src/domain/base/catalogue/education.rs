//! Education levels of GB/T 4658-2006. Embedded: `education-levels.csv`, 1,468 bytes. Groups and whether a level is
//! completed are ours.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../static/data/education-levels.csv");

/// A level of education.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Education {
    /// Two digits; the first is the group.
    pub code: &'static str,
    /// E.g. `大学专科毕业`.
    pub name: &'static str,
    /// The group, e.g. `大学专科`.
    pub group: &'static str,
    /// Whether it ends with graduation (毕业).
    pub is_graduated: bool,
}

/// All of them, by code, which is from the highest to the lowest.
pub fn all() -> &'static [Education] {
    static ALL: OnceLock<Vec<Education>> = OnceLock::new();
    ALL.get_or_init(|| {
        super::rows::<4>(TABLE)
            .map(|[code, name, group, graduated]| Education {
                code,
                name,
                group,
                is_graduated: graduated == "yes",
            })
            .collect()
    })
}

/// The level of this code or exact name.
pub fn find(text: &str) -> Option<&'static Education> {
    let text = text.trim();
    all().iter().find(|level| level.code == text || level.name == text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_are_found_by_code_and_name() {
        super::super::check_table(TABLE, 1468, 40, all().len());
        assert_eq!(
            find("31").map(|e| (e.name, e.group, e.is_graduated)),
            Some(("大学专科毕业", "大学专科", true))
        );
        assert_eq!(find("大学本科肄业").map(|e| e.is_graduated), Some(false));
        assert_eq!(find("大专"), None);
    }
}
