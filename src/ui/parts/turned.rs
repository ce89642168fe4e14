//! What turns when an application is judged by another pack.

use yew::prelude::*;

use crate::domain::guide::Assessment;
use crate::domain::pack::Pack;
use crate::domain::rule::Verdict;

/// One finding that turns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Turned {
    /// What it is about.
    pub what: String,
    /// How it was.
    pub before: String,
    /// How it is.
    pub after: String,
}

/// Every finding that differs between two judgements, the verdict first.
#[must_use]
pub fn turned(before_pack: &Pack, before: &Assessment, after_pack: &Pack, after: &Assessment) -> Vec<Turned> {
    let mut found = Vec::new();
    let (a, b) = (&before.eligibility, &after.eligibility);
    if a.verdict != b.verdict {
        let what = "结论".to_owned();
        found.push(Turned {
            what,
            before: verdict_word(a.verdict).to_owned(),
            after: verdict_word(b.verdict).to_owned(),
        });
    }
    let all = |e: &crate::domain::rule::Eligibility| -> Vec<(String, String)> {
        e.findings.iter().chain(&e.after).map(|f| (f.rule.clone(), f.outcome.label().to_owned())).collect()
    };
    let (old, new) = (all(a), all(b));
    let title = |id: &str| {
        after_pack
            .rule(id)
            .or_else(|| before_pack.rule(id))
            .map_or_else(|| id.to_owned(), |r| r.title.clone())
    };
    let word = |list: &[(String, String)], id: &str| {
        list.iter()
            .find(|(rule, _)| rule == id)
            .map_or_else(|| "没有这条规则".to_owned(), |(_, word)| word.clone())
    };
    let gone = old.iter().filter(|(id, _)| !new.iter().any(|(other, _)| other == id));
    for (id, _) in new.iter().chain(gone) {
        let (was, is) = (word(&old, id), word(&new, id));
        if was != is {
            found.push(Turned { what: title(id), before: was, after: is });
        }
    }
    found
}

fn verdict_word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Eligible => "符合",
        Verdict::NotEligible => "不符合",
        Verdict::Undetermined => "还不能下结论",
    }
}

/// The list of what turns.
pub fn view_turned(list: &[Turned]) -> Html {
    if list.is_empty() {
        return html! { <p>{ "每条规则的结果都一样。" }</p> };
    }
    html! {
        <ul>
            for (i, t) in list.iter().enumerate() {
                <li key={i}>{ format!("{}：{} → {}", t.what, t.before, t.after) }</li>
            }
        </ul>
    }
}
