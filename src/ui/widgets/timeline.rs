//! A stretch of time as a picture, with the same in words.

use std::rc::Rc;

use chrono::{Datelike, Days, Months, NaiveDate};
use yew::prelude::*;

use super::{Details, Tone};

/// Width of the picture in its own units; text is measured in the same.
const WIDTH: f64 = 960.0;
/// Height of a row of bars.
const ROW: f64 = 30.0;
/// Height of a lane's title and of the month labels.
const LINE: f64 = 24.0;
/// Size of the text.
const TEXT: f64 = 14.0;

/// Something that lasts: both days belong to it.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineSpan {
    /// First day.
    pub from: NaiveDate,
    /// Last day.
    pub to: NaiveDate,
    /// What it is, in a few words.
    pub label: AttrValue,
    /// What else is to be said; only in the list.
    pub detail: AttrValue,
    /// What it means.
    pub tone: Tone,
}

/// One day.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineMark {
    /// The day.
    pub date: NaiveDate,
    /// What it is, in a few words.
    pub label: AttrValue,
    /// What else is to be said; only in the list.
    pub detail: AttrValue,
    /// What it means.
    pub tone: Tone,
}

/// A row of things that belong together.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineLane {
    /// What they are.
    pub title: AttrValue,
    /// What lasts.
    pub spans: Vec<TimelineSpan>,
    /// Single days.
    pub marks: Vec<TimelineMark>,
}

/// Properties of [`Timeline`].
#[derive(Properties, PartialEq)]
pub struct TimelineProps {
    /// Id, for the picture's title.
    pub id: AttrValue,
    /// What the picture shows.
    pub title: AttrValue,
    /// Its first day.
    pub from: NaiveDate,
    /// Its last day.
    pub to: NaiveDate,
    /// Today, if it is to be marked.
    #[prop_or_default]
    pub today: Option<NaiveDate>,
    /// What it holds.
    pub lanes: Rc<Vec<TimelineLane>>,
}

/// A stretch of time as a picture: months along the top, a lane below the other, today as a line. Below it the same as a
/// list; on narrow screens the picture scrolls within itself.
///
/// ```
/// # use std::rc::Rc;
/// # use chrono::NaiveDate;
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{Timeline, TimelineLane};
/// # #[component]
/// # fn Example() -> Html {
/// # let (from, to, lanes) = (NaiveDate::default(), NaiveDate::default(), Rc::new(Vec::<TimelineLane>::new()));
/// html! { <Timeline id="year" title="2026年" {from} {to} {lanes} /> }
/// # }
/// ```
#[component]
pub fn Timeline(props: &TimelineProps) -> Html {
    let TimelineProps { id, title, from, to, today, lanes } = props;
    let axis = Axis { from: *from, to: *to };
    let placed: Vec<Vec<Placed>> = lanes.iter().map(|lane| place(lane, axis)).collect();
    if lanes.iter().all(|lane| lane.spans.is_empty() && lane.marks.is_empty()) {
        return html! { <p class="muted">{ "没有可显示的日期。" }</p> };
    }
    let mut top = 2.0 * LINE;
    let mut drawn = Vec::new();
    for (lane, placed) in lanes.iter().zip(&placed).filter(|(_, placed)| !placed.is_empty()) {
        let n_rows = placed.iter().map(|p| p.row + 1).max().unwrap_or(0);
        drawn.push(draw_lane(lane, placed, top));
        top += LINE + to_units(n_rows) * ROW + 6.0;
    }
    let title_id = format!("{id}-title");
    html! {
        <div class="year">
            <div class="year__scroll" role="region" tabindex="0" aria-labelledby={title_id.clone()}>
                <svg class="year__picture" viewBox={format!("0 0 {} {}", unit(WIDTH), unit(top + LINE))} role="img" aria-labelledby={title_id.clone()}>
                    <title id={title_id}>{ title }</title>
                    { draw_months(axis, top) }
                    { for drawn }
                    if let Some(x) = today.and_then(|day| axis.x(day)) {
                        <g class="year__today">
                            <line x1={unit(x)} y1={unit(2.0 * LINE)} x2={unit(x)} y2={unit(top + LINE)} />
                            <text x={unit(if x > WIDTH - 50.0 { x - 4.0 } else { x + 4.0 })} y={unit(top + LINE - 6.0)}
                                text-anchor={if x > WIDTH - 50.0 { "end" } else { "start" }}>{ "今天" }</text>
                        </g>
                    }
                </svg>
            </div>
            <Details summary="以文字列出">{ list(lanes) }</Details>
        </div>
    }
}

#[derive(Clone, Copy)]
struct Axis {
    from: NaiveDate,
    to: NaiveDate,
}

impl Axis {
    fn n_days(self) -> i64 {
        ((self.to - self.from).num_days() + 1).max(1)
    }

    /// Where a day begins; `None` outside the picture.
    fn x(self, day: NaiveDate) -> Option<f64> {
        (self.from..=self.to).contains(&day).then(|| self.edge(day))
    }

    /// Where a day begins, days outside at the border.
    fn edge(self, day: NaiveDate) -> f64 {
        let n = (day - self.from).num_days().clamp(0, self.n_days());
        to_float(n) / to_float(self.n_days()) * WIDTH
    }
}

#[allow(clippy::cast_precision_loss)]
fn to_float(n: i64) -> f64 {
    n as f64
}

fn to_units(n: usize) -> f64 {
    f64::from(u32::try_from(n).unwrap_or(u32::MAX))
}

/// A place in the picture, as it stands in the markup: whole units are finer than any screen shows.
#[allow(clippy::cast_possible_truncation)]
fn unit(x: f64) -> String {
    (x.round() as i64).to_string()
}

/// Something in its place.
#[derive(Clone, Debug, PartialEq)]
struct Placed {
    /// Left end of the bar, or the middle of the mark.
    x: f64,
    /// Width of the bar; `None` for a mark.
    width: Option<f64>,
    /// Which of the lane's rows.
    row: usize,
    label: AttrValue,
    tone: Tone,
    /// Whether the label stands left of its place, at the right border.
    is_flipped: bool,
}

impl Placed {
    /// From where to where it takes room, its label included.
    fn extent(&self) -> (f64, f64) {
        let text = text_width(&self.label) + 12.0;
        let width = self.width.unwrap_or(16.0).max(6.0);
        if self.is_flipped {
            (self.x + width - text.max(width), self.x + width)
        } else {
            (self.x, self.x + text.max(width))
        }
    }
}

/// About how wide a text is: ideographs are as wide as they are high, other characters about half of that.
fn text_width(text: &str) -> f64 {
    text.chars().map(|c| if c.is_ascii() { 0.56 } else { 1.0 }).sum::<f64>() * TEXT
}

/// The lane's things within the picture, each in the first row where it does not touch another.
fn place(lane: &TimelineLane, axis: Axis) -> Vec<Placed> {
    let mut all: Vec<Placed> = Vec::new();
    for span in &lane.spans {
        if span.to < axis.from || span.from > axis.to || span.to < span.from {
            continue;
        }
        let x = axis.edge(span.from);
        let end = axis.edge(span.to.checked_add_days(Days::new(1)).unwrap_or(span.to));
        let width = (end - x).max(6.0);
        let is_flipped = x + text_width(&span.label) + 12.0 > WIDTH;
        all.push(Placed {
            x,
            width: Some(width),
            row: 0,
            label: span.label.clone(),
            tone: span.tone,
            is_flipped,
        });
    }
    for mark in &lane.marks {
        if let Some(x) = axis.x(mark.date) {
            let is_flipped = x + text_width(&mark.label) + 20.0 > WIDTH;
            all.push(Placed {
                x,
                width: None,
                row: 0,
                label: mark.label.clone(),
                tone: mark.tone,
                is_flipped,
            });
        }
    }
    all.sort_by(|a, b| a.extent().0.total_cmp(&b.extent().0));
    let mut ends: Vec<f64> = Vec::new();
    for placed in &mut all {
        let (start, end) = placed.extent();
        let row = ends.iter().position(|last| *last + 6.0 <= start);
        placed.row = row.unwrap_or(ends.len());
        match row.and_then(|row| ends.get_mut(row)) {
            Some(last) => *last = end,
            None => ends.push(end),
        }
    }
    all
}

fn draw_months(axis: Axis, bottom: f64) -> Html {
    let first = axis.from.with_day(1).unwrap_or(axis.from);
    let mut months = Vec::new();
    for n in 0..60 {
        let Some(month) = first.checked_add_months(Months::new(n)).filter(|m| *m <= axis.to) else { break };
        let x = axis.edge(month);
        let begins_year = n == 0 || month.month() == 1;
        months.push(html! {
            <g class="year__month" key={n}>
                <line x1={unit(x)} y1={unit(if begins_year { 0.0 } else { LINE })} x2={unit(x)} y2={unit(bottom)} />
                if begins_year {
                    <text x={unit(x + 4.0)} y="16">{ format!("{}年", month.year()) }</text>
                }
                <text x={unit(x + 4.0)} y={unit(LINE + 16.0)}>{ format!("{}月", month.month()) }</text>
            </g>
        });
    }
    html! { <g>{ for months }</g> }
}

fn draw_lane(lane: &TimelineLane, placed: &[Placed], top: f64) -> Html {
    html! {
        <g key={lane.title.to_string()}>
            <line class="year__rule" x1="0" y1={unit(top)} x2={unit(WIDTH)} y2={unit(top)} />
            <text class="year__title" x="0" y={unit(top + 17.0)}>{ &lane.title }</text>
            { for placed.iter().enumerate().map(|(i, p)| draw(p, top + LINE, i)) }
        </g>
    }
}

fn draw(placed: &Placed, top: f64, key: usize) -> Html {
    let y = top + to_units(placed.row) * ROW;
    let class = classes!(
        "year__item",
        match placed.tone {
            Tone::Neutral => "year__item--neutral",
            Tone::Active => "year__item--active",
            Tone::Done => "year__item--done",
            Tone::Warning => "year__item--warning",
            Tone::Problem => "year__item--problem",
        }
    );
    let (start, end) = placed.extent();
    let text_y = unit(y + 18.0);
    match placed.width {
        Some(width) => {
            let (x, anchor) = if placed.is_flipped { (end - 6.0, "end") } else { (start + 6.0, "start") };
            // A label longer than its bar stands on the ground beside it.
            let is_inside = text_width(&placed.label) + 10.0 <= width;
            let label = if is_inside { "year__label year__label--inside" } else { "year__label" };
            html! {
                <g {class} {key}>
                    <rect x={unit(placed.x)} y={unit(y + 2.0)} width={unit(width)} height={unit(ROW - 6.0)} rx="4" />
                    <text class={label} x={unit(x)} y={text_y} text-anchor={anchor}>{ &placed.label }</text>
                </g>
            }
        }
        None => {
            let (x, anchor) =
                if placed.is_flipped { (placed.x - 10.0, "end") } else { (placed.x + 10.0, "start") };
            let (left, right) = (unit(placed.x - 8.0), unit(placed.x + 8.0));
            let (middle, centre) = (unit(placed.x), unit(y + 13.0));
            let points = format!(
                "{middle},{} {right},{centre} {middle},{} {left},{centre}",
                unit(y + 5.0),
                unit(y + 21.0)
            );
            html! {
                <g {class} {key}>
                    <polygon {points} />
                    <text class="year__label" x={unit(x)} y={text_y} text-anchor={anchor}>{ &placed.label }</text>
                </g>
            }
        }
    }
}

/// Everything in words, by day.
fn list(lanes: &[TimelineLane]) -> Html {
    let mut rows: Vec<(NaiveDate, NaiveDate, &AttrValue, &AttrValue)> = Vec::new();
    for lane in lanes {
        rows.extend(lane.spans.iter().map(|s| (s.from, s.to, &s.label, &s.detail)));
        rows.extend(lane.marks.iter().map(|m| (m.date, m.date, &m.label, &m.detail)));
    }
    rows.sort_by_key(|(from, to, _, _)| (*from, *to));
    html! {
        <ul class="timeline" role="list">
            for (i, (from, to, label, detail)) in rows.into_iter().enumerate() {
                <li class="timeline__item" key={i}>
                    <p class="timeline__date">{ words(from, to) }</p>
                    <p>{ label }</p>
                    if !detail.is_empty() {
                        <p class="timeline__note">{ detail }</p>
                    }
                </li>
            }
        </ul>
    }
}

fn words(from: NaiveDate, to: NaiveDate) -> String {
    let day = |d: NaiveDate| format!("{}年{}月{}日", d.year(), d.month(), d.day());
    if from == to { day(from) } else { format!("{} 至 {}", day(from), day(to)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    fn axis() -> Axis {
        Axis { from: day(2026, 1, 1), to: day(2026, 12, 31) }
    }

    fn span(from: NaiveDate, to: NaiveDate, label: &'static str) -> TimelineSpan {
        TimelineSpan { from, to, label: label.into(), detail: "".into(), tone: Tone::Active }
    }

    fn lane(spans: Vec<TimelineSpan>) -> TimelineLane {
        TimelineLane { title: "x".into(), spans, marks: Vec::new() }
    }

    #[test]
    fn days_lie_on_the_axis() {
        assert_eq!(axis().x(day(2026, 1, 1)), Some(0.0));
        assert_eq!(axis().x(day(2025, 12, 31)), None);
        assert_eq!(axis().x(day(2027, 1, 1)), None);
        assert_eq!(axis().edge(day(2027, 5, 1)), WIDTH);
        let leap = Axis { from: day(2024, 2, 1), to: day(2024, 2, 29) };
        assert_eq!(leap.n_days(), 29);
        assert!(leap.x(day(2024, 2, 29)).unwrap() < WIDTH);
    }

    #[test]
    fn what_reaches_over_the_border_is_cut_and_what_lies_beyond_is_left_out() {
        let placed = place(
            &lane(vec![
                span(day(2025, 6, 1), day(2026, 2, 1), "a"),
                span(day(2026, 11, 1), day(2027, 11, 1), "b"),
                span(day(2027, 1, 1), day(2027, 2, 1), "c"),
                span(day(2026, 3, 2), day(2026, 3, 1), "d"),
            ]),
            axis(),
        );
        let ends: Vec<(f64, f64)> =
            placed.iter().map(|p| (p.x.round(), (p.x + p.width.unwrap()).round())).collect();
        assert_eq!(ends, [(0.0, 84.0), (800.0, 960.0)]);
    }

    #[test]
    fn crowded_labels_get_rows_of_their_own() {
        let placed = place(
            &lane(vec![
                span(day(2026, 3, 1), day(2026, 3, 31), "3月 考评员培训班"),
                span(day(2026, 4, 1), day(2026, 4, 30), "4月 高级考评员培训班"),
                span(day(2026, 9, 1), day(2026, 9, 30), "9月 考评员培训班"),
            ]),
            axis(),
        );
        assert_eq!(placed.iter().map(|p| p.row).collect::<Vec<_>>(), [0, 1, 0]);
        for (i, a) in placed.iter().enumerate() {
            for b in placed.iter().skip(i + 1).filter(|b| b.row == a.row) {
                assert!(a.extent().1 < b.extent().0 || b.extent().1 < a.extent().0);
            }
        }
    }

    #[test]
    fn a_label_at_the_right_border_stands_left_of_its_place() {
        let marks = vec![TimelineMark {
            date: day(2026, 12, 30),
            label: "领取证卡的最后一天".into(),
            detail: "".into(),
            tone: Tone::Warning,
        }];
        let placed = place(&TimelineLane { title: "x".into(), spans: Vec::new(), marks }, axis());
        assert!(placed[0].is_flipped);
        assert!(placed[0].extent().0 > 0.0);
    }

    #[test]
    fn days_in_words() {
        assert_eq!(words(day(2026, 3, 1), day(2026, 3, 31)), "2026年3月1日 至 2026年3月31日");
        assert_eq!(words(day(2026, 3, 1), day(2026, 3, 1)), "2026年3月1日");
    }
}
