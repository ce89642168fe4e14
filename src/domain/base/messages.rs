//! Every word about a code, in one place: what it is called, what is checked and on what ground, what to do, an example,
//! and what is said of a finding.
//!
//! Checks name a message by its key and hand over what stands in it; they hold no words of their own. Another language is
//! another table like [`zh_cn`], chosen in [`texts`], and no change of a check.

mod zh_cn;

/// The words about one code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CodeText {
    /// The code, e.g. `R101`.
    pub code: &'static str,
    /// What is wrong, in a few words; the heading of the help page.
    pub title: &'static str,
    /// What is checked and on what ground.
    pub about: &'static str,
    /// What to do about it.
    pub remedy: &'static str,
    /// Something that brings it up.
    pub example: &'static str,
    /// What is said of findings: variant (empty for the usual one) and template with `{names}`.
    pub says: &'static [(&'static str, &'static str)],
}

/// The words about every code, by code. Chinese is the only language so far.
#[must_use]
pub fn texts() -> &'static [CodeText] {
    zh_cn::CODES
}

/// The words about one code.
#[must_use]
pub fn code_text(code: &str) -> Option<&'static CodeText> {
    texts().binary_search_by(|text| text.code.cmp(code)).ok().and_then(|index| texts().get(index))
}

/// The code of a key: `R101` of `R101` and of `R101/obsolete`.
#[must_use]
pub fn code_of(key: &'static str) -> &'static str {
    key.split_once('/').map_or(key, |(code, _)| code)
}

/// The template of a key (`R101`, `R101/vocational`), or of a phrase (`/length`), as it stands; empty if there is none,
/// which a test forbids.
#[must_use]
pub fn template(key: &str) -> &'static str {
    let (code, variant) = key.split_once('/').unwrap_or((key, ""));
    let says =
        if code.is_empty() { zh_cn::PHRASES } else { code_text(code).map_or(&[][..], |text| text.says) };
    says.iter().find(|(name, _)| *name == variant).map_or("", |(_, template)| *template)
}

/// The message of a key, with `{name}` replaced by what `arguments` give for it.
///
/// ```
/// # use precheck::domain::base::messages::say;
/// assert_eq!(say("R001", &[("label", "姓名")]), "未填写“姓名”");
/// ```
#[must_use]
pub fn say(key: &str, arguments: &[(&str, &str)]) -> String {
    let mut said = String::new();
    let mut rest = template(key);
    while let Some((before, from_name)) = rest.split_once('{') {
        said.push_str(before);
        let Some((name, after)) = from_name.split_once('}') else { break };
        said.push_str(arguments.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| *value));
        rest = after;
    }
    said.push_str(rest);
    said
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// Words that blame, beg or apologise.
    const FORBIDDEN: [&str; 6] = ["非法", "请", "抱歉", "对不起", "无效", "错误地"];
    /// Ordinary words that hold one of them.
    const ALLOWED: [&str; 3] = ["申请", "请假", "聘请"];
    /// Words that tell what to do, of which a message holds one.
    const ACTIONS: [&str; 30] = [
        "核对",
        "填",
        "改",
        "选",
        "删",
        "添加",
        "换",
        "确认",
        "补",
        "写",
        "缩短",
        "照",
        "逐位",
        "重新",
        "归类",
        "拆",
        "打印",
        "抄写",
        "保留",
        "调整",
        "合并",
        "查看",
        "如 ",
        "规整",
        "更清楚",
        "不参与",
        "应为",
        "可按",
        "须",
        "可以",
    ];

    #[test]
    fn codes_stand_in_order_each_once_with_all_their_words() {
        assert!(texts().windows(2).all(|pair| pair[0].code < pair[1].code));
        for text in texts() {
            for words in [text.title, text.about, text.remedy, text.example] {
                assert!(!words.trim().is_empty() && words.trim() == words, "{}: {words:?}", text.code);
            }
            assert!(!text.title.ends_with('。') && text.title.chars().count() <= 24, "{}", text.code);
            assert!(text.about.ends_with('。') && text.remedy.ends_with('。'), "{}", text.code);
            assert!(!text.says.is_empty(), "{} says nothing", text.code);
            let variants: BTreeSet<&str> = text.says.iter().map(|(variant, _)| *variant).collect();
            assert_eq!(variants.len(), text.says.len(), "{}", text.code);
        }
    }

    #[test]
    fn messages_say_what_to_do_and_blame_nobody() {
        for text in texts() {
            for (variant, template) in text.says {
                let key = format!("{}/{variant}", text.code);
                assert!(!template.ends_with('。') && template.trim() == *template, "{key}: {template}");
                assert!(template.chars().count() <= 60, "{key} is long: {template}");
                // Notes beside a place and titles of fixes are not messages; a problem says itself what to do.
                let is_message = !variant.starts_with("fix") && !variant.starts_with("at_");
                if is_message && !template.contains("{problem}") {
                    assert!(
                        ACTIONS.iter().any(|word| template.contains(word)),
                        "{key} says not what to do: {template}"
                    );
                }
            }
            for words in
                text.says.iter().map(|(_, template)| *template).chain([text.title, text.about, text.remedy])
            {
                let bare = ALLOWED.iter().fold(words.to_owned(), |text, word| text.replace(word, ""));
                for word in FORBIDDEN {
                    assert!(!bare.contains(word), "{}: “{word}” in {words}", text.code);
                }
            }
        }
    }

    #[test]
    fn braces_close_and_quotation_marks_pair() {
        let phrases = zh_cn::PHRASES.iter().map(|(_, template)| *template);
        for template in
            texts().iter().flat_map(|t| t.says.iter().map(|(_, template)| *template)).chain(phrases)
        {
            assert_eq!(template.matches('{').count(), template.matches('}').count(), "{template}");
            assert_eq!(template.matches('“').count(), template.matches('”').count(), "{template}");
        }
    }

    #[test]
    fn arguments_fill_their_places_and_are_not_filled_themselves() {
        assert_eq!(say("R001", &[("label", "{label}")]), "未填写“{label}”");
        assert_eq!(say("R001", &[]), "未填写“”");
        assert_eq!(say("R999", &[]), "");
        assert_eq!(code_of("R001/choose"), "R001");
    }
}
