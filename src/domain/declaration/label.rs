//! What labels mean: the pack's labels, synonyms and headings, found in text that people set as they like (姓　名：).

use std::collections::BTreeMap;

use crate::domain::base::text::{compact, half_width, to_half_width};
use crate::domain::case::written::{is_open_box, is_tick};
use crate::domain::pack::{Field, FieldKind, Pack};

/// How well words name a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Quality {
    /// Its label, to the letter but for spaces, width and colons.
    Label,
    /// One of its synonyms.
    Synonym,
    /// A label but for a note in brackets, a number before it, or whom it is about (申报人, 本人).
    Trimmed,
    /// A label that names it only under a heading of its part.
    Short,
}

/// A field that words may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Meaning {
    /// The field's place in [`Labels::fields`].
    pub(super) field: usize,
    /// How well.
    pub(super) quality: Quality,
}

/// A column of 工作简历.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Column {
    Period,
    From,
    To,
    Unit,
    Position,
}

/// All labels of a pack, ready to look up.
pub(super) struct Labels<'a> {
    pub(super) fields: Vec<&'a Field>,
    meanings: BTreeMap<String, Vec<Meaning>>,
    headings: BTreeMap<String, &'a str>,
    columns: BTreeMap<String, Column>,
    longest: usize,
}

/// A label inside a line of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mark {
    /// Its first character, counted in characters.
    pub(super) start: usize,
    /// Where the value may begin: behind the colon.
    pub(super) end: usize,
    /// Its words.
    pub(super) words: String,
    /// Whether a colon stands behind it.
    pub(super) has_colon: bool,
}

/// Words before a label that say whom it is about, and change nothing.
const WHOSE: &[&str] =
    &["申报人", "申请人", "本人", "考生", "学员", "参训人员", "报名人", "个人", "申报", "现"];

/// The longest heading, in characters.
const MAX_HEADING: usize = 16;

/// The longest label that is not known, in characters: what is longer is a sentence.
const MAX_UNKNOWN: usize = 16;

impl<'a> Labels<'a> {
    pub(super) fn of(pack: &'a Pack) -> Self {
        let fields: Vec<&Field> = pack.form.iter().flat_map(|s| &s.fields).collect();
        let mut meanings: BTreeMap<String, Vec<Meaning>> = BTreeMap::new();
        let mut columns = BTreeMap::new();
        for (place, field) in fields.iter().enumerate() {
            let labels =
                [(Quality::Label, std::slice::from_ref(&field.label)), (Quality::Synonym, &field.synonyms)]
                    .into_iter()
                    .chain([(Quality::Short, field.short.as_slice())]);
            for (quality, words) in labels {
                for word in words {
                    let known = meanings.entry(folded(word)).or_default();
                    if !known.iter().any(|m| m.field == place) {
                        known.push(Meaning { field: place, quality });
                    }
                }
            }
            let c = &field.columns;
            for (column, words) in [
                (Column::Period, &c.period),
                (Column::From, &c.from),
                (Column::To, &c.to),
                (Column::Unit, &c.unit),
                (Column::Position, &c.position),
            ] {
                columns.extend(words.iter().map(|word| (folded(word), column)));
            }
        }
        let headings = pack
            .headings
            .iter()
            .flat_map(|(group, words)| words.iter().map(move |word| (folded(word), group.as_str())))
            .collect();
        let longest = meanings.keys().map(|words| words.chars().count()).max().unwrap_or(0);
        Self { fields, meanings, headings, columns, longest }
    }

    /// The fields that these words may name as a whole; empty for words that name none.
    pub(super) fn meanings(&self, words: &str) -> Vec<Meaning> {
        let whole = folded(words);
        if let Some(found) = self.meanings.get(&whole) {
            return found.clone();
        }
        let unnumbered = without_number(words);
        let bare = folded(&without_brackets(&unnumbered));
        // 姓名 Name: what another language adds.
        let chinese = bare.trim_end_matches(|c: char| c.is_ascii_alphabetic()).to_owned();
        let tries = [folded(&unnumbered), bare.clone(), without_whose(&bare), without_whose(&chinese)];
        tries
            .iter()
            .find_map(|words| self.meanings.get(words))
            .into_iter()
            .flatten()
            .map(|m| Meaning { quality: m.quality.max(Quality::Trimmed), ..*m })
            .collect()
    }

    /// The part of a form that these words head: the first part of its keys, or [`OTHER_PEOPLE`].
    pub(super) fn heading(&self, words: &str) -> Option<&'a str> {
        self.headings.get(&folded(&without_brackets(&without_number(words)))).copied()
    }

    /// As [`Labels::heading`], for words that stand where headings stand: the longest heading that they contain.
    pub(super) fn heading_within(&self, words: &str) -> Option<&'a str> {
        let whole = folded(&without_brackets(&without_number(words)));
        if whole.chars().count() > MAX_HEADING {
            return None;
        }
        if let Some(group) = self.headings.get(&whole) {
            return Some(group);
        }
        let longest = |words: &str| {
            let within = self.headings.iter().filter(|(heading, _)| words.contains(heading.as_str()));
            within.max_by_key(|(heading, _)| heading.len()).map(|(heading, group)| (heading.clone(), *group))
        };
        let (heading, group) = longest(&whole)?;
        // 证书与职称 heads two parts, and so none.
        let rest = whole.replace(&heading, "|");
        longest(&rest).is_none_or(|(_, other)| other == group).then_some(group)
    }

    /// The column of 工作简历 that these words head.
    pub(super) fn column(&self, words: &str) -> Option<Column> {
        self.columns
            .get(&folded(words))
            .or_else(|| self.columns.get(&folded(&without_brackets(words))))
            .copied()
    }

    /// The field of 工作简历.
    pub(super) fn list(&self) -> Option<usize> {
        self.fields.iter().position(|f| f.kind == FieldKind::Resume)
    }

    /// Every label in a line, known or not, from left to right.
    pub(super) fn marks(&self, line: &str) -> Vec<Mark> {
        let characters: Vec<char> = line.chars().collect();
        let mut marks: Vec<Mark> = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            let is_start = at == 0 || characters.get(at - 1).is_some_and(|c| is_boundary(*c));
            let found =
                is_start.then(|| self.known_mark(&characters, at).or_else(|| unknown_mark(&characters, at)));
            match found.flatten() {
                Some(mark) => {
                    at = mark.end.max(at + 1);
                    marks.push(mark);
                }
                None => at += 1,
            }
        }
        marks
    }

    /// A known label at that character, spaces between its characters allowed, the longest first.
    fn known_mark(&self, characters: &[char], at: usize) -> Option<Mark> {
        if !characters.get(at).is_some_and(|c| c.is_alphanumeric()) {
            return None;
        }
        let mut words = String::new();
        let mut best = None;
        let (mut n_letters, mut depth) = (0, 0_usize);
        let mut place = at;
        while let Some(&c) = characters.get(place) {
            if c.is_whitespace() {
                // Room between the characters of a label.
                place += 1;
                continue;
            }
            // A bracket that closes what was opened before the label ends it.
            match c {
                '(' | '（' => depth += 1,
                ')' | '）' if depth == 0 => break,
                ')' | '）' => depth -= 1,
                _ => {}
            }
            if n_letters > self.longest + 8 || is_stop(c) {
                break;
            }
            words.push(c);
            n_letters += 1;
            place += 1;
            if n_letters >= 2
                && let Some((end, has_colon)) = behind_label(characters, place)
                && !self.meanings(&words).is_empty()
            {
                best = Some(Mark { start: at, end, words: words.clone(), has_colon });
            }
        }
        best
    }
}

/// Whether a label ends before that character, where its value may begin, and whether a colon parts them.
fn behind_label(characters: &[char], end: usize) -> Option<(usize, bool)> {
    let mut at = end;
    while characters.get(at).is_some_and(|c| c.is_whitespace()) {
        at += 1;
    }
    match characters.get(at) {
        Some(':' | '：' | '﹕') => Some((at + 1, true)),
        Some('_' | '＿') | None => Some((end, false)),
        Some(c) if at > end || is_open_box(*c) || is_tick(*c) => Some((end, false)),
        Some(_) => None,
    }
}

/// Words with a colon behind them, whatever they mean.
fn unknown_mark(characters: &[char], at: usize) -> Option<Mark> {
    if !characters.get(at).is_some_and(|c| c.is_alphabetic()) {
        return None;
    }
    let mut place = at;
    let mut depth = 0_usize;
    while let Some(&c) = characters.get(place) {
        match c {
            '(' | '（' => depth += 1,
            ')' | '）' => depth = depth.saturating_sub(1),
            ':' | '：' | '﹕' => {
                let words: String = characters.get(at..place)?.iter().collect();
                // An address or code with a colon in it is no label.
                let is_like_label = words.chars().any(|c| c.is_alphabetic() && !c.is_ascii())
                    && words.chars().all(|c| c.is_alphanumeric() || "()（）/、-—·".contains(c));
                return (is_like_label && place > at + 1).then_some(Mark {
                    start: at,
                    end: place + 1,
                    words,
                    has_colon: true,
                });
            }
            c if depth == 0 && (c.is_whitespace() || is_stop(c) || is_open_box(c) || is_tick(c)) => {
                return None;
            }
            _ => {}
        }
        place += 1;
        if place - at > MAX_UNKNOWN {
            return None;
        }
    }
    None
}

/// What may stand before a label.
fn is_boundary(c: char) -> bool {
    c.is_whitespace()
        || is_stop(c)
        || is_open_box(c)
        || is_tick(c)
        || matches!(c, ')' | '）' | '*' | '＊' | '·' | '•' | '.' | '．' | '、')
}

/// What ends a label.
fn is_stop(c: char) -> bool {
    matches!(c, '_' | '＿' | ':' | '：' | ',' | '，' | ';' | '；' | '。' | '|' | '\n' | '\t')
}

/// Words as labels are compared: half width, without white space, colons and marks of required fields.
pub(super) fn folded(words: &str) -> String {
    let words = compact(&to_half_width(words));
    let inner: String = words
        .chars()
        .map(half_width)
        .filter(|c| !matches!(c, '*' | ':' | '﹕' | '_' | '"' | '“' | '”'))
        .collect();
    inner.trim_matches(['.', '、', ',', ';', '。', '-']).to_lowercase()
}

/// Without what stands in brackets.
fn without_brackets(words: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in words.chars() {
        match c {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// Without a number before the words: `1.`, `（一）`, `一、`.
pub(super) fn without_number(words: &str) -> String {
    let words = words.trim_start_matches(['*', '＊', '•', '·', '●', '▪', ' ', '\u{3000}']);
    let inner = words.trim_start_matches(['(', '（']);
    let rest = inner.trim_start_matches(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c));
    // A year is no number of a line.
    let n_digits = inner.chars().count() - rest.chars().count();
    if rest.len() == words.len() || n_digits > 2 {
        return words.to_owned();
    }
    rest.strip_prefix(['.', '、', '．', ')', '）', ' ', ','])
        .map_or_else(|| words.to_owned(), |r| r.trim_start_matches(['、', ' ']).to_owned())
}

fn without_whose(words: &str) -> String {
    for whose in WHOSE {
        if let Some(rest) = words.strip_prefix(whose) {
            let rest = rest.trim_start_matches('的');
            if !rest.is_empty() {
                return rest.to_owned();
            }
        }
    }
    words.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(words: &str) -> Vec<String> {
        let pack = Pack::built_in().unwrap();
        let labels = Labels::of(&pack);
        labels.meanings(words).iter().map(|m| labels.fields[m.field].id.clone()).collect()
    }

    #[test]
    fn labels_are_known_however_they_are_set() {
        for words in [
            "姓名",
            "姓　　名：",
            "姓\n名",
            "* 姓 名",
            "姓名（与身份证一致）",
            "1.姓名",
            "申报人姓名",
            "本人姓名",
        ] {
            assert_eq!(named(words), ["person.name"], "{words}");
        }
        for words in ["监护人姓名", "姓名拼音", "推荐单位联系电话", "原工作单位", ""] {
            assert!(named(words).is_empty(), "{words}: {:?}", named(words));
        }
    }

    #[test]
    fn labels_in_a_line_are_found_from_left_to_right() {
        let pack = Pack::built_in().unwrap();
        let labels = Labels::of(&pack);
        let words = |line: &str| labels.marks(line).into_iter().map(|m| m.words).collect::<Vec<_>>();
        assert_eq!(words("姓名：示例甲　性　别：男"), ["姓名", "性别"]);
        assert_eq!(words("联系电话：13800000000  邮编：______"), ["联系电话", "邮编"]);
        assert_eq!(words("姓 名 ______ 性 别 ____"), ["姓名", "性别"]);
        assert_eq!(words("单位联系电话：0816-1234567"), ["单位联系电话"]);
        assert!(words("本人姓名应与身份证一致").is_empty());
    }
}
