//! Text as people type and paste it: full-width characters, odd white space, characters that cannot be seen.
//!
//! Invariant: a function here never judges; it says what is there or gives another text.

/// Full-width ASCII (`！` to `～`) and the ideographic space to their ASCII twins; everything else stays.
pub fn to_half_width(text: &str) -> String {
    text.chars().map(half_width).collect()
}

/// Full-width letters and digits to their ASCII twins; brackets, punctuation and spaces stay, since Chinese text sets
/// them at full width.
pub fn letters_to_half_width(text: &str) -> String {
    text.chars()
        .map(|character| match half_width(character) {
            half if half.is_ascii_alphanumeric() => half,
            _ => character,
        })
        .collect()
}

/// Without the characters that [`find_control_chars`] finds.
pub fn without_control_chars(text: &str) -> String {
    text.chars().filter(|&character| kind_of(character).is_none()).collect()
}

/// The ASCII twin of a full-width character; every other character as it is.
pub fn half_width(character: char) -> char {
    match character {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(character) - 0xfee0).unwrap_or(character),
        other => other,
    }
}

/// Trims, and folds each run of white space inside to one ASCII space. Line ends are white space too.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

/// Drops all white space and all zero-width and bidi characters, wherever they stand.
pub fn compact(text: &str) -> String {
    text.chars().filter(|&character| !character.is_whitespace() && !is_invisible(character)).collect()
}

fn is_invisible(character: char) -> bool {
    matches!(kind_of(character), Some((ControlKind::ZeroWidth | ControlKind::Bidi, _)))
}

/// How many characters a person sees, counted as Unicode scalar values (one 汉字 = 1, also beyond the basic plane).
pub fn chars_len(text: &str) -> usize {
    text.chars().count()
}

/// Whether two texts say the same once full-width ASCII, white space, invisible characters and the various middle dots of
/// personal names (`·•・`) are made alike. Upper and lower case differ.
pub fn is_same_after_normalising(a: &str, b: &str) -> bool {
    normalised(a) == normalised(b)
}

fn normalised(text: &str) -> String {
    compact(&to_half_width(text))
        .chars()
        .map(|character| match character {
            '•' | '・' | '･' | '‧' | '∙' | '⋅' | '᛫' => '·',
            other => other,
        })
        .collect()
}

/// A character that cannot be seen and does not belong into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ControlChar {
    /// Which character of the text it is, counted from 1 in Unicode scalar values.
    pub position: usize,
    /// The character.
    pub character: char,
    /// What sort it is.
    pub kind: ControlKind,
    /// What to call it in Chinese, e.g. `零宽空格`.
    pub name: &'static str,
}

/// The sorts of [`ControlChar`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ControlKind {
    /// C0 and C1 controls and the Unicode line and paragraph separators.
    Control,
    /// Marks, embeddings, overrides and isolates that change the direction of text.
    Bidi,
    /// Characters of no width.
    ZeroWidth,
}

/// All control, bidi and zero-width characters of a text, in order. Tab, line feed and carriage return are left out: they
/// are white space and [`squeeze`] folds them.
pub fn find_control_chars(text: &str) -> Vec<ControlChar> {
    text.chars()
        .enumerate()
        .filter_map(|(index, character)| {
            let (kind, name) = kind_of(character)?;
            Some(ControlChar { position: index + 1, character, kind, name })
        })
        .collect()
}

fn kind_of(character: char) -> Option<(ControlKind, &'static str)> {
    let found = match character {
        '\t' | '\n' | '\r' => return None,
        '\u{2028}' => (ControlKind::Control, "行分隔符"),
        '\u{2029}' => (ControlKind::Control, "段分隔符"),
        '\u{0}' => (ControlKind::Control, "空字符"),
        character if character.is_control() => (ControlKind::Control, "控制字符"),
        '\u{61c}' => (ControlKind::Bidi, "阿拉伯字母方向标记"),
        '\u{200e}' => (ControlKind::Bidi, "从左到右标记"),
        '\u{200f}' => (ControlKind::Bidi, "从右到左标记"),
        '\u{202a}' | '\u{202b}' => (ControlKind::Bidi, "方向嵌入符"),
        '\u{202c}' => (ControlKind::Bidi, "方向结束符"),
        '\u{202d}' | '\u{202e}' => (ControlKind::Bidi, "方向强制符"),
        '\u{2066}'..='\u{2068}' => (ControlKind::Bidi, "方向隔离符"),
        '\u{2069}' => (ControlKind::Bidi, "方向隔离结束符"),
        '\u{ad}' => (ControlKind::ZeroWidth, "软连字符"),
        '\u{180e}' => (ControlKind::ZeroWidth, "蒙古文元音分隔符"),
        '\u{200b}' => (ControlKind::ZeroWidth, "零宽空格"),
        '\u{200c}' => (ControlKind::ZeroWidth, "零宽不连字"),
        '\u{200d}' => (ControlKind::ZeroWidth, "零宽连字"),
        '\u{2060}'..='\u{2064}' => (ControlKind::ZeroWidth, "零宽连接符"),
        '\u{feff}' => (ControlKind::ZeroWidth, "字节序标记"),
        '\u{e0000}'..='\u{e007f}' => (ControlKind::ZeroWidth, "标签字符"),
        _ => return None,
    };
    Some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_width_ascii_becomes_ascii_and_nothing_else_does() {
        assert_eq!(to_half_width("Ａｂ１　（。）～"), "Ab1 (。)~");
        assert_eq!(to_half_width("张三·é"), "张三·é");
        assert_eq!(letters_to_half_width("第３分公司（Ａ区）　甲，é"), "第3分公司（A区）　甲，é");
    }

    #[test]
    fn white_space_is_folded_or_dropped() {
        assert_eq!(squeeze(" 　成都\t\n 市 \u{a0} 甲 "), "成都 市 甲");
        assert_eq!(squeeze(" \n"), "");
        assert_eq!(compact(" 成\u{200b}都 \u{feff}市\u{202d}甲\u{202c}　"), "成都市甲");
    }

    #[test]
    fn what_cannot_be_seen_is_named_with_its_position() {
        let found = find_control_chars("张\u{200b}三\u{202e}\u{0}\n\u{7f}");
        let summary: Vec<_> = found.iter().map(|c| (c.position, c.kind, c.name)).collect();
        assert_eq!(
            summary,
            [
                (2, ControlKind::ZeroWidth, "零宽空格"),
                (4, ControlKind::Bidi, "方向强制符"),
                (5, ControlKind::Control, "空字符"),
                (7, ControlKind::Control, "控制字符"),
            ]
        );
        assert!(find_control_chars("张三 (甲)\t\n𠮷é").is_empty());
        assert_eq!(without_control_chars("张\u{200b}三\u{202e}\n𠮷"), "张三\n𠮷");
    }

    #[test]
    fn length_counts_scalar_values() {
        assert_eq!(chars_len("𠮷田a"), 3);
        assert_eq!(chars_len(""), 0);
    }

    #[test]
    fn texts_that_look_alike_are_the_same() {
        assert!(is_same_after_normalising("成都某某（集团）有限公司 ", "成都某某(集团)有限公司"));
        assert!(is_same_after_normalising("买买提•艾力", "买买提·艾力"));
        assert!(is_same_after_normalising("Ｙ0000", "Y 0000\u{200b}"));
        assert!(!is_same_after_normalising("张三", "张山"));
        assert!(!is_same_after_normalising("a", "A"));
    }
}
