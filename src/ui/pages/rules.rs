//! The rules with their clauses and sources, and what every code means.

use yew::prelude::*;

use crate::domain::base::date::format_chinese;
use crate::domain::pack::{Rule, Stage};
use crate::ui::context::use_app;
use crate::ui::parts::findings::cite;
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Route, href};
use crate::ui::widgets::{PageTitle, SummaryList, SummaryRow};

/// The pack, readable.
#[component]
pub fn RulesPage() -> Html {
    let app = use_app();
    let pack = app.0.pack();
    html! {
        <Shell>
            <PageTitle text="规则与依据" />
            <SummaryList>
                <SummaryRow label="依据" value={Some(AttrValue::from(format!("{}《{}》", pack.info.issuer, pack.info.title)))} />
                <SummaryRow label="落款、发布" value={Some(AttrValue::from(format!("{}、{}", format_chinese(pack.info.issued), format_chinese(pack.info.published))))} />
                <SummaryRow label="原文" value={Some(AttrValue::from(pack.info.address.clone()))} />
                <SummaryRow label="规则包" value={Some(AttrValue::from(format!("{} {}", pack.info.id, pack.info.version)))} />
                <SummaryRow label="SHA-256" bare=true><span class="receipt__hash">{ &pack.sha256 }</span></SummaryRow>
            </SummaryList>
            <section class="stack">
                <h2>{ "规则" }</h2>
                <p>{ "只有通知正文和国家标准的规则会阻止申报；附件1、附件3 的条件待对照官方附件确认，往年和外省的文本只作提示。" }</p>
                <ul class="finding-list" role="list">
                    for rule in &pack.rules {
                        <li class="finding" key={rule.id.clone()}>
                            <div class="finding__status"><span class="finding__code">{ &rule.id }</span></div>
                            <div class="finding__body">
                                <p class="finding__title">{ &rule.title }</p>
                                <p class="finding__clause">
                                    { format!("{} · {} · {}", cite(pack, &rule.clauses), rule.status.label(), force(rule)) }
                                </p>
                                <p class="small">{ pack.sentence_of(&rule.condition) }</p>
                                if !rule.note.is_empty() {
                                    <p class="small muted">{ "读法：" }{ &rule.note }</p>
                                }
                            </div>
                        </li>
                    }
                </ul>
            </section>
            <section class="stack">
                <h2>{ "参数和读法" }</h2>
                <SummaryList>
                    for p in &pack.parameters {
                        <SummaryRow key={p.id.clone()} label={p.label.clone()} value={Some(AttrValue::from(if p.value.is_some() { p.words() } else { "待填".to_owned() }))}>
                            <p class="small muted">
                                { format!("{}：{}", cite(pack, &p.clauses), p.reason) }
                                if !p.other.is_empty() { { format!("。另一种读法：{}", p.other) } }
                            </p>
                        </SummaryRow>
                    }
                </SummaryList>
                <p><a href={href(&Route::Pack)}>{ "填写附件1、附件3 的数，或打开规则包" }</a></p>
            </section>
            <section class="stack">
                <h2>{ "条款" }</h2>
                <SummaryList>
                    for clause in &pack.clauses {
                        <SummaryRow key={clause.id.clone()} label={clause.locator.clone()} value={Some(AttrValue::from(clause.gist.clone()))} />
                    }
                </SummaryList>
            </section>
            <p><a href={href(&Route::Codes)}>{ "检查代码：每一条检查什么、依据什么、怎么办" }</a></p>
        </Shell>
    }
}

/// What the rule may do.
fn force(rule: &Rule) -> &'static str {
    match (rule.is_dormant, rule.stage, rule.blocking) {
        (true, _, _) => "待填参数，不参与判断",
        (_, Stage::After, _) => "录取之后，只提示",
        (_, _, true) => "可阻止申报",
        (_, _, false) => "只提示",
    }
}
