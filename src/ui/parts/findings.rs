//! Findings in words, each with its clause.

use yew::prelude::*;

use crate::domain::diag::{Diagnostic, Severity};
use crate::domain::pack::{Pack, Status};
use crate::domain::path::FieldPath;
use crate::domain::rule::{Finding, Outcome};
use crate::ui::routes::{Step, code_href, field_href, step_href};
use crate::ui::widgets::{ClauseNote, StatusTag, Tone};

/// The id of the element at which a path is entered.
#[must_use]
pub fn element_id(path: &FieldPath) -> String {
    let body: String = path.as_str().chars().map(|c| if c == '.' || c == '#' { '-' } else { c }).collect();
    format!("f-{body}")
}

/// Where in the app a path can be changed.
#[must_use]
pub fn place_of(pack: &Pack, track: &str, draft: &str, path: &FieldPath) -> String {
    if path.material().is_some() {
        return step_href(draft, Step::Materials);
    }
    if matches!(path.as_str(), "track" | "session") {
        return step_href(draft, Step::Choose);
    }
    let section = pack.sections_for(track).find(|s| s.fields_for(track).any(|f| f.id == path.key()));
    section.map_or_else(|| step_href(draft, Step::Questions), |s| field_href(draft, &s.id, element_id(path)))
}

/// How clauses are cited, one after the other.
#[must_use]
pub fn cite(pack: &Pack, clauses: &[String]) -> String {
    clauses.iter().map(|c| pack.cite(c)).collect::<Vec<_>>().join("、")
}

/// The clauses beside the page.
pub fn clause_notes(pack: &Pack, clauses: &[String]) -> Html {
    html! {
        <div class="stack">
            for clause in clauses.iter().filter_map(|id| pack.clause(id)) {
                <ClauseNote key={clause.id.clone()} locator={clause.locator.clone()} gist={clause.gist.clone()} />
            }
        </div>
    }
}

/// One finding of a rule.
pub fn view_rule_finding(pack: &Pack, track: &str, finding: &Finding, action: Html) -> Html {
    let Some(rule) = pack.rule(&finding.rule) else { return Html::default() };
    let tone = match finding.outcome {
        Outcome::Pass => Tone::Done,
        Outcome::Fail | Outcome::Review => Tone::Warning,
        Outcome::Open => Tone::Active,
        Outcome::NotApplicable => Tone::Neutral,
    };
    let is_unsettled = matches!(finding.outcome, Outcome::Fail | Outcome::Open | Outcome::Review);
    let source = rule.source.as_deref().and_then(|id| pack.source(id));
    html! {
        <li class="finding" key={rule.id.clone()}>
            <div class="finding__status"><StatusTag text={finding.outcome.label()} {tone} /></div>
            <div class="finding__body">
                <p class="finding__title">{ &rule.title }</p>
                <p class="finding__clause">
                    { format!("{} · {}", cite(pack, &pack.clauses_for(&rule.clauses, track)), finding.status.label()) }
                </p>
                if is_unsettled && !rule.remedy.is_empty() {
                    <p>{ "怎么办：" }{ &rule.remedy }</p>
                }
                if let Some(until) = finding.holds_until {
                    <p>{ format!("期满之日为 {}", crate::domain::base::date::format_chinese(until)) }</p>
                }
                if let Some(source) = source {
                    <p class="small">{ format!("来源：{}。{}", source.title, source.certainty) }</p>
                }
                if !rule.note.is_empty() && finding.status != Status::Awaiting {
                    <p class="small muted">{ "读法：" }{ &rule.note }</p>
                }
                { action }
            </div>
        </li>
    }
}

/// Findings of checks, each with a link to where it can be put right.
pub fn view_diagnostics(pack: &Pack, track: &str, draft: &str, list: &[Diagnostic]) -> Html {
    html! {
        <ul class="finding-list" role="list">
            for (idx, d) in list.iter().enumerate() {
                <li class="finding" key={format!("{}-{}-{idx}", d.code, d.path)}>
                    <div class="finding__status">
                        <StatusTag text={severity_word(d.severity)} tone={severity_tone(d.severity)} />
                    </div>
                    <div class="finding__body">
                        <p class="finding__title">
                            <a href={place_of(pack, track, draft, &d.path)}>{ &d.message }</a>
                        </p>
                        <p class="finding__clause">
                            <a class="finding__code" href={code_href(d.code)}>{ d.code }<span class="visually-hidden">{ "：这一条检查什么" }</span></a>{ format!(" · {}", cite(pack, &d.clauses)) }
                        </p>
                    </div>
                </li>
            }
        </ul>
    }
}

/// The word for a severity.
#[must_use]
pub fn severity_word(severity: Severity) -> &'static str {
    severity.label()
}

/// The colour for a severity.
#[must_use]
pub fn severity_tone(severity: Severity) -> Tone {
    match severity {
        Severity::Blocker => Tone::Problem,
        Severity::Warning => Tone::Warning,
        Severity::Advice => Tone::Neutral,
    }
}
