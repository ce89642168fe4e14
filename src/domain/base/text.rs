//! Text as people type and paste it: width, white space, characters that cannot be seen.

/// Full-width ASCII and the ideographic space become their half-width twins; all else stays.
#[must_use]
pub fn to_half_width(text: &str) -> String {
    text.chars().map(half_width).collect()
}

fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        c => c,
    }
}

/// Half width, without white space at the ends and with one space for each run of it inside.
#[must_use]
pub fn squeeze(text: &str) -> String {
    to_half_width(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Half width, without any white space or invisible character.
#[must_use]
pub fn compact(text: &str) -> String {
    to_half_width(text).chars().filter(|c| !c.is_whitespace() && invisible_name(*c).is_none()).collect()
}

/// Whether two texts differ at most in width, white space, invisible characters and ASCII letter case.
#[must_use]
pub fn is_same_after_normalising(a: &str, b: &str) -> bool {
    compact(a).eq_ignore_ascii_case(&compact(b))
}

/// How many characters a person would count; Unicode scalar values, so that a rare character beyond the BMP is one.
#[must_use]
pub fn chars_len(text: &str) -> usize {
    text.chars().count()
}

/// A character that cannot be seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invisible {
    /// Its place, counted in characters from 1.
    pub position: usize,
    /// What it is called.
    pub name: &'static str,
}

/// The characters that cannot be seen and do not belong into an entry; line ends and tabs are none of them.
#[must_use]
pub fn find_control_chars(text: &str) -> Vec<Invisible> {
    text.chars()
        .enumerate()
        .filter_map(|(i, c)| invisible_name(c).map(|name| Invisible { position: i + 1, name }))
        .collect()
}

fn invisible_name(c: char) -> Option<&'static str> {
    match c {
        '\n' | '\r' | '\t' => None,
        '\u{200b}' | '\u{200c}' | '\u{200d}' | '\u{2060}' | '\u{feff}' => Some("零宽字符"),
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some("书写方向符"),
        c if c.is_control() => Some("控制字符"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn width_and_space_do_not_make_a_difference() {
        assert_eq!(squeeze("　张　 三 "), "张 三");
        assert_eq!(compact("5101 0419-９００１　x\u{200b}"), "51010419-9001x");
        assert!(is_same_after_normalising("四川 职业技术学院", "四川职业技术学院"));
        assert!(is_same_after_normalising("ａｂｃ", "ABC"));
        assert!(!is_same_after_normalising("张三", "张叁"));
        assert_eq!(chars_len("𠮷田·阿依"), 5);
    }

    #[test]
    fn invisible_characters_are_named() {
        let found = find_control_chars("张\u{202e}三\u{7}\n");
        assert_eq!(
            found,
            [Invisible { position: 2, name: "书写方向符" }, Invisible { position: 4, name: "控制字符" }]
        );
    }
}
