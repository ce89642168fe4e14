//! What every code means: the help to which each finding leads.

use yew::prelude::*;

use crate::domain::diag::{CodeInfo, all_codes, code_info};
use crate::ui::parts::findings::{severity_tone, severity_word};
use crate::ui::parts::shell::Shell;
use crate::ui::routes::{Route, code_href, href};
use crate::ui::widgets::{PageTitle, StatusTag, SummaryList, SummaryRow};

/// The groups of codes by their letter.
const GROUPS: [(char, &str); 4] =
    [('R', "单项内容"), ('X', "几项内容之间"), ('D', "申报表与填报内容"), ('F', "附件")];

/// All codes, by group.
#[component]
pub fn CodesPage() -> Html {
    html! {
        <Shell>
            <PageTitle text="检查代码" />
            <p>{ "每一条检查都有一个不变的代码。“须改正”的会阻止导出，“需核对”和“建议”不会。" }</p>
            for (letter, title) in GROUPS {
                <section class="stack" key={title} aria-labelledby={format!("codes-{letter}")}>
                    <h2 id={format!("codes-{letter}")}>{ title }</h2>
                    <ul class="plain-list" role="list">
                        for code in all_codes().iter().filter(|code| code.id.starts_with(letter)) {
                            <li key={code.id}>
                                <a href={code_href(code.id)}>{ code.id }{ " " }{ code.text().map(|text| text.title) }</a>
                                <span class="muted small">{ format!(" · {}", severity_word(code.severity)) }</span>
                            </li>
                        }
                    </ul>
                </section>
            }
        </Shell>
    }
}

/// Properties of [`CodePage`].
#[derive(Properties, PartialEq)]
pub struct CodePageProps {
    /// The code.
    pub code: AttrValue,
}

/// One code: what is checked and on what ground, an example, what to do.
#[component]
pub fn CodePage(props: &CodePageProps) -> Html {
    let found = code_info(&props.code).and_then(|info| Some((info, info.text()?)));
    let all = html! { <p><a href={href(&Route::Codes)}>{ "全部检查代码" }</a></p> };
    let Some((info, text)) = found else {
        return html! {
            <Shell>
                <PageTitle text="没有这个检查代码" />
                <p>{ "代码由一个字母和三位数字组成，例如 R101。" }</p>
                { all }
            </Shell>
        };
    };
    html! {
        <Shell>
            <PageTitle text={text.title} caption={Some(AttrValue::from(format!("检查代码 {}", info.id)))} />
            <p><StatusTag text={severity_word(info.severity)} tone={severity_tone(info.severity)} />{ " " }{ effect(info) }</p>
            <SummaryList>
                <SummaryRow label="检查什么，依据什么" value={text.about} />
                <SummaryRow label="例如" value={text.example} />
                <SummaryRow label="怎么办" value={text.remedy} />
                if !info.standard.is_empty() {
                    <SummaryRow label="标准或编码规则" value={info.standard} />
                }
            </SummaryList>
            { all }
        </Shell>
    }
}

fn effect(info: &CodeInfo) -> &'static str {
    use crate::domain::diag::Severity::{Advice, Blocker, Warning};
    match info.severity {
        Blocker => "改正之前不能导出提交包；通知没有说得这样明确的情形只提示。",
        Warning => "不阻止导出，核对后无误可以保留。",
        Advice => "不阻止导出，处理了更好。",
    }
}
