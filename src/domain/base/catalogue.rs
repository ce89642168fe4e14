//! Catalogues: the codes and names that standards and the State Council fix, embedded as small tables and read on first
//! use.
//!
//! Invariants: a catalogue says what it knows, and "not found" never means "does not exist". A row that cannot be read
//! is left out; the tests prove that there is none. Where the tables come from: `static/data/README.md`.

pub mod calendar;
pub mod division;
pub mod education;
pub mod ethnic_group;
pub mod occupation;
pub mod pinyin;
pub mod political_status;
pub mod skill;
pub mod title;
pub mod worktype;

use super::text;

/// The entries (code and name) that fit what someone has typed so far, best first: the beginning of a code, a name or a
/// part of it, or its pinyin. All of them, in their own order, for an empty query.
pub fn search<'a>(entries: &[(&'a str, &'a str)], query: &str) -> Vec<(&'a str, &'a str)> {
    let query = text::compact(&text::to_half_width(query));
    if query.is_empty() {
        return entries.to_vec();
    }
    let letters = pinyin::query(&query);
    let rank = |code: &str, name: &str| {
        let at = name.find(&query).map(|at| if at > 0 { 2 } else { u8::from(name != query) });
        let by_code = code.starts_with(&query).then_some(1);
        let by_pinyin = || pinyin::rank(name, letters.as_deref()?);
        at.or(by_code).or_else(by_pinyin)
    };
    let mut found: Vec<(u8, (&str, &str))> =
        entries.iter().filter_map(|&(code, name)| Some((rank(code, name)?, (code, name)))).collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// The rows of an embedded table without its header, each cut into exactly `N` columns.
fn rows<const N: usize>(csv: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    csv.lines().skip(1).filter_map(|line| {
        let mut row = [""; N];
        let mut columns = line.split(',');
        for cell in &mut row {
            *cell = columns.next()?;
        }
        if columns.next().is_some() { None } else { Some(row) }
    })
}

/// Proves that a table has `n` rows and that none of them is left out when read.
#[cfg(test)]
fn check_table(csv: &str, n_bytes: usize, n_rows: usize, n_read: usize) {
    assert_eq!(csv.len(), n_bytes, "the size that the doc comment states");
    assert_eq!(csv.lines().count(), n_rows + 1);
    assert_eq!(n_read, n_rows, "every row is read");
    assert!(!csv.contains(['"', '\r', '\u{feff}']) && csv.ends_with('\n'));
}

#[cfg(test)]
mod tests {
    use super::search;

    #[test]
    fn entries_are_found_by_code_name_and_pinyin() {
        let cities = [("510100", "成都市"), ("510700", "绵阳市"), ("513200", "阿坝藏族羌族自治州")];
        let names =
            |query: &str| search(&cities, query).into_iter().map(|(_, name)| name).collect::<Vec<_>>();
        assert_eq!(names(""), ["成都市", "绵阳市", "阿坝藏族羌族自治州"]);
        assert_eq!(names("my"), ["绵阳市"]);
        assert_eq!(names("chengdu"), ["成都市"]);
        assert_eq!(names("5107"), ["绵阳市"]);
        assert_eq!(names("藏族"), ["阿坝藏族羌族自治州"]);
        assert_eq!(names("zizhi"), ["阿坝藏族羌族自治州"]);
        assert!(names("重庆").is_empty());
    }
}
