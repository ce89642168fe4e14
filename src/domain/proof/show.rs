//! The pack as a document that can be read beside the notice.

use std::fmt::Write as _;

use crate::domain::base::date::format_chinese;
use crate::domain::pack::{Pack, Rule};

/// The pack as Markdown: every clause with what rests on it, parameters, sessions, routes, materials, sources.
#[must_use]
pub fn markdown(pack: &Pack) -> String {
    let mut text = String::new();
    // Writing into a string cannot fail.
    let _ = write(pack, &mut text);
    text
}

fn write(pack: &Pack, out: &mut String) -> std::fmt::Result {
    let info = &pack.info;
    writeln!(out, "# {}\n", info.title)?;
    writeln!(out, "| 项目 | 内容 |\n|---|---|")?;
    writeln!(out, "| 规则包 | {} {} |", info.id, info.version)?;
    writeln!(out, "| SHA-256 | {} |", pack.sha256)?;
    for overlay in &pack.overlays {
        writeln!(out, "| 补充包 | {} {}（{}） |", overlay.id, overlay.title, overlay.sha256)?;
    }
    writeln!(out, "| 发文单位 | {} |", info.issuer)?;
    writeln!(out, "| 落款 | {} |", format_chinese(info.issued))?;
    writeln!(out, "| 发布 | {} |", format_chinese(info.published))?;
    writeln!(out, "| 适用 | {} 至 {} |", format_chinese(info.valid_from), format_chinese(info.valid_to))?;
    writeln!(out, "| 网址 | {} |", info.address)?;

    writeln!(out, "\n## 条款与规则")?;
    for clause in &pack.clauses {
        writeln!(out, "\n### {}\n\n{}", clause.locator, clause.gist)?;
        let rules: Vec<&Rule> = pack.rules.iter().filter(|r| r.clauses.first() == Some(&clause.id)).collect();
        let others: Vec<&str> = pack
            .rules
            .iter()
            .filter(|r| r.clauses.iter().skip(1).any(|c| *c == clause.id))
            .map(|r| r.id.as_str())
            .collect();
        if !clause.without_rule.is_empty() {
            writeln!(out, "\n没有规则：{}", clause.without_rule)?;
        }
        for rule in rules {
            write_rule(pack, rule, out)?;
        }
        if !others.is_empty() {
            writeln!(out, "\n另见 {}", others.join("、"))?;
        }
    }

    writeln!(out, "\n## 参数\n\n| 参数 | 值 | 理由 | 另一种读法 |\n|---|---|---|---|")?;
    for p in &pack.parameters {
        let value = if p.value.is_some() { p.words() } else { "待填".to_owned() };
        let set = if p.is_overlaid { "（补充包）" } else { "" };
        writeln!(out, "| {}（{}） | {value}{set} | {} | {} |", p.label, p.id, p.reason, p.other)?;
    }

    writeln!(out, "\n## 班期\n\n| 班期 | 类别 | 条款 |\n|---|---|---|")?;
    for s in &pack.sessions {
        writeln!(out, "| {} | {} | {} |", s.label, tracks(pack, &s.tracks), cite(pack, &s.clauses))?;
    }

    writeln!(
        out,
        "\n## 由谁受理、复审、培训、发证\n\n| 步骤 | 中心 | 适用 | 条款 | 说明 |\n|---|---|---|---|---|"
    )?;
    for r in &pack.routes {
        let centre = pack.centres.iter().find(|c| c.id == r.centre).map_or("", |c| c.label.as_str());
        let when = r.when.as_ref().map_or_else(|| "所有".to_owned(), |when| pack.sentence_of(when));
        writeln!(
            out,
            "| {} | {centre} | {}：{when} | {} | {} |",
            r.step,
            tracks(pack, &r.tracks),
            cite(pack, &r.clauses),
            r.note
        )?;
    }

    writeln!(out, "\n## 材料\n\n| 材料 | 类别 | 必需 | 条款 |\n|---|---|---|---|")?;
    for m in &pack.materials {
        let required = match (&m.when, m.required) {
            (Some(when), true) => pack.sentence_of(when),
            (None, true) => "是".to_owned(),
            (_, false) => "否".to_owned(),
        };
        writeln!(
            out,
            "| {} | {} | {required} | {} |",
            m.label,
            tracks(pack, &m.tracks),
            cite(pack, &m.clauses)
        )?;
    }

    writeln!(out, "\n## 来源")?;
    for s in &pack.sources {
        writeln!(out, "\n- {}：{}（{}）", s.id, s.title, s.certainty)?;
    }
    Ok(())
}

fn write_rule(pack: &Pack, rule: &Rule, out: &mut String) -> std::fmt::Result {
    let force = match (rule.is_dormant, rule.blocking) {
        (true, _) => "待填参数",
        (false, true) => "可阻止",
        (false, false) => "只提示",
    };
    writeln!(out, "\n#### {} {}\n", rule.id, rule.title)?;
    writeln!(
        out,
        "- {} · {force} · {} · {} · {}",
        rule.status.label(),
        rule.stage.label(),
        tracks(pack, &rule.tracks),
        cite(pack, &rule.clauses)
    )?;
    if let Some(when) = &rule.when {
        writeln!(out, "- 适用：{}", pack.sentence_of(when))?;
    }
    writeln!(out, "- 条件：{}", pack.sentence_of(&rule.condition))?;
    for (label, words) in [("怎么办", &rule.remedy), ("凭证", &rule.evidence), ("读法", &rule.note)] {
        if !words.is_empty() {
            writeln!(out, "- {label}：{words}")?;
        }
    }
    if !rule.parameters.is_empty() {
        writeln!(out, "- 参数：{}", rule.parameters.join("、"))?;
    }
    if let Some(source) = rule.source.as_deref().and_then(|id| pack.source(id)) {
        writeln!(out, "- 来源：{}", source.title)?;
    }
    Ok(())
}

fn tracks(pack: &Pack, ids: &[String]) -> String {
    if ids.is_empty() || ids.len() == pack.tracks.len() {
        return "各类".to_owned();
    }
    let labels: Vec<&str> = ids.iter().filter_map(|id| pack.track(id)).map(|t| t.label.as_str()).collect();
    labels.join("、")
}

fn cite(pack: &Pack, clauses: &[String]) -> String {
    clauses.iter().map(|c| pack.cite(c)).collect::<Vec<_>>().join("、")
}
