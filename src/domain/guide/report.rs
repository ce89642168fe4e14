//! The report `precheck.report/1`, as JSON and as a page that people can read without us.

use quick_xml::escape::escape;
use serde_json::{Map, Value, json};

use super::{Assessment, Disposal, disposals};
use crate::domain::base::date::{format_chinese, format_iso};
use crate::domain::case::Application;
use crate::domain::case::display;
use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::pack::Pack;
use crate::domain::path::FieldPath;
use crate::domain::rule::{self, Finding, Outcome, SessionOutlook, Verdict};
use crate::domain::schedule::Deadline;

/// The version of this program, as reports state it.
pub const APP_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The report as JSON. The same application, pack and day give the same report.
#[must_use]
pub fn value(pack: &Pack, application: &Application, assessment: &Assessment) -> Value {
    let routing: Map<String, Value> = assessment
        .routing
        .iter()
        .map(|step| {
            let value = match &step.centre {
                Some((id, label)) => {
                    json!({ "centre": id, "label": label, "clauses": step.clauses, "note": step.note })
                }
                None => json!({ "centre": null, "clauses": step.clauses }),
            };
            (step.step.to_owned(), value)
        })
        .collect();
    let deadlines: Vec<Value> = assessment.deadlines.iter().map(Deadline::to_value).collect();
    json!({
        "format": "precheck.report/1",
        "app_version": APP_VERSION,
        "pack": { "id": pack.info.id, "version": pack.info.version, "sha256": pack.sha256, "overlays": overlays(pack) },
        "reference_date": format_iso(assessment.reference),
        "track": application.track,
        "session": application.session,
        "fingerprint": application.fingerprint().to_string(),
        "blocks": assessment.blocks(),
        "eligibility": {
            "outcome": assessment.eligibility.verdict.as_str(),
            "body_met": assessment.eligibility.body_met,
            "awaiting": assessment.eligibility.awaiting().count(),
            "findings": assessment.eligibility.findings.iter().map(|f| finding(pack, application, assessment, f)).collect::<Vec<_>>(),
        },
        "after": assessment.eligibility.after.iter().map(|f| finding(pack, application, assessment, f)).collect::<Vec<_>>(),
        "sessions": rule::outlook(pack, application, &assessment.facts).iter().map(session).collect::<Vec<_>>(),
        "diagnostics": assessment.diagnostics.iter().map(diagnostic).collect::<Vec<_>>(),
        "dispositions": disposals(application, &assessment.diagnostics).iter().map(Disposal::to_value).collect::<Vec<_>>(),
        "consistency": assessment.consistency.to_value(),
        "routing": routing,
        "deadlines": deadlines,
    })
}

fn overlays(pack: &Pack) -> Vec<Value> {
    pack.overlays.iter().map(|o| json!({ "id": o.id, "title": o.title, "sha256": o.sha256 })).collect()
}

fn finding(pack: &Pack, application: &Application, assessment: &Assessment, finding: &Finding) -> Value {
    let rule = pack.rule(&finding.rule);
    let mut value = json!({
        "rule": finding.rule,
        "title": rule.map(|r| r.title.as_str()),
        "outcome": finding.outcome.as_str(),
        "blocking": finding.blocking,
        "status": finding.status.as_str(),
        "clauses": rule.map(|r| pack.clauses_for(&r.clauses, &application.track)).unwrap_or_default(),
        "source": rule.and_then(|r| r.source.as_deref()),
        "because": paths(&finding.because),
        "missing": paths(&finding.missing),
        "holds_until": finding.holds_until.map(format_iso),
        "remedy": rule.filter(|_| finding.outcome == Outcome::Fail).map(|r| r.remedy.as_str()),
    });
    let is_unmet = matches!(finding.outcome, Outcome::Fail | Outcome::Open);
    if let (Some(rule), true, Some(object)) = (rule, is_unmet, value.as_object_mut()) {
        let sets = rule::settling_sets(pack, rule, application, &assessment.facts);
        let turn = rule::turn(pack, rule, application, &assessment.facts);
        let changes: Vec<Value> =
            turn.changes.iter().map(|c| json!({ "path": c.path.as_str(), "value": c.value })).collect();
        object.insert("settling".to_owned(), sets.iter().map(|set| paths(set)).collect::<Vec<_>>().into());
        object.insert("turn".to_owned(), json!({ "changes": changes, "from": turn.from.map(format_iso) }));
    }
    value
}

fn session(outlook: &SessionOutlook) -> Value {
    json!({
        "session": outlook.session,
        "past": outlook.is_past,
        "outcome": outlook.verdict.as_str(),
        "qualifies": outlook.qualifies,
        "from": outlook.from.map(format_iso),
        "until": outlook.until.map(format_iso),
        "barred_by": outlook.barred_by,
        "open": outlook.open,
    })
}

fn diagnostic(d: &Diagnostic) -> Value {
    let related: Vec<Value> =
        d.related.iter().map(|l| json!({ "path": l.path.as_str(), "note": l.note })).collect();
    let fixes: Vec<Value> = d
        .fixes
        .iter()
        .map(|f| {
            let set: Vec<Value> =
                f.set.iter().map(|(p, v)| json!({ "path": p.as_str(), "value": v })).collect();
            json!({ "title": f.title, "safety": f.safety.as_str(), "set": set })
        })
        .collect();
    json!({
        "code": d.code,
        "severity": d.severity.as_str(),
        "path": d.path.as_str(),
        "related": related,
        "message": d.message,
        "clauses": d.clauses,
        "fixes": fixes,
    })
}

fn paths(paths: &[FieldPath]) -> Vec<&str> {
    paths.iter().map(FieldPath::as_str).collect()
}

/// The report as one HTML page: no script, no link, readable in any browser and printable.
#[must_use]
pub fn html(pack: &Pack, application: &Application, assessment: &Assessment) -> String {
    let mut page = Page::default();
    let track = pack.track(&application.track).map_or("", |t| t.label.as_str());
    let session = application
        .session
        .as_deref()
        .and_then(|id| pack.session(id))
        .map_or("未选择", |s| s.label.as_str());
    page.raw("<!DOCTYPE html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<title>申报预检报告</title>\n<style>\n");
    page.raw("body{font-family:\"PingFang SC\",\"Microsoft YaHei\",\"Noto Sans CJK SC\",sans-serif;line-height:1.7;max-width:48em;margin:2em auto;padding:0 1em}\n");
    page.raw("table{border-collapse:collapse;width:100%}td,th{border:1px solid #999;padding:.3em .6em;text-align:left;vertical-align:top}th{width:30%;font-weight:normal;background:#f3f3f3}\n");
    page.raw("</style>\n</head>\n<body>\n");
    page.element("h1", "申报预检报告");
    page.table(&[
        ("填报码", application.fingerprint().form_code()),
        ("申报类别", track.to_owned()),
        ("班期", session.to_owned()),
        ("判断日期", format_chinese(assessment.reference)),
        ("依据", format!("{}（规则包 {} {}）", pack.info.title, pack.info.id, pack.info.version)),
        ("规则包 SHA-256", pack.sha256.clone()),
        ("程序版本", APP_VERSION.to_owned()),
    ]);
    page.element("h2", "申报条件");
    page.element("p", &verdict_words(assessment));
    page.list(assessment.eligibility.findings.iter().filter_map(|f| {
        let rule = pack.rule(&f.rule)?;
        let source =
            rule.source.as_deref().and_then(|id| pack.source(id)).map(|s| format!("；来源：{}", s.title));
        Some(format!(
            "{}：{}（{}；{}{}）",
            f.outcome.label(),
            rule.title,
            cite(pack, &pack.clauses_for(&rule.clauses, &application.track)),
            f.status.label(),
            source.unwrap_or_default()
        ))
    }));
    for (severity, title) in
        [(Severity::Blocker, "须改正"), (Severity::Warning, "需核对"), (Severity::Advice, "建议")]
    {
        let lines: Vec<String> = assessment
            .diagnostics
            .iter()
            .filter(|d| d.severity == severity)
            .map(|d| format!("{} {}（{}）", d.code, d.message, cite(pack, &d.clauses)))
            .collect();
        page.element("h2", &format!("{title}（{}）", lines.len()));
        page.list(lines.into_iter());
    }
    page.element("h2", "填报内容");
    let rows: Vec<(&str, String)> = pack
        .fields_for(&application.track)
        .map(|f| (f.label.as_str(), display::field_value(f, application.answers.get(&f.id))))
        .filter(|(_, words)| !words.is_empty())
        .collect();
    page.table(&rows);
    page.element("h2", "附件");
    page.list(application.attachments.iter().map(|a| {
        let label = pack.material(&a.material).map_or(a.material.as_str(), |m| m.label.as_str());
        format!("{label}：{}，{} 字节，SHA-256 {}", a.file, a.bytes, a.sha256)
    }));
    page.raw("</body>\n</html>\n");
    page.text
}

/// What the rules come to, in a sentence.
#[must_use]
pub fn verdict_words(assessment: &Assessment) -> String {
    let n_awaiting = assessment.eligibility.awaiting().count();
    match assessment.eligibility.verdict {
        Verdict::Eligible => "就本规则包所知，符合申报条件。".to_owned(),
        Verdict::NotEligible => "不符合通知列明的申报条件。".to_owned(),
        Verdict::Undetermined if assessment.eligibility.body_met && n_awaiting > 0 => {
            format!("通知正文的条件已满足，另有 {n_awaiting} 项附件条件待对照官方附件确认。")
        }
        Verdict::Undetermined => "还不能下结论，有条件尚未确定。".to_owned(),
    }
}

fn cite(pack: &Pack, clauses: &[String]) -> String {
    clauses.iter().map(|c| pack.cite(c)).collect::<Vec<_>>().join("、")
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    fn element(&mut self, name: &str, words: &str) {
        self.text.push_str(&format!("<{name}>{}</{name}>\n", escape(words)));
    }

    fn table(&mut self, rows: &[(&str, String)]) {
        self.raw("<table>\n");
        for (label, words) in rows {
            let words = escape(words.as_str()).replace('\n', "<br>");
            self.text.push_str(&format!("<tr><th>{}</th><td>{words}</td></tr>\n", escape(*label)));
        }
        self.raw("</table>\n");
    }

    fn list(&mut self, lines: impl Iterator<Item = String>) {
        self.raw("<ul>\n");
        lines.for_each(|line| self.element("li", &line));
        self.raw("</ul>\n");
    }
}
