//! Pinyin of the characters in our catalogues, so that names are found by what an input method would be given: whole
//! syllables (`dianqihanjie`), initials (`dqhj`), or both mixed (`dianqhj`). Embedded: `pinyin.csv`, 5,322 bytes (3.7 KB
//! compressed).
//!
//! A character has the readings that it has in these names, without tones; `ü` is `v`.

use std::sync::OnceLock;

use crate::domain::base::text;

const TABLE: &str = include_str!("../../../../static/data/pinyin.csv");

/// Every reading, by character; a character with two readings has two entries.
fn all() -> &'static [(char, &'static str)] {
    static ALL: OnceLock<Vec<(char, &'static str)>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<(char, &'static str)> = super::rows::<2>(TABLE)
            .flat_map(|[syllable, characters]| characters.chars().map(move |character| (character, syllable)))
            .collect();
        all.sort_unstable();
        all
    })
}

/// The readings of a character; empty for what is not in the catalogues.
fn readings(character: char) -> &'static [(char, &'static str)] {
    let all = all();
    let start = all.partition_point(|(known, _)| *known < character);
    let n = all.get(start..).unwrap_or_default().iter().take_while(|(known, _)| *known == character).count();
    all.get(start..start + n).unwrap_or_default()
}

/// The letters and digits of a query by pinyin, in lower case; `None` if it holds anything else, or no letter.
#[must_use]
pub fn query(typed: &str) -> Option<String> {
    let typed = text::compact(&text::to_half_width(typed)).to_lowercase();
    let letters: String = typed.chars().filter(|c| !matches!(c, '\'' | '’' | '-')).collect();
    let is_query = letters.chars().any(|c| c.is_ascii_alphabetic()) && letters.is_ascii();
    (is_query && letters.chars().all(|c| c.is_ascii_alphanumeric())).then_some(letters)
}

/// How the letters fit a name: the whole of it (0), its beginning (1), a part of it (2), or not at all.
#[must_use]
pub fn rank(name: &str, letters: &str) -> Option<u8> {
    if letters.is_empty() {
        return None;
    }
    let characters: Vec<char> = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let at = |start: usize| fit(characters.get(start..).unwrap_or_default(), letters);
    match at(0) {
        Some(0) => Some(0),
        Some(_) => Some(1),
        None => (1..characters.len()).find_map(at).map(|_| 2),
    }
}

/// Whether the letters are read from the first of these characters on; how many characters are left over.
fn fit(characters: &[char], letters: &str) -> Option<usize> {
    if letters.is_empty() {
        return Some(characters.len());
    }
    let (first, rest) = characters.split_first()?;
    if let Some(after) = letters.strip_prefix(first.to_ascii_lowercase()) {
        return fit(rest, after);
    }
    readings(*first)
        .iter()
        .filter_map(|(_, syllable)| {
            // The longest beginning of the syllable first; a whole query may end within it.
            let common = syllable.bytes().zip(letters.bytes()).take_while(|(a, b)| a == b).count();
            let is_last = common == letters.len();
            // Of a syllable of one letter the letter is the whole: once is enough.
            let initial = (syllable.len() > 1).then_some(1);
            let lengths = [Some(syllable.len()), initial].into_iter().flatten().filter(|n| *n <= common);
            let within = is_last.then_some(rest.len());
            lengths.filter_map(|n| fit(rest, letters.get(n..)?)).min().into_iter().chain(within).min()
        })
        .min()
}

/// The first reading of each character of a name, for tests.
#[cfg(test)]
pub(super) fn spelled(name: &str) -> Vec<String> {
    let of =
        |c: char| readings(c).first().map_or_else(|| c.to_lowercase().to_string(), |(_, s)| (*s).to_owned());
    name.chars().filter(|c| c.is_alphanumeric()).map(of).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::catalogue::{division, occupation};

    #[test]
    fn every_character_of_a_name_has_a_reading() {
        let n_characters: usize =
            TABLE.lines().skip(1).filter_map(|l| l.split_once(',')).map(|(_, c)| c.chars().count()).sum();
        super::super::check_table(
            TABLE,
            5322,
            TABLE.lines().count() - 1,
            super::super::rows::<2>(TABLE).count(),
        );
        assert_eq!(all().len(), n_characters);
        let cities = division::sichuan_cities().into_iter().map(|city| city.name);
        for name in occupation::all().iter().map(|o| o.name).chain(cities) {
            for character in name.chars().filter(|c| !c.is_ascii() && c.is_alphanumeric()) {
                assert!(!readings(character).is_empty(), "{character} in {name}");
            }
        }
    }

    #[test]
    fn names_are_read_whole_by_initials_and_mixed() {
        for (letters, expected) in [
            ("hangong", Some(0)),
            ("hg", Some(0)),
            ("hgong", Some(0)),
            ("han", Some(1)),
            ("h", Some(1)),
            ("ha", Some(1)),
            ("gong", Some(2)),
            ("g", Some(2)),
            ("hanh", None),
            ("gh", None),
            ("x", None),
        ] {
            assert_eq!(rank("焊工", letters), expected, "{letters}");
        }
        assert_eq!(rank("会计专业人员", "kjzyry"), Some(0));
        assert_eq!(rank("轧钢工", "zhagang"), Some(1));
        assert_eq!(rank("起重装卸机械操作工", "qzzxjxczg"), Some(0));
        assert_eq!(rank("3D打印设备操作员", "3ddy"), Some(1));
        assert_eq!(rank("焊工", ""), None);
    }

    #[test]
    fn a_query_is_letters_and_digits() {
        assert_eq!(query(" Xi'an ").as_deref(), Some("xian"));
        assert_eq!(query("ｄｑ").as_deref(), Some("dq"));
        assert_eq!(query("6-18"), None);
        assert_eq!(query("电q"), None);
        assert_eq!(query(""), None);
    }
}
