//! The report `precheck.report/1` as JSON.

use serde_json::{Map, Value, json};

use super::{Assessment, Disposal, disposals};
use crate::domain::base::date::format_iso;
use crate::domain::case::Application;
use crate::domain::diag::Diagnostic;
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
