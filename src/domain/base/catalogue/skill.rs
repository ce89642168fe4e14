//! Vocational skill levels (职业技能等级), as the certificates' level digit and the "new eight grades" name them
//! (人社部发〔2022〕14号). No table is embedded. 学徒工 has no certificate and is left out.

/// A skill level that a certificate can state.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SkillLevel {
    /// The level digit of the certificate number, `special_grade` or `chief`.
    pub key: &'static str,
    /// E.g. `三级/高级工`.
    pub name: &'static str,
    /// 1 for 五级 to 7 for 首席技师; only for comparing.
    pub rank: u8,
}

/// All levels, lowest first.
pub const LEVELS: &[SkillLevel] = &[
    SkillLevel { key: "5", name: "五级/初级工", rank: 1 },
    SkillLevel { key: "4", name: "四级/中级工", rank: 2 },
    SkillLevel { key: "3", name: "三级/高级工", rank: 3 },
    SkillLevel { key: "2", name: "二级/技师", rank: 4 },
    SkillLevel { key: "1", name: "一级/高级技师", rank: 5 },
    SkillLevel { key: "special_grade", name: "特级技师", rank: 6 },
    SkillLevel { key: "chief", name: "首席技师", rank: 7 },
];

/// The level of this key.
pub fn find(key: &str) -> Option<&'static SkillLevel> {
    LEVELS.iter().find(|level| level.key == key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn levels_stand_in_rank_order() {
        assert!(LEVELS.windows(2).all(|pair| pair[0].rank < pair[1].rank));
        assert_eq!(find("3").map(|level| level.name), Some("三级/高级工"));
        assert!(find("1").map(|l| l.rank) > find("2").map(|l| l.rank));
        assert_eq!(find("6"), None);
    }
}
