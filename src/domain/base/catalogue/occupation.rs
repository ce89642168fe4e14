//! Occupations (职业): the 细类 of 中华人民共和国职业分类大典(2022年版) with what was added and recoded in 2024 and 2025.
//! Embedded: `occupations.csv`, 61,681 bytes (17 KB compressed), and the 537 classes above them, `occupation-groups.csv`,
//! 19,609 bytes (6 KB compressed).
//!
//! Codes of the edition of 2015, which old certificates carry, are not here: an unknown code is no error by itself.

use std::sync::OnceLock;

use super::{pinyin, worktype};
use crate::domain::base::text;

const TABLE: &str = include_str!("../../../../static/data/occupations.csv");
const GROUPS: &str = include_str!("../../../../static/data/occupation-groups.csv");

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

impl Occupation {
    /// Whether the notice of 2026 takes applications for it: classes 3 to 6 (一（一）).
    #[must_use]
    pub fn may_apply(&self) -> bool {
        (3..=6).contains(&self.class)
    }
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

/// Reads the tables that a search needs, so that the first key pressed does not wait for it.
pub fn prepare() {
    // Found or not, every table was read.
    let _ = search("zzz", 0);
}

/// By what an occupation was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// Its code or the beginning of it, with or without hyphens.
    Code,
    /// Its name or a part of it.
    Name,
    /// The name that it had before.
    FormerName,
    /// The code that it had before.
    FormerCode,
    /// The pinyin of its name: syllables, initials or both.
    Pinyin,
    /// A 工种 of it that we know.
    Worktype,
    /// The 小类 that it is in.
    Group,
}

impl MatchedBy {
    /// The word in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            MatchedBy::Code => "code",
            MatchedBy::Name => "name",
            MatchedBy::FormerName => "former_name",
            MatchedBy::FormerCode => "former_code",
            MatchedBy::Pinyin => "pinyin",
            MatchedBy::Worktype => "worktype",
            MatchedBy::Group => "group",
        }
    }
}

/// An occupation that was searched for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The occupation.
    pub occupation: &'static Occupation,
    /// By what it was found.
    pub by: MatchedBy,
    /// The text that was matched: a code, a name, a former name, a 工种, a 小类.
    pub matched: &'static str,
}

/// What a search brings.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// The best, as many as were asked for.
    pub found: Vec<Found>,
    /// How many there are in all.
    pub total: usize,
}

/// Occupations for what someone has typed so far: a code or the beginning of one (with or without hyphens), a name,
/// former name, 工种 or 小类 or a part of one, or pinyin. Exact matches first, then beginnings, then parts, then what is
/// found by 工种 and by 小类; by code within each. Nothing for an empty query.
pub fn search(query: &str, limit: usize) -> Search {
    // No name is as long; what was pasted by mistake is not compared with 1,675 names.
    let query = normalised(query);
    if query.is_empty() || query.len() > MAX_QUERY {
        return Search::default();
    }
    let digits: String = query.chars().filter(|&character| character != '-').collect();
    let is_code = !digits.is_empty() && digits.chars().all(|character| character.is_ascii_digit());
    let letters = pinyin::query(&query);
    let mut matches: Vec<(u8, Found)> = all()
        .iter()
        .filter_map(|occupation| {
            if is_code {
                match_by_code(occupation, &digits)
            } else {
                match_by_name(occupation, &query)
                    .or_else(|| match_by_pinyin(occupation, letters.as_deref()?))
                    .or_else(|| match_by_worktype(occupation, &query))
                    .or_else(|| match_by_group(occupation, &query))
            }
        })
        .collect();
    let total = matches.len();
    matches.sort_by_key(|(rank, found)| (*rank, found.by));
    Search { found: matches.into_iter().take(limit).map(|(_, found)| found).collect(), total }
}

/// The longest query that is looked for, in bytes.
const MAX_QUERY: usize = 120;

fn normalised(typed: &str) -> String {
    text::compact(&text::to_half_width(typed))
        .chars()
        .map(|character| match character {
            '‐' | '‑' | '–' | '—' | '−' => '-',
            other => other,
        })
        .collect()
}

fn match_by_code(occupation: &'static Occupation, digits: &str) -> Option<(u8, Found)> {
    let fits = |code: &'static str, by| {
        let bare = code.bytes().filter(|b| *b != b'-');
        let is_beginning =
            bare.clone().count() >= digits.len() && bare.clone().zip(digits.bytes()).all(|(a, b)| a == b);
        let rank = u8::from(bare.count() != digits.len());
        is_beginning.then_some((rank, Found { occupation, by, matched: code }))
    };
    fits(occupation.code, MatchedBy::Code)
        .or_else(|| occupation.former_code.and_then(|code| fits(code, MatchedBy::FormerCode)))
}

fn match_by_name(occupation: &'static Occupation, query: &str) -> Option<(u8, Found)> {
    let fits =
        |name: &'static str, by| Some((rank_of(name, query)?, Found { occupation, by, matched: name }));
    fits(occupation.name, MatchedBy::Name)
        .or_else(|| occupation.former_name.and_then(|name| fits(name, MatchedBy::FormerName)))
}

fn match_by_pinyin(occupation: &'static Occupation, letters: &str) -> Option<(u8, Found)> {
    let matched = occupation.name;
    Some((pinyin::rank(matched, letters)?, Found { occupation, by: MatchedBy::Pinyin, matched }))
}

fn match_by_worktype(occupation: &'static Occupation, query: &str) -> Option<(u8, Found)> {
    let matched = worktype::of(occupation.code).find(|name| rank_of(name, query).is_some())?;
    Some((BY_WORKTYPE, Found { occupation, by: MatchedBy::Worktype, matched }))
}

fn match_by_group(occupation: &'static Occupation, query: &str) -> Option<(u8, Found)> {
    let matched = group(occupation.code.get(..7)?)?;
    rank_of(matched, query)?;
    Some((BY_GROUP, Found { occupation, by: MatchedBy::Group, matched }))
}

const BY_WORKTYPE: u8 = 3;
const BY_GROUP: u8 = 4;

/// Names hold full-width brackets where a person may type ASCII ones.
fn rank_of(name: &str, query: &str) -> Option<u8> {
    let same = |a: char| text::half_width(a);
    let starts = |from: &str| {
        let mut rest = from.chars().map(same);
        query.chars().all(|wanted| rest.next() == Some(wanted)).then(|| rest.next().is_none())
    };
    match starts(name) {
        Some(true) => Some(0),
        Some(false) => Some(1),
        None => name.char_indices().skip(1).find_map(|(at, _)| starts(name.get(at..)?)).map(|_| 2),
    }
}

/// The name of a 大类 (`6`), 中类 (`6-18`) or 小类 (`6-18-01`).
pub fn group(code: &str) -> Option<&'static str> {
    static ALL: OnceLock<Vec<[&'static str; 2]>> = OnceLock::new();
    let all = ALL.get_or_init(|| super::rows::<2>(GROUPS).collect());
    all.binary_search_by(|[known, _]| (*known).cmp(code))
        .ok()
        .and_then(|at| all.get(at))
        .map(|[_, name]| *name)
}

/// The names of the 大类, 中类 and 小类 that a code is in, as far as they are known.
pub fn groups_of(code: &str) -> Vec<&'static str> {
    [1, 4, 7].into_iter().filter_map(|end| group(code.get(..end)?)).collect()
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
pub fn class_name(class: u8) -> Option<&'static str> {
    group(std::str::from_utf8(&[b'0'.checked_add(class)?]).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(query: &str, limit: usize) -> Vec<&'static str> {
        search(query, limit).found.iter().map(|found| found.occupation.name).collect()
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
        assert_eq!(names("电工", 50).first(), Some(&"电工"));
        let found = names("养老", 50);
        assert!(found.contains(&"养老护理员") && found[0].starts_with("养老"));
        assert_eq!(names("6180101", 5), ["车工"]);
        assert_eq!(names("6-18-01-01", 5), ["车工"]);
        assert_eq!(names("6-18", 100).len(), search("618", 100).total);
        let part = search("6-18", 3);
        assert!(part.found.len() == 3 && part.total > 3);
        assert!(part.found.iter().all(|found| found.occupation.code.starts_with("6-18")));
        assert!(names("", 5).is_empty() && names(" - ", 5).is_empty() && names("没有的职业", 5).is_empty());
        assert!(names(&"工".repeat(1_000_000), 5).is_empty());
    }

    #[test]
    fn renamed_and_recoded_occupations_say_by_what_they_were_found() {
        let first =
            |query: &str| search(query, 5).found.first().map(|f| (f.occupation.name, f.by, f.matched));
        assert_eq!(first("研学旅行"), Some(("研学旅游指导师", MatchedBy::FormerName, "研学旅行指导师")));
        assert_eq!(first("2-02-32-00"), Some(("制药工程技术人员", MatchedBy::FormerCode, "2-02-32-00")));
        assert_eq!(first("森林灭火员"), Some(("消防员", MatchedBy::Worktype, "森林灭火员")));
        assert_eq!(first("机械冷加工").map(|f| (f.1, f.2)), Some((MatchedBy::Group, "机械冷加工人员")));
    }

    #[test]
    fn every_occupation_is_found_by_its_pinyin() {
        for (query, name) in [
            ("hangong", "焊工"),
            ("hg", "焊工"),
            ("zspts", "中式烹调师"),
            ("zhongshi peng", "中式烹调师"),
            ("YLHLY", "养老护理员"),
            ("rengongzhinengxunlianshi", "人工智能训练师"),
            ("jinshuzhazhi", "金属轧制工"),
        ] {
            assert!(names(query, 8).contains(&name), "{query}: {:?}", names(query, 8));
        }
        for occupation in all().iter().step_by(7) {
            let syllables = pinyin::spelled(occupation.name);
            for query in [syllables.concat(), syllables.iter().filter_map(|s| s.get(..1)).collect()] {
                assert_eq!(pinyin::rank(occupation.name, &query), Some(0), "{} {query}", occupation.name);
            }
        }
    }

    #[test]
    fn groups_stand_above_every_occupation() {
        super::super::check_table(GROUPS, 19609, 537, super::super::rows::<2>(GROUPS).count());
        assert_eq!(groups_of("6-18-01-01"), ["生产制造及有关人员", "机械制造基础加工人员", "机械冷加工人员"]);
        for occupation in all() {
            assert_eq!(groups_of(occupation.code).len(), 3, "{}", occupation.code);
        }
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
