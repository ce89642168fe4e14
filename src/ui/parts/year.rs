//! The year as a picture: sessions of the track, and the person's own days.

use std::rc::Rc;

use chrono::{Datelike, NaiveDate};
use yew::prelude::*;

use crate::domain::pack::{Pack, Session};
use crate::domain::rule::{SessionOutlook, Verdict};
use crate::domain::schedule::Deadline;
use crate::ui::parts::findings::cite;
use crate::ui::widgets::{Timeline, TimelineLane, TimelineMark, TimelineSpan, Tone};

/// The year of the pack with its sessions; `outlook` tells which of them fit, `deadlines` are the person's own days.
pub fn view_year(
    pack: &Pack,
    track: &str,
    today: NaiveDate,
    outlook: &[SessionOutlook],
    deadlines: &[Deadline],
) -> Html {
    let year = pack.info.valid_to.year();
    let own_year = deadlines.iter().filter_map(|d| d.date).map(|d| d.year()).max().unwrap_or(year);
    let from = NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(pack.info.valid_from);
    // Bars and retakes may run into the year after; no picture needs more.
    let to = NaiveDate::from_ymd_opt(own_year.clamp(year, year + 1), 12, 31).unwrap_or(pack.info.valid_to);
    let lanes = vec![
        TimelineLane {
            title: "培训班".into(),
            spans: pack.classes_for(track).filter_map(|s| span_of(s, outlook)).collect(),
            marks: Vec::new(),
        },
        TimelineLane {
            title: "补考".into(),
            spans: pack.retakes_for(track).filter_map(|s| span_of(s, outlook)).collect(),
            marks: Vec::new(),
        },
        own_lane(pack, deadlines),
    ];
    let title =
        if to.year() == year { format!("{year}年") } else { format!("{year}年至{}年", to.year()) };
    html! {
        <Timeline id="year" title={format!("{title}的班期和日期")} {from} {to} today={Some(today)} lanes={Rc::new(lanes)} />
    }
}

fn span_of(session: &Session, outlook: &[SessionOutlook]) -> Option<TimelineSpan> {
    let from = session.month?;
    let to = session.last_day()?;
    let found = outlook.iter().find(|o| o.session == session.id);
    let (tone, word) = match found {
        None => (Tone::Neutral, ""),
        Some(o) if o.is_past => (Tone::Neutral, "已过"),
        Some(o) if o.qualifies => (Tone::Done, "符合"),
        Some(o) if o.verdict == Verdict::NotEligible && o.from.is_some() => (Tone::Warning, "期满后可"),
        Some(o) if o.verdict == Verdict::NotEligible => (Tone::Problem, "不符合"),
        Some(_) => (Tone::Warning, "待定"),
    };
    let name = format!("{}月", from.month());
    let label = if word.is_empty() { name } else { format!("{name} {word}") };
    Some(TimelineSpan { from, to, label: label.into(), detail: session.label.clone().into(), tone })
}

fn own_lane(pack: &Pack, deadlines: &[Deadline]) -> TimelineLane {
    let mut lane = TimelineLane { title: "自己的日期".into(), spans: Vec::new(), marks: Vec::new() };
    for d in deadlines.iter().filter(|d| d.kind != "retake") {
        let Some(date) = d.date else { continue };
        let detail = AttrValue::from(format!("{}（{}）", d.label, cite(pack, &d.clauses)));
        let label = AttrValue::Static(match d.kind {
            "filing" => "受理满期",
            "leave" => "最晚请假",
            "card" => "最晚领证卡",
            "card_bar" => "未领证卡禁报期",
            "bar" => "禁报期",
            "retake_window" => "可补考期",
            _ => "日期",
        });
        match (d.kind, d.from) {
            ("bar" | "card_bar", Some(from)) => {
                lane.spans.push(TimelineSpan { from, to: date, label, detail, tone: Tone::Problem });
            }
            ("retake_window", Some(from)) => {
                lane.spans.push(TimelineSpan { from, to: date, label, detail, tone: Tone::Active });
            }
            _ => lane.marks.push(TimelineMark { date, label, detail, tone: Tone::Warning }),
        }
    }
    lane
}
