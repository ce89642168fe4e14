//! Occupations (职业): the 细类 of 中华人民共和国职业分类大典(2022年版) with what was added and recoded in 2024 and 2025.
//! Embedded: `occupations.csv`, 61,681 bytes (17 KB compressed).
//!
//! Codes of the edition of 2015, which old certificates carry, are not here: an unknown code is no error by itself.

use std::sync::OnceLock;

use crate::domain::base::text;

const TABLE: &str = include_str!("../../../../static/data/occupations.csv");

/// An occupation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Occupation {
    /// `d-dd-dd-dd`, e.g. `6-18-01-01`.
    pub code: &'static str,
    /// E.g. `车工`.
    pub name: &'static str,
    /// The 大类, 1 to 8: the code's first digit.
    pub class: u8,
    /// `L` green, `S` digital, `LS` both, or empty.
    pub marks: &'static str,
    /// The year in which the code was announced: 2022, 2024 or 2025.
    pub since: u16,
    /// The code it had in 2022, if it was recoded since.
    pub former_code: Option<&'static str>,
    /// The name it had before, if it was renamed.
    pub former_name: Option<&'static str>,
}

/// All occupations, by code.
pub fn all() -> &'static [Occupation] {
    static ALL: OnceLock<Vec<Occupation>> = OnceLock::new();
    ALL.get_or_init(|| {
        super::rows::<6>(TABLE)
            .filter_map(|[code, name, marks, since, former_code, former_name]| {
                Some(Occupation {
                    code,
                    name,
                    class: class_of(code)?,
                    marks,
                    since: if since.is_empty() { 2022 } else { since.parse().ok()? },
                    former_code: given(former_code),
                    former_name: given(former_name),
                })
            })
            .collect()
    })
}

fn given(cell: &'static str) -> Option<&'static str> {
    if cell.is_empty() { None } else { Some(cell) }
}

/// The occupation of this code, or else the one that had it formerly. Full-width characters and white space are forgiven.
pub fn find(code: &str) -> Option<&'static Occupation> {
    let code = normalised(code);
    let code = code.as_str();
    let current = all().binary_search_by(|occupation| occupation.code.cmp(code)).ok();
    match current {
        Some(index) => all().get(index),
        None => all().iter().find(|occupation| occupation.former_code == Some(code)),
    }
}

/// The occupation of exactly this name, or else the one that was formerly called so. White space and full-width
/// brackets are forgiven.
pub fn by_name(name: &str) -> Option<&'static Occupation> {
    let is_same = |other: &str| text::is_same_after_normalising(other, name);
    all()
        .iter()
        .find(|occupation| is_same(occupation.name))
        .or_else(|| all().iter().find(|occupation| occupation.former_name.is_some_and(is_same)))
}

/// At most `limit` occupations for what someone has typed so far: a code or the beginning of one (with or without
/// hyphens), or part of a name or former name. Exact matches first, then beginnings, then the rest; by code within each.
/// Nothing for an empty query.
pub fn search(query: &str, limit: usize) -> Vec<&'static Occupation> {
    let query = normalised(query);
    if query.is_empty() {
        return Vec::new();
    }
    let digits: String = query.chars().filter(|&character| character != '-').collect();
    let is_code = !digits.is_empty() && digits.chars().all(|character| character.is_ascii_digit());
    let mut matches: Vec<(u8, &Occupation)> = all()
        .iter()
        .filter_map(|occupation| {
            let rank =
                if is_code { rank_by_code(occupation, &digits) } else { rank_by_name(occupation, &query) };
            Some((rank?, occupation))
        })
        .collect();
    matches.sort_by_key(|(rank, _)| *rank);
    matches.into_iter().take(limit).map(|(_, occupation)| occupation).collect()
}

fn normalised(typed: &str) -> String {
    text::compact(&text::to_half_width(typed))
        .chars()
        .map(|character| match character {
            '‐' | '‑' | '–' | '—' | '−' => '-',
            other => other,
        })
        .collect()
}

fn rank_by_code(occupation: &Occupation, digits: &str) -> Option<u8> {
    [Some(occupation.code), occupation.former_code]
        .into_iter()
        .flatten()
        .filter_map(|code| {
            let bare: String = code.chars().filter(|&character| character != '-').collect();
            rank_of(&bare, digits).filter(|&rank| rank < PART)
        })
        .min()
}

fn rank_by_name(occupation: &Occupation, query: &str) -> Option<u8> {
    [Some(occupation.name), occupation.former_name]
        .into_iter()
        .flatten()
        .filter_map(|name| rank_of(&normalised(name), query))
        .min()
}

const PART: u8 = 2;

fn rank_of(whole: &str, query: &str) -> Option<u8> {
    if whole == query {
        Some(0)
    } else if whole.starts_with(query) {
        Some(1)
    } else if whole.contains(query) {
        Some(PART)
    } else {
        None
    }
}

/// The 大类 of a code of the shape `d-dd-dd-dd` with a first digit of 1 to 8, whether or not the catalogue has the code;
/// `None` for any other text.
pub fn class_of(code: &str) -> Option<u8> {
    let bytes = code.as_bytes();
    let has_shape = bytes.len() == 10
        && bytes.iter().enumerate().all(|(index, byte)| match index {
            1 | 4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let class = bytes.first()?.wrapping_sub(b'0');
    (has_shape && (1..=8).contains(&class)).then_some(class)
}

/// The name of a 大类, 1 to 8.
pub const fn class_name(class: u8) -> Option<&'static str> {
    Some(match class {
        1 => "党的机关、国家机关、群众团体和社会组织、企事业单位负责人",
        2 => "专业技术人员",
        3 => "办事人员和有关人员",
        4 => "社会生产服务和生活服务人员",
        5 => "农、林、牧、渔业生产及辅助人员",
        6 => "生产制造及有关人员",
        7 => "军队人员",
        8 => "不便分类的其他从业人员",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &[&Occupation]) -> Vec<&'static str> {
        found.iter().map(|occupation| occupation.name).collect()
    }

    #[test]
    fn the_table_is_whole_and_sorted() {
        super::super::check_table(TABLE, 61681, 1675, all().len());
        assert!(all().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(all().iter().filter(|occupation| occupation.since == 2022).count(), 1637);
    }

    #[test]
    fn occupations_are_found_by_code() {
        for (code, name) in [
            ("6-18-01-01", "车工"),
            ("4-03-02-01", "中式烹调师"),
            ("4-10-01-03", "保育师"),
            ("4-14-02-02", "健康管理师"),
            ("6-31-01-03", "电工"),
            (" ６－１８－０１－０１", "车工"),
            ("2-02-32-00", "制药工程技术人员"),
            ("2-02-32-01", "制药工程技术人员"),
        ] {
            assert_eq!(find(code).map(|occupation| occupation.name), Some(name), "{code}");
        }
        assert_eq!(find("4-10-01-02"), None);
        assert_eq!(find("中文"), None);
    }

    #[test]
    fn occupations_are_found_by_present_and_former_name() {
        assert_eq!(by_name("车工").map(|occupation| occupation.code), Some("6-18-01-01"));
        assert_eq!(by_name("研学旅行指导师"), by_name("研学旅游指导师"));
        assert!(by_name("研学旅行指导师").is_some());
        assert_eq!(by_name("工"), None);
        for occupation in all().iter().step_by(13) {
            assert_eq!(by_name(occupation.name).map(|found| found.name), Some(occupation.name));
        }
    }

    #[test]
    fn search_gives_exact_and_prefix_matches_first() {
        assert_eq!(names(&search("电工", 50)).first(), Some(&"电工"));
        let found = search("养老", 50);
        assert!(names(&found).contains(&"养老护理员") && found[0].name.starts_with("养老"));
        assert_eq!(names(&search("6180101", 5)), ["车工"]);
        assert_eq!(names(&search("6-18-01-01", 5)), ["车工"]);
        assert!(search("6-18", 100).iter().all(|occupation| occupation.code.starts_with("6-18")));
        assert_eq!(search("6-18", 3).len(), 3);
        assert_eq!(names(&search("研学旅行", 5)), ["研学旅游指导师"]);
        assert_eq!(names(&search("2-02-32-00", 5)), ["制药工程技术人员"]);
        assert!(
            search("", 5).is_empty() && search(" - ", 5).is_empty() && search("没有的职业", 5).is_empty()
        );
    }

    #[test]
    fn class_comes_from_the_shape_of_the_code() {
        assert_eq!(class_of("6-18-01-01"), Some(6));
        assert_eq!(class_of("3-99-99-99"), Some(3));
        for text in
            ["", "6", "9-01-01-01", "0-01-01-01", "6-18-01-0", "6-18-01-011", "61180101-1", "六-18-01-1"]
        {
            assert_eq!(class_of(text), None, "{text}");
        }
        assert_eq!(class_name(4), Some("社会生产服务和生活服务人员"));
        assert_eq!(class_name(9), None);
    }
}
