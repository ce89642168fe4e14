//! What written words mean for a field: the inverse of [`super::display`]. People write 男 or ☑男, 大学本科 or 本科,
//! 1985.03 or 一九八五年三月; an application holds one value for all of them.
//!
//! Invariant: nothing is guessed. Words that mean no value of the field stay as they are, so that a comparison shows them.

use crate::domain::base::catalogue::{
    division, education, ethnic_group, occupation, political_status, title,
};
use crate::domain::base::date::{format_iso, parse_date, parse_month};
use crate::domain::base::json::Value;
use crate::domain::base::text::{compact, squeeze, to_half_width};
use crate::domain::pack::{Catalogue, ChoiceOption, Field, FieldKind, IdentifierKind};

/// The value that `words` mean in `field`; `None` where nothing was written, or where boxes were drawn and none, or more
/// than one, was ticked.
#[must_use]
pub fn read(field: &Field, words: &str) -> Option<Value> {
    let chosen = match ticked(words) {
        Some(chosen) => match chosen.as_slice() {
            [one] => one.clone(),
            _ => return None,
        },
        None => words.to_owned(),
    };
    let words = squeeze(&without_blanks(&chosen));
    if words.is_empty() || is_only_printed(&field.kind, &words) {
        return None;
    }
    let text = |text: String| Some(Value::String(text));
    match &field.kind {
        FieldKind::Choice { options, none_label } => {
            if none_label.as_deref().is_some_and(|none| is_none(&words, none)) {
                return Some(Value::Null);
            }
            let named = match option(options, &without_notes(&words)) {
                Named::Nothing => option(options, &words),
                named => named,
            };
            match named {
                Named::One(value) => text(value),
                Named::Nothing => text(words),
                // All options are printed, none is marked.
                Named::Several => None,
            }
        }
        FieldKind::Code(catalogue) => text(code(*catalogue, &words).unwrap_or(words)),
        FieldKind::Date | FieldKind::Month => {
            if is_blank_date(&words) {
                return None;
            }
            text(date(&words).unwrap_or(words))
        }
        FieldKind::Integer => Some(integer(&words).map_or(Value::String(words), Value::from)),
        FieldKind::Bool => match compact(&words).as_str() {
            "是" | "有" | "符合" | "稳定" => Some(Value::Bool(true)),
            "否" | "无" | "没有" | "不符合" => Some(Value::Bool(false)),
            _ => text(words),
        },
        FieldKind::Identifier(kind) => text(number(*kind, &words)),
        FieldKind::Text | FieldKind::Worktype if is_none(&words, "无") => Some(Value::Null),
        FieldKind::Text | FieldKind::Worktype | FieldKind::LongText | FieldKind::Resume => text(words),
    }
}

/// The text that was put into blanks: without the lines and dots that were printed to write on.
fn without_blanks(words: &str) -> String {
    words.chars().map(|c| if matches!(c, '_' | '＿' | '﹍' | '…' | '\u{a0}') { ' ' } else { c }).collect()
}

/// Whether words are printed on blanks and say nothing: a note in brackets, a unit to write before, a scale.
fn is_only_printed(kind: &FieldKind, words: &str) -> bool {
    let bare = compact(&to_half_width(words));
    let is_note = bare.starts_with('(') && bare.find(')') == Some(bare.len() - 1);
    let is_empty = match kind {
        FieldKind::Identifier(_) | FieldKind::Code(Catalogue::Occupation) => {
            !bare.chars().any(char::is_alphanumeric)
        }
        FieldKind::Integer => matches!(bare.as_str(), "年" | "岁" | "周年" | "个"),
        FieldKind::Code(Catalogue::EthnicGroup) => bare == "族",
        FieldKind::Code(Catalogue::SichuanCity) => matches!(bare.as_str(), "市" | "市(州)" | "四川省市"),
        _ => false,
    };
    let is_hint = HINTS.iter().any(|hint| bare.starts_with(hint));
    // Portals show 510***********3588: that is no number to compare with.
    let is_masked = bare.contains("***");
    is_note || is_empty || is_hint || is_masked
}

/// How pages and blanks begin what they say in place of a value.
const HINTS: &[&str] = &[
    "请选择",
    "请输入",
    "请填写",
    "请上传",
    "点击",
    "单击",
    "选择日期",
    "如:",
    "例如",
    "例:",
    "未绑定",
    "未填写",
    "未设置",
    "未上传",
    "未录入",
    "暂无",
    "待完善",
    "待填写",
];

/// A number as it is stored: without white space, a telephone number without hyphens and brackets.
fn number(kind: IdentifierKind, words: &str) -> String {
    let bare = compact(&to_half_width(words));
    let bare = bare.trim_end_matches(['.', ',', ';']);
    let digits = bare.replace('-', "");
    let is_mobile =
        digits.len() == 11 && digits.starts_with('1') && digits.bytes().all(|b| b.is_ascii_digit());
    let landline: String = digits.chars().filter(|c| !matches!(c, '(' | ')')).collect();
    let is_landline = landline.starts_with('0') && landline.bytes().all(|b| b.is_ascii_digit());
    match kind {
        IdentifierKind::Phone if is_mobile => digits,
        IdentifierKind::Phone if is_landline => landline,
        _ => bare.to_owned(),
    }
}

/// Whether a character is a box that is not ticked.
#[must_use]
pub fn is_open_box(c: char) -> bool {
    matches!(c, '□' | '☐' | '◻' | '▢' | '⬜' | '○' | '◯' | '❏' | '❑')
}

/// Whether a character is a tick, or a box that is ticked.
#[must_use]
pub fn is_tick(c: char) -> bool {
    matches!(c, '☑' | '☒' | '✓' | '✔' | '√' | '■' | '✅' | '●' | '◉' | '⬛' | '▣' | '🗹')
}

/// The words of the ticked boxes; `None` where `words` has no box. Boxes may stand before or behind their words, be
/// drawn by brackets, or be a box with a tick beside it.
#[must_use]
pub fn ticked(words: &str) -> Option<Vec<String>> {
    enum Part {
        Box(bool),
        Words(String),
    }
    let characters: Vec<char> = words.chars().collect();
    let mut parts: Vec<Part> = Vec::new();
    let mut at = 0;
    while let Some(&c) = characters.get(at) {
        let (state, length) = match bracketed(&characters, at) {
            Some((state, length)) => (Some(state), length),
            None if is_open_box(c) => (Some(false), 1),
            None if is_tick(c) => (Some(true), 1),
            None => (None, 1),
        };
        at += length;
        match (state, parts.last_mut()) {
            (Some(state), Some(Part::Box(known))) => *known |= state,
            (Some(state), _) => parts.push(Part::Box(state)),
            // A space between a box and its tick parts nothing.
            (None, Some(Part::Box(_)) | None) if c.is_whitespace() => {}
            (None, Some(Part::Words(text))) => text.push(c),
            (None, _) => parts.push(Part::Words(c.to_string())),
        }
    }
    if !parts.iter().any(|part| matches!(part, Part::Box(_))) {
        return None;
    }
    // 男√ 女, but √男 女: a box belongs to the words that it touches.
    let first = (0..characters.len()).find(|&at| is_box_at(&characters, at)).unwrap_or(0);
    let is_apart = |c: Option<&char>| c.is_none_or(|c| c.is_whitespace());
    let is_before = matches!(parts.first(), Some(Part::Box(_)))
        || (is_apart(first.checked_sub(1).and_then(|i| characters.get(i)))
            && !is_apart(characters.get(first + 1)));
    let mut chosen = Vec::new();
    for pair in parts.windows(2) {
        let words = match pair {
            [Part::Box(true), Part::Words(words)] if is_before => words,
            [Part::Words(words), Part::Box(true)] if !is_before => words,
            _ => continue,
        };
        let words = squeeze(words.trim_matches(['、', '，', ',', ';', '；', '/']));
        if !words.is_empty() {
            // Behind its words a box belongs to the last of them.
            let own = if is_before { words.as_str() } else { words.rsplit(' ').next().unwrap_or(&words) };
            chosen.push(own.to_owned());
        }
    }
    Some(chosen)
}

fn is_box_at(characters: &[char], at: usize) -> bool {
    bracketed(characters, at).is_some() || characters.get(at).is_some_and(|c| is_open_box(*c) || is_tick(*c))
}

/// A box drawn by brackets, `[√]` or `（ ）`: whether it is ticked, and how many characters it takes.
fn bracketed(characters: &[char], at: usize) -> Option<(bool, usize)> {
    let close = match characters.get(at)? {
        '(' | '（' => [')', '）'],
        '[' | '［' => [']', '］'],
        _ => return None,
    };
    let length = characters.iter().skip(at).take(6).position(|c| close.contains(c))?;
    let inside = characters.get(at + 1..at + length)?;
    let is_ticked = inside.iter().any(|c| is_tick(*c) || matches!(c, 'v' | 'V' | 'x' | 'X'));
    let is_box =
        inside.iter().all(|c| c.is_whitespace() || is_tick(*c) || matches!(c, 'v' | 'V' | 'x' | 'X'));
    (is_box && !inside.is_empty()).then_some((is_ticked, length + 1))
}

fn is_none(words: &str, none_label: &str) -> bool {
    let words = compact(words);
    words == none_label || matches!(words.as_str(), "无" | "没有" | "/" | "／" | "—" | "-" | "——")
}

enum Named {
    Nothing,
    One(String),
    Several,
}

/// Without what stands in brackets.
fn without_notes(words: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in words.chars() {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            c if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    kept
}

/// The option that the words name: its label, its value, or one of the names that its label joins (三级/高级工).
fn option(options: &[ChoiceOption], words: &str) -> Named {
    let said = comparable(words);
    let names = |option: &ChoiceOption| {
        let label = to_half_width(&option.label);
        let mut names: Vec<String> = label.split('/').map(comparable).collect();
        names.push(comparable(&label));
        names.push(option.value.clone());
        names.extend(option.names.iter().map(|name| comparable(name)));
        names
    };
    if let Some(option) = options.iter().find(|o| names(o).contains(&said)) {
        return Named::One(option.value.clone());
    }
    // Every option that is named anywhere in the words, longer names first: 高级技师 is not 技师, nor 高级工 级.
    let mut all: Vec<(String, &ChoiceOption)> =
        options.iter().flat_map(|o| names(o).into_iter().map(move |name| (name, o))).collect();
    all.sort_by_key(|(name, _)| std::cmp::Reverse(name.chars().count()));
    let mut rest = said;
    let mut found: Vec<&ChoiceOption> = Vec::new();
    for (name, option) in all {
        if !name.is_empty() && rest.contains(&name) {
            rest = rest.replace(&name, "|");
            if !found.iter().any(|known| known.value == option.value) {
                found.push(option);
            }
        }
    }
    // What is left besides may be the word 性 or 级, or brackets; a longer rest means something else.
    let is_rest_small = rest.chars().filter(|c| c.is_alphanumeric()).count() <= 2;
    match found.as_slice() {
        [one] if is_rest_small => Named::One(one.value.clone()),
        [] | [_] => Named::Nothing,
        _ => Named::Several,
    }
}

fn comparable(words: &str) -> String {
    compact(&to_half_width(words))
        .chars()
        .filter(|c| !matches!(c, '(' | ')' | '/' | '、' | ',' | '的'))
        .collect()
}

fn code(catalogue: Catalogue, words: &str) -> Option<String> {
    let said = compact(&to_half_width(words));
    let code = match catalogue {
        Catalogue::Occupation => match occupation_code(words) {
            Some((code, _)) => code,
            None => occupation::by_name(&said)?.code.to_owned(),
        },
        Catalogue::EthnicGroup => {
            let found = ethnic_group::find(&said).or_else(|| ethnic_group::find(&format!("{said}族")));
            found?.code.to_owned()
        }
        Catalogue::PoliticalStatus => {
            let usual = match said.as_str() {
                "党员" | "中国共产党员" | "共产党员" => "中共党员",
                "预备党员" => "中共预备党员",
                "团员" => "共青团员",
                other => other,
            };
            let by_short = || political_status::all().iter().find(|s| s.short_name == usual);
            political_status::find(usual).or_else(by_short)?.code.to_owned()
        }
        Catalogue::Education => education_code(&said)?.to_owned(),
        Catalogue::SichuanCity => {
            let said = said.trim_start_matches("四川省");
            let is_it = |name: &str| {
                let core = name.trim_end_matches('市').trim_end_matches("自治州");
                name == said || core == said || core == said.trim_end_matches(['市', '州'])
            };
            division::sichuan_cities().into_iter().find(|c| c.code == said || is_it(c.name))?.code.to_owned()
        }
        Catalogue::TitleSeries => {
            let is_it =
                |name: &str| name == said || name.trim_end_matches("人员") == said.trim_end_matches("系列");
            title::series().iter().find(|s| s.code == said || is_it(s.name))?.code.to_owned()
        }
    };
    Some(code)
}

/// The level of education that everyday words mean; without 肄业 or 结业 they mean that it was completed.
fn education_code(said: &str) -> Option<&'static str> {
    let usual = match said.trim_end_matches("学历").trim_end_matches("毕业") {
        "本科" | "大学本科" | "大学" | "全日制本科" | "学士" => "大学本科毕业",
        "专科" | "大专" | "大学专科" | "大学大专" => "大学专科毕业",
        "硕士" | "硕士研究生" | "研究生" | "研究生(硕士)" => "硕士研究生毕业",
        "博士" | "博士研究生" | "研究生(博士)" => "博士研究生毕业",
        "中专" | "中等专科" | "中等专业学校" => "中等专科毕业",
        "职高" | "职业高中" => "职业高中毕业",
        "技校" | "技工学校" => "技工学校毕业",
        "高中" | "普通高中" => "普通高中毕业",
        "初中" => "初中毕业",
        _ => said,
    };
    education::find(usual).map(|level| level.code)
}

/// An occupation's code (`d-dd-dd-dd`) in the words, and the words without it.
#[must_use]
pub fn occupation_code(words: &str) -> Option<(String, String)> {
    let characters: Vec<char> = to_half_width(words)
        .chars()
        .map(|c| if matches!(c, '－' | '—' | '–' | '‐' | '‑' | '−') { '-' } else { c })
        .collect();
    let shape = ['9', '-', '9', '9', '-', '9', '9', '-', '9', '9'];
    let fits = |window: &[char]| {
        window.iter().zip(shape).all(|(c, s)| if s == '9' { c.is_ascii_digit() } else { *c == s })
    };
    let at = characters.windows(shape.len()).position(fits)?;
    let is_alone = |c: Option<&char>| c.is_none_or(|c| !c.is_ascii_digit() && *c != '-');
    let end = at + shape.len();
    if !is_alone(at.checked_sub(1).and_then(|i| characters.get(i))) || !is_alone(characters.get(end)) {
        return None;
    }
    let code = characters.get(at..end)?.iter().collect();
    let rest: String = characters.iter().take(at).chain([&' ']).chain(characters.iter().skip(end)).collect();
    let rest = rest.replace("()", " ").replace("（）", " ");
    Some((code, squeeze(rest.trim_matches([' ', '(', ')', '（', '）', '/', ',', '，', ':', '：']))))
}

/// A date in ISO form, with the day where one was written.
#[must_use]
pub fn date(words: &str) -> Option<String> {
    let words = arabic(words.trim().trim_end_matches('。').trim_end_matches('生'));
    match parse_date(&words) {
        Ok(day) => Some(format_iso(day)),
        Err(_) => parse_month(words.trim_end_matches(['.', '-', '/'])).ok().map(|month| month.to_string()),
    }
}

/// Whether only the places for a date are printed: `年　月　日`.
fn is_blank_date(words: &str) -> bool {
    words.chars().all(|c| c.is_whitespace() || matches!(c, '年' | '月' | '日' | '-' | '.' | '/'))
}

fn numeral(c: char) -> Option<u32> {
    let place = ["〇零○", "一壹", "二贰", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖"]
        .iter()
        .position(|names| names.contains(c))?;
    u32::try_from(place).ok()
}

/// Chinese numerals as digits: year by year digit, 十二 as 12.
fn arabic(words: &str) -> String {
    if !words.chars().any(|c| numeral(c).is_some() || c == '十') {
        return words.to_owned();
    }
    let mut out = String::new();
    let mut pending: Vec<char> = Vec::new();
    for c in words.chars().chain(['\n']) {
        if numeral(c).is_some() || c == '十' {
            pending.push(c);
            continue;
        }
        if !pending.is_empty() {
            out.push_str(&digits(&pending));
            pending.clear();
        }
        if c != '\n' {
            out.push(c);
        }
    }
    out
}

fn digits(numerals: &[char]) -> String {
    let value =
        |part: &[char], default: u32| part.iter().filter_map(|c| numeral(*c)).next_back().unwrap_or(default);
    match numerals.iter().position(|c| *c == '十') {
        Some(ten) => {
            let (tens, ones) = numerals.split_at(ten);
            (value(tens, 1) * 10 + value(ones.get(1..).unwrap_or_default(), 0)).to_string()
        }
        None => numerals.iter().filter_map(|c| numeral(*c)).map(|n| n.to_string()).collect(),
    }
}

fn integer(words: &str) -> Option<i64> {
    let words = compact(&arabic(&to_half_width(words)));
    let number =
        words.trim_end_matches("以上").trim_end_matches("周年").trim_end_matches(['年', '岁', '个', '.']);
    number.parse().ok()
}

/// From and to of a period in one cell, as months where they were written so: `2012.07-2016.08`, `2012年7月至今`.
/// `None` for an end that is not there yet or not written.
#[must_use]
pub fn period(words: &str) -> Option<(String, Option<String>)> {
    let words = arabic(&to_half_width(words));
    let numbers: Vec<&str> = words.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty()).collect();
    let is_year = |n: &str| n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
    let mut dates: Vec<Vec<&str>> = Vec::new();
    for number in numbers {
        match dates.last_mut() {
            _ if is_year(number) => dates.push(vec![number]),
            // 201207: year and month without anything between them.
            _ if number.len() == 6 && number.get(..4).is_some_and(is_year) => {
                dates.push(vec![number.get(..4)?, number.get(4..)?]);
            }
            Some(last) if last.len() < 3 && number.len() <= 2 => last.push(number),
            _ => return None,
        }
    }
    let mut dates = dates.iter().map(|date| match date.as_slice() {
        [year] => Some((*year).to_owned()),
        parts => self::date(&parts.join("-")),
    });
    let from = dates.next()??;
    let to = match dates.next() {
        Some(to) => Some(to?),
        None => None,
    };
    if dates.next().is_some() { None } else { Some((from, to)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::pack::Pack;

    fn meaning(id: &str, words: &str) -> Option<Value> {
        let pack = Pack::built_in().unwrap();
        let field = pack.form.iter().flat_map(|s| &s.fields).find(|f| f.id == id).unwrap();
        read(field, words)
    }

    fn is(id: &str, words: &str, value: impl Into<Value>) {
        assert_eq!(meaning(id, words), Some(value.into()), "{id}: {words}");
    }

    #[test]
    fn everyday_words_mean_values() {
        is("person.sex", "男", "male");
        is("person.sex", " 女 性 ", "female");
        is("person.sex", "☑男　□女", "male");
        is("person.sex", "男□ 女☑", "female");
        is("person.sex", "□√男 □女", "male");
        is("person.sex", "（√）男（ ）女", "male");
        is("person.sex", "男√ 女", "male");
        is("person.education", "大学本科", "21");
        is("person.education", "大专", "31");
        is("person.ethnic_group", "汉", "01");
        is("person.political_status", "党员", "01");
        is("person.birth_date", "1985.03", "1985-03");
        is("person.birth_date", "一九八五年十二月二十一日", "1985-12-21");
        is("person.birth_date", "1985年3月1日", "1985-03-01");
        is("person.id_number", "510703 19850312 0017", "510703198503120017");
        is("certificate.level", "高级工（三级）", "3");
        is("certificate.level", "高级技师", "1");
        is("certificate.level", "三级", "3");
        is("work.years_in_occupation", "十二年", 12);
        is("work.years_in_occupation", "12 年", 12);
        is("title.level", "中级", "middle");
        is("title.level", "无", Value::Null);
        is("unit.city", "绵阳市", "510700");
        is("unit.city", "绵阳", "510700");
        is("apply.occupation_code", "焊工 6－18－02－04", "6-18-02-04");
    }

    #[test]
    fn what_is_only_printed_means_nothing() {
        for (id, words) in [
            ("person.sex", "□男 □女"),
            ("person.sex", "男 / 女"),
            ("person.sex", "☑男 ☑女"),
            ("person.birth_date", "　　年　　月　　日"),
            ("person.name", "＿＿＿＿ "),
            ("person.name", ""),
        ] {
            assert_eq!(meaning(id, words), None, "{id}: {words}");
        }
        is("person.sex", "其他", "其他");
        is("person.birth_date", "1985年13月", "1985年13月");
    }

    #[test]
    fn periods_are_read_in_every_style() {
        let both = |from: &str, to: &str| Some((from.to_owned(), Some(to.to_owned())));
        for words in
            ["2012.07-2016.08", "2012年7月至2016年8月", "2012-07-2016-08", "201207—201608", "2012/7~2016/8"]
        {
            assert_eq!(period(words), both("2012-07", "2016-08"), "{words}");
        }
        assert_eq!(period("2012.07至今"), Some(("2012-07".to_owned(), None)));
        assert_eq!(period("2012年"), Some(("2012".to_owned(), None)));
        assert_eq!(period("示例学院"), None);
        assert_eq!(period("2012.07-2016.08-2018.09"), None);
    }
}
