//! 证卡: until when a card is to be claimed, and the bar where it is not (五（二）).

use chrono::NaiveDate;

use super::{Alternative, Deadline, calendar_missing, clauses, counted_by, term};
use crate::domain::base::catalogue::calendar;
use crate::domain::pack::{CLAIM_END, Pack};

/// The last day for claiming a card after the notice of `notice`, and where it was not claimed by then (or not yet) the
/// bar that follows. Empty where the pack has no such limit.
#[must_use]
pub fn card(pack: &Pack, notice: NaiveDate, claimed: Option<NaiveDate>) -> Vec<Deadline> {
    let Some(term) = term(pack, "card.claim_period") else { return Vec::new() };
    let rolls = pack.choice(CLAIM_END) == Some("next_working_day");
    let Some(plain) = term.last_day_from(notice) else { return Vec::new() };
    let rolled = calendar::first_working_day_from(plain);
    let rolled_words =
        format!("{}；末日是休息日的，顺延到其后第一个工作日（民法典第二百零三条）", counted_by(term));
    let plain_words = format!("{}；末日是休息日的也不顺延", counted_by(term));
    let (last, convention, alternative) = if rolls {
        (rolled.unwrap_or(plain), rolled_words, Alternative { date: Some(plain), convention: plain_words })
    } else {
        (plain, plain_words, Alternative { date: rolled, convention: rolled_words })
    };
    let note = if rolled.is_none() { calendar_missing(plain).unwrap_or_default() } else { String::new() };
    let mut found = vec![Deadline {
        kind: "card",
        from: Some(notice),
        date: Some(last),
        label: "领取证卡的最后一天".to_owned(),
        clauses: clauses(pack, "card.claim_period"),
        convention,
        alternative: Some(alternative),
        note: if note.is_empty() {
            "由推荐单位提交汇总表（附件5）统一领取；未领取的视为放弃，证卡注销".to_owned()
        } else {
            format!("{note}，按末日不顺延列出")
        },
    }];
    let is_in_time = claimed.is_some_and(|claimed| claimed <= last);
    if let Some(bar) = super::term(pack, "card.bar").filter(|_| !is_in_time) {
        found.push(Deadline {
            kind: "card_bar",
            from: last.succ_opt(),
            date: bar.last_day_from(last),
            label: "到期未领取的，不得再次报名的最后一天".to_owned(),
            clauses: clauses(pack, "card.bar"),
            convention: format!("自领取期限届满起{}", counted_by(bar)),
            alternative: Some(Alternative {
                date: bar.last_day_from(notice),
                convention: "自通知领取之日起算".to_owned(),
            }),
            note: "通知没有写一年从哪一天起算（A22）".to_owned(),
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::day;
    use super::*;

    #[test]
    fn a_month_after_the_notice() {
        let pack = Pack::built_in().unwrap();
        for (notice, last, other) in [
            ("2026-01-31", "2026-02-28", "2026-02-28"),
            ("2026-09-03", "2026-10-08", "2026-10-03"),
            ("2026-03-10", "2026-04-10", "2026-04-10"),
        ] {
            let found = card(&pack, day(notice), None);
            assert_eq!(found[0].date, Some(day(last)), "{notice}");
            assert_eq!(found[0].alternative.as_ref().and_then(|a| a.date), Some(day(other)), "{notice}");
            assert_eq!(found[0].clauses, ["5.2"]);
        }
    }

    #[test]
    fn a_card_that_lapses_bars_for_a_year() {
        let pack = Pack::built_in().unwrap();
        let found = card(&pack, day("2026-09-03"), None);
        assert_eq!((found[1].from, found[1].date), (Some(day("2026-10-09")), Some(day("2027-10-08"))));
        assert_eq!(card(&pack, day("2026-09-03"), Some(day("2026-10-08"))).len(), 1);
        assert_eq!(card(&pack, day("2026-09-03"), Some(day("2026-10-09"))).len(), 2);
    }

    #[test]
    fn a_year_without_calendar_is_said() {
        let found = card(&Pack::built_in().unwrap(), day("2026-12-05"), None);
        assert_eq!(found[0].date, Some(day("2027-01-05")));
        assert!(found[0].note.starts_with("没有载入 2027 年的工作日历"), "{}", found[0].note);
    }
}
