//! Administrative divisions: codes of GB/T 2260, in use and ended, 1981 to 2025. Embedded: `divisions.csv`, 169,101 bytes
//! (48 KB compressed).
//!
//! Changes of 2026 are not known, and cards keep codes that ended long ago: an unknown or ended code is no error.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../static/data/divisions.csv");

/// A division under one name: a code that was renamed has several of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Division {
    /// Six digits; `000000`-padded above county level (`510000`, `510100`).
    pub code: &'static str,
    /// E.g. `锦江区`.
    pub name: &'static str,
    /// First year in use; `None` = 1981, earlier, or not known.
    pub from: Option<u16>,
    /// Whether and when it ended.
    pub end: End,
}

/// Whether and when a division ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// Still in use at the end of 2025.
    InUse,
    /// Stopped in this year; the year-end table no longer has it.
    In(u16),
    /// Stopped, in a year that is not known.
    Unknown,
}

impl Division {
    /// Whether the division was in use at the end of `year`, as far as is known.
    pub fn is_in_use(&self, year: u16) -> bool {
        self.from.is_none_or(|from| from <= year)
            && match self.end {
                End::InUse | End::Unknown => true,
                End::In(end) => year < end,
            }
    }
}

/// All rows, by code and year.
fn all() -> &'static [Division] {
    static ALL: OnceLock<Vec<Division>> = OnceLock::new();
    ALL.get_or_init(|| {
        super::rows::<4>(TABLE)
            .filter_map(|[code, name, from, to]| {
                Some(Division {
                    code,
                    name,
                    from: if from.is_empty() { None } else { Some(from.parse().ok()?) },
                    end: match to {
                        "" => End::InUse,
                        "?" => End::Unknown,
                        year => End::In(year.parse().ok()?),
                    },
                })
            })
            .collect()
    })
}

/// Everything that a code (six digits) has stood for, oldest first; empty if the code is not known.
pub fn history(code: &str) -> &'static [Division] {
    let start = all().partition_point(|division| division.code < code);
    let n =
        all().get(start..).unwrap_or_default().iter().take_while(|division| division.code == code).count();
    all().get(start..start + n).unwrap_or_default()
}

/// What the code stood for at the end of `year`. `None` if the code is not known or was not in use then.
pub fn find(code: &str, year: u16) -> Option<&'static Division> {
    let mut in_use = history(code).iter().filter(|division| division.is_in_use(year));
    in_use.next_back()
}

/// What the code stood for in `year`, else what it first stood for afterwards, else what it stood for last: how to read a
/// code on a card whose day of issue is not known.
pub fn find_nearest(code: &str, year: u16) -> Option<&'static Division> {
    let history = history(code);
    find(code, year)
        .or_else(|| history.iter().find(|division| division.from.is_some_and(|from| from > year)))
        .or_else(|| history.last())
}

/// Province, city and county of a code by their latest names, e.g. `四川省成都市锦江区`; headings such as 市辖区 are left
/// out. `None` if neither the code nor its province is known.
pub fn full_name(code: &str) -> Option<String> {
    full_name_in(code, u16::MAX)
}

/// As [`full_name`], by the names of `year` as [`find_nearest`] finds them.
pub fn full_name_in(code: &str, year: u16) -> Option<String> {
    if code.len() != 6 || !code.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let mut name = String::new();
    let mut last_code = String::new();
    for n_digits in [2, 4, 6] {
        let level_code = format!("{:0<6}", code.get(..n_digits)?);
        if level_code == last_code {
            continue;
        }
        if let Some(division) = find_nearest(&level_code, year)
            && division.name != "市辖区"
        {
            name.push_str(division.name);
        }
        last_code = level_code;
    }
    if name.is_empty() { None } else { Some(name) }
}

/// The 21 cities and prefectures (市、州) of Sichuan in use, with six-digit codes, by code.
pub fn sichuan_cities() -> Vec<&'static Division> {
    all()
        .iter()
        .filter(|division| {
            division.code.starts_with("51")
                && division.code.ends_with("00")
                && division.code != "510000"
                && division.end == End::InUse
        })
        .collect()
}

/// The province, autonomous region or municipality of two digits, e.g. `51` → 四川省, by its latest name.
pub fn province(two_digits: &str) -> Option<&'static Division> {
    history(&format!("{two_digits}0000")).last()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name_in(code: &str, year: u16) -> Option<&'static str> {
        find(code, year).map(|division| division.name)
    }

    #[test]
    fn the_table_is_whole_and_sorted() {
        super::super::check_table(TABLE, 169101, 6995, all().len());
        assert!(all().windows(2).all(|pair| pair[0].code <= pair[1].code));
        assert!(all().iter().all(|division| division.code.len() == 6));
    }

    #[test]
    fn codes_are_found_by_year() {
        assert_eq!(name_in("110103", 2009), Some("崇文区"));
        assert_eq!(name_in("110103", 2010), None);
        assert_eq!(name_in("513701", 1995), Some("巴中市"));
        assert_eq!(name_in("330113", 2020), None);
        assert_eq!(name_in("330113", 2021), Some("临平区"));
        assert_eq!(name_in("410881", 1995), Some("济源市"));
        assert_eq!(find_nearest("410881", 2001).map(|d| d.name), Some("济源市"));
        assert_eq!(find_nearest("330113", 1990).map(|d| d.name), Some("临平区"));
        assert!(history("119999").is_empty() && history("").is_empty() && history("中文").is_empty());
    }

    #[test]
    fn full_names_have_three_levels_without_headings() {
        for (code, name) in [
            ("510104", "四川省成都市锦江区"),
            ("513425", "四川省凉山彝族自治州会理县"),
            ("110105", "北京市朝阳区"),
            ("510101", "四川省成都市"),
            ("510000", "四川省"),
            ("510100", "四川省成都市"),
            ("330113", "浙江省杭州市临平区"),
            ("810000", "香港特别行政区"),
            ("830000", "台湾"),
            ("119999", "北京市"),
        ] {
            assert_eq!(full_name(code).as_deref(), Some(name), "{code}");
        }
        assert_eq!(full_name_in("513701", 1995).as_deref(), Some("四川省巴中地区巴中市"));
        for code in ["990101", "51010", "５１０１０４", "四川省", ""] {
            assert_eq!(full_name(code), None, "{code}");
        }
    }

    #[test]
    fn sichuan_has_21_cities_and_prefectures() {
        let names: Vec<_> = sichuan_cities().iter().map(|division| (division.code, division.name)).collect();
        assert_eq!(names.len(), 21);
        assert_eq!(names.first(), Some(&("510100", "成都市")));
        assert_eq!(names.last(), Some(&("513400", "凉山彝族自治州")));
        assert_eq!(province("51").map(|division| division.name), Some("四川省"));
        assert_eq!(province("99"), None);
    }
}
