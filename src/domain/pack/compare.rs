//! How one pack differs from another, for people.

use super::{Pack, Parameter, Rule};

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// What it is about, in words: 规则 R01 or 参数 补考次数.
    pub what: String,
    /// How it was; empty where it was not there.
    pub before: String,
    /// How it is; empty where it is gone.
    pub after: String,
}

/// Every difference between two packs in rules, parameters, clauses, sessions, materials and fields; in the order of the
/// newer pack, what is gone at the end.
#[must_use]
pub fn differences(before: &Pack, after: &Pack) -> Vec<Difference> {
    let mut found = Vec::new();
    for (what, a, b) in [
        ("版本", &before.info.version, &after.info.version),
        ("标题", &before.info.title, &after.info.title),
        ("编号", &before.info.id, &after.info.id),
    ] {
        note(&mut found, what.to_owned(), a.clone(), b.clone());
    }
    let parameter = |p: &Parameter| (format!("参数 {}", p.label), p.id.clone(), value_words(p));
    compare(&mut found, &before.parameters, &after.parameters, parameter);
    let rule_of = |pack: &Pack| {
        let pack = pack.clone();
        move |rule: &Rule| {
            (format!("规则 {} {}", rule.id, rule.title), rule.id.clone(), rule_words(&pack, rule))
        }
    };
    compare_by(&mut found, &before.rules, rule_of(before), &after.rules, rule_of(after));
    compare(&mut found, &before.clauses, &after.clauses, |c| {
        (format!("条款 {}", c.locator), c.id.clone(), format!("{}：{}", c.locator, c.gist))
    });
    compare(&mut found, &before.sessions, &after.sessions, |s| {
        (format!("班期 {}", s.label), s.id.clone(), format!("{}（{}）", s.label, s.tracks.join("、")))
    });
    compare(&mut found, &before.materials, &after.materials, |m| {
        let required = if m.required { "必需" } else { "可选" };
        (
            format!("材料 {}", m.label),
            m.id.clone(),
            format!("{}，{required}（{}）", m.label, m.tracks.join("、")),
        )
    });
    let fields = |pack: &Pack| pack.form.iter().flat_map(|s| s.fields.clone()).collect::<Vec<_>>();
    compare(&mut found, &fields(before), &fields(after), |f| {
        (format!("字段 {}", f.label), f.id.clone(), format!("{}，最多 {} 字", f.label, f.max_chars))
    });
    found
}

fn note(found: &mut Vec<Difference>, what: String, before: String, after: String) {
    if before != after {
        found.push(Difference { what, before, after });
    }
}

/// What, id and content of an entry.
type Told = (String, String, String);

fn compare<T>(found: &mut Vec<Difference>, before: &[T], after: &[T], tell: impl Fn(&T) -> Told) {
    compare_by(found, before, &tell, after, &tell);
}

fn compare_by<T>(
    found: &mut Vec<Difference>,
    before: &[T],
    tell_before: impl Fn(&T) -> Told,
    after: &[T],
    tell_after: impl Fn(&T) -> Told,
) {
    let old: Vec<Told> = before.iter().map(tell_before).collect();
    let new: Vec<Told> = after.iter().map(tell_after).collect();
    for (what, id, content) in &new {
        let was = old.iter().find(|(_, other, _)| other == id).map(|(_, _, content)| content.clone());
        note(found, what.clone(), was.unwrap_or_default(), content.clone());
    }
    for (what, id, content) in old {
        if !new.iter().any(|(_, other, _)| *other == id) {
            found.push(Difference { what, before: content, after: String::new() });
        }
    }
}

fn value_words(parameter: &Parameter) -> String {
    if parameter.value.is_some() { parameter.words() } else { "待填".to_owned() }
}

fn rule_words(pack: &Pack, rule: &Rule) -> String {
    let force = match (rule.is_dormant, rule.blocking) {
        (true, _) => "待填参数，不参与判断",
        (false, true) => "可阻止申报",
        (false, false) => "只提示",
    };
    let when =
        rule.when.as_ref().map(|when| format!("；适用：{}", pack.sentence_of(when))).unwrap_or_default();
    format!("{}；{force}；条件：{}{when}", rule.status.label(), pack.sentence_of(&rule.condition))
}

#[cfg(test)]
mod tests {
    use super::super::Overlay;
    use super::*;

    #[test]
    fn an_overlay_shows_as_differences() {
        let before = Pack::built_in().unwrap();
        let text = Overlay::write(
            &before,
            "o",
            "附件1",
            "附件1",
            &[("annex1.senior.card_period".to_owned(), "P3Y".to_owned())],
            &["A1-senior-card".to_owned()],
            &[("A1-senior".to_owned(), "条件都已写成参数".to_owned())],
        );
        let after = before.with_overlays(&[Overlay::parse(text.as_bytes()).unwrap()]).unwrap();
        let found: Vec<String> = differences(&before, &after)
            .into_iter()
            .map(|d| format!("{}：{} → {}", d.what, d.before, d.after))
            .collect();
        assert_eq!(
            found,
            [
                "参数 附件1 高级考评员：持考评员证卡满：待填 → 3年",
                "规则 A1-senior-card 附件1 对持有考评员证卡年限的要求：附件条件，待对照官方附件确认；待填参数，不参与判断；条件：已对照官方附件确认 → 通知正文；可阻止申报；条件：到判断当日，证卡发证日期已满 3年",
                "规则 A1-senior 附件1 的高级考评员申报条件：附件条件，待对照官方附件确认；只提示；条件：已对照官方附件确认 → ",
            ]
        );
        assert_eq!(differences(&before, &before), []);
    }
}
