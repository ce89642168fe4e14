//! Professional titles (专业技术职称): series and posts of GB/T 8561-2001. Embedded: `professional-titles.csv`, 9,244
//! bytes (2.4 KB compressed).
//!
//! The level of a title cannot be read off its words (助理研究员 is 中级, 主管技师 is 中级, 高级实习指导教师 is 副高级):
//! ask for series and level. The standard predates the reform of 2017 to 2020, so 正高级工程师 and the like have no code.

use std::sync::OnceLock;

const TABLE: &str = include_str!("../../../../static/data/professional-titles.csv");

/// A level of titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TitleLevel {
    /// `clerk`, `assistant`, `middle`, `associate_senior` or `senior`.
    pub key: &'static str,
    /// E.g. `副高级`.
    pub name: &'static str,
    /// 1 for 员级 to 5 for 正高级; only for comparing.
    pub rank: u8,
}

/// All levels, lowest first.
pub const LEVELS: &[TitleLevel] = &[
    TitleLevel { key: "clerk", name: "员级", rank: 1 },
    TitleLevel { key: "assistant", name: "助理级", rank: 2 },
    TitleLevel { key: "middle", name: "中级", rank: 3 },
    TitleLevel { key: "associate_senior", name: "副高级", rank: 4 },
    TitleLevel { key: "senior", name: "正高级", rank: 5 },
];

/// A series of titles, e.g. 工程技术人员.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Series {
    /// Three digits, the last `0`.
    pub code: &'static str,
    /// E.g. `工程技术人员`.
    pub name: &'static str,
    /// The posts, highest first.
    pub posts: Vec<Post>,
}

/// A post of a series, e.g. 工程师.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// Three digits, the first two of its series.
    pub code: &'static str,
    /// E.g. `工程师`.
    pub name: &'static str,
    /// Its level; `None` for the one post below 员级.
    pub level: Option<&'static TitleLevel>,
}

/// The level of this key.
pub fn level(key: &str) -> Option<&'static TitleLevel> {
    LEVELS.iter().find(|level| level.key == key)
}

/// All series, by code.
pub fn series() -> &'static [Series] {
    static ALL: OnceLock<Vec<Series>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<Series> = Vec::new();
        for [code, name, level_key] in super::rows::<3>(TABLE) {
            if level_key == "series" {
                all.push(Series { code, name, posts: Vec::new() });
            } else if let Some(last) = all.last_mut() {
                last.posts.push(Post { code, name, level: level(level_key) });
            }
        }
        all
    })
}

/// The series of this code.
pub fn find_series(code: &str) -> Option<&'static Series> {
    series().iter().find(|series| series.code == code)
}

/// The post of this code.
pub fn find_post(code: &str) -> Option<&'static Post> {
    series().iter().flat_map(|series| &series.posts).find(|post| post.code == code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_post_belongs_to_its_series() {
        let n_posts: usize = series().iter().map(|series| series.posts.len()).sum();
        super::super::check_table(TABLE, 9244, 291, series().len() + n_posts);
        assert_eq!((series().len(), n_posts), (56, 235));
        for series in series() {
            for post in &series.posts {
                assert_eq!(post.code[..2], series.code[..2], "{}", post.name);
                assert!(post.level.is_some() || post.code == "416", "{}", post.name);
            }
        }
    }

    #[test]
    fn series_posts_and_levels_are_found() {
        assert_eq!(find_series("080").map(|s| s.name), Some("工程技术人员"));
        let engineer = find_post("083").unwrap();
        assert_eq!((engineer.name, engineer.level.map(|l| l.name)), ("工程师", Some("中级")));
        assert_eq!(find_post("080"), None);
        assert!(LEVELS.windows(2).all(|pair| pair[0].rank < pair[1].rank));
        assert_eq!(level("senior").map(|l| l.name), Some("正高级"));
    }
}
