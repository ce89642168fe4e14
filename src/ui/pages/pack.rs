//! 规则包: open a pack or an overlay, see how it differs, fill in what the official attachments say, go back.

use std::collections::BTreeMap;
use std::rc::Rc;

use yew::prelude::*;

use crate::app::Action;
use crate::app::action::OverlayForm;
use crate::domain::base::date::Period;
use crate::domain::base::text;
use crate::domain::pack::{Pack, Parameter, ParameterKind, ParameterValue, Rule, Status, differences};
use crate::ui::context::{use_app, use_dispatch, use_platform};
use crate::ui::parts::findings::cite;
use crate::ui::parts::shell::Shell;
use crate::ui::widgets::{
    Banner, BannerKind, Button, ButtonVariant, CheckboxField, Choice, FieldWidth, FileDrop, PageTitle,
    SelectField, SummaryList, SummaryRow, TextField,
};

/// The packs on this device.
#[component]
pub fn PackPage() -> Html {
    let app = use_app();
    let dispatch = use_dispatch();
    let platform = use_platform();
    let current = app.0.pack().clone();
    let on_files = Callback::from(move |files: Vec<web_sys::File>| {
        if let Some(file) = files.into_iter().next() {
            platform.open_pack.emit(file);
        }
    });
    let back = {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(Action::UseBuiltInPack))
    };
    let overlays: Vec<String> = current.overlays.iter().map(|o| o.title.clone()).collect();
    html! {
        <Shell>
            <PageTitle text="规则包" />
            <p class="measure">
                { "规则包写明通知的每一条怎样判断。附件1、附件3 没有公开文本：拿到官方附件后，在这里填上其中的数，导出补充包发给别人，或打开别人发来的补充包。" }
            </p>
            <SummaryList>
                <SummaryRow label="现在启用" value={Some(AttrValue::from(format!("{} {}", current.info.id, current.info.version)))} />
                <SummaryRow label="补充包" value={Some(AttrValue::from(if overlays.is_empty() { "无".to_owned() } else { overlays.join("、") }))} />
                <SummaryRow label="SHA-256" bare=true><span class="receipt__hash">{ &current.sha256 }</span></SummaryRow>
            </SummaryList>
            if !app.0.pack_errors.is_empty() {
                <Banner title="没有启用，原来的规则包不变" kind={BannerKind::Error} live=true>
                    <ul>
                        for (i, line) in app.0.pack_errors.iter().enumerate() {
                            <li key={i}>{ line }</li>
                        }
                    </ul>
                </Banner>
            }
            if !app.0.packs.is_built_in() {
                { view_differences(app.0.packs.built_in(), &current) }
                <div><Button id="back-to-built-in" variant={ButtonVariant::Secondary} onclick={back}>{ "换回内置规则包" }</Button></div>
            }
            <FileDrop id="pack-file" label="打开规则包或补充包" hint="文件名以 .toml 结尾；已有的草稿仍按各自开始时的规则包判断" accept=".toml,application/toml" {on_files} />
            <Fill built_in={app.0.packs.built_in().clone()} current={current.clone()} key={current.key()} />
        </Shell>
    }
}

fn view_differences(built_in: &Pack, current: &Pack) -> Html {
    let list = differences(built_in, current);
    html! {
        <section class="stack">
            <h2>{ format!("与内置规则包的不同（{}）", list.len()) }</h2>
            <SummaryList>
                for (i, d) in list.into_iter().enumerate() {
                    <SummaryRow key={i} label={d.what} bare=true>
                        <p class="small muted">{ format!("原来：{}", if d.before.is_empty() { "没有" } else { &d.before }) }</p>
                        <p>{ format!("现在：{}", if d.after.is_empty() { "去掉" } else { &d.after }) }</p>
                    </SummaryRow>
                }
            </SummaryList>
        </section>
    }
}

#[derive(Properties, PartialEq)]
struct FillProps {
    built_in: Rc<Pack>,
    current: Rc<Pack>,
}

/// The parameters that only the attachments tell.
#[component]
fn Fill(props: &FillProps) -> Html {
    let FillProps { built_in, current } = props;
    let dispatch = use_dispatch();
    let source = use_state_eq(|| current.overlays.first().map(|o| o.title.clone()).unwrap_or_default());
    let values = use_state_eq(|| {
        let set = current.parameters.iter().filter(|p| p.is_overlaid);
        set.map(|p| (p.id.clone(), written(p))).collect::<BTreeMap<String, String>>()
    });
    let replaced = use_state_eq(|| {
        let gone = built_in.rules.iter().filter(|r| current.rule(&r.id).is_none());
        gone.map(|r| r.id.clone()).collect::<Vec<String>>()
    });
    let form = OverlayForm {
        source: (*source).clone(),
        values: values.iter().map(|(id, text)| (id.clone(), as_value(built_in, id, text))).collect(),
        replaced: (*replaced).clone(),
    };
    let send = |action: Action| {
        let dispatch = dispatch.clone();
        Callback::from(move |_: MouseEvent| dispatch.dispatch(action.clone()))
    };
    let on_source = {
        let source = source.setter();
        Callback::from(move |text: String| source.set(text))
    };
    let set = |id: &str| {
        let (values, id) = (values.clone(), id.to_owned());
        Callback::from(move |text: String| {
            let mut next = (*values).clone();
            if text.trim().is_empty() {
                next.remove(&id);
            } else {
                next.insert(id.clone(), text);
            }
            values.set(next);
        })
    };
    let to_fill: Vec<&Parameter> = built_in.parameters.iter().filter(|p| p.value.is_none()).collect();
    let ticks: Vec<&Rule> =
        built_in.rules.iter().filter(|r| r.status == Status::Awaiting && r.parameters.is_empty()).collect();
    html! {
        <section class="stack" aria-labelledby="fill-title">
            <h2 id="fill-title">{ "按官方附件填写" }</h2>
            <p>{ "只填附件里写明的数，没有的要求留空。填了的规则变成通知的一部分，可以阻止申报。" }</p>
            <TextField id="overlay-source" label="出处" value={(*source).clone()} on_commit={on_source} width={FieldWidth::Full}
                hint={Some(AttrValue::Static("附件的标题和文号，例如：附件1 四川省技能人才评价考评员申报条件"))} />
            for p in to_fill {
                { view_parameter(built_in, p, values.get(&p.id).cloned().unwrap_or_default(), set(&p.id)) }
            }
            for rule in ticks {
                { view_tick(rule, &replaced) }
            }
            <div class="cluster">
                <Button id="apply-overlay" variant={ButtonVariant::Primary} onclick={send(Action::ApplyOverlay(form.clone()))}>{ "在本设备启用" }</Button>
                <Button id="export-overlay" variant={ButtonVariant::Secondary} onclick={send(Action::DownloadOverlay(form))}>{ "导出补充包" }</Button>
            </div>
        </section>
    }
}

fn view_parameter(pack: &Pack, parameter: &Parameter, value: String, on_commit: Callback<String>) -> Html {
    let id = AttrValue::from(format!("p-{}", parameter.id.replace('.', "-")));
    let hint = Some(AttrValue::from(cite(pack, &parameter.clauses)));
    let label = parameter.label.clone();
    match &parameter.kind {
        ParameterKind::Choice(options) => {
            let options = Rc::new(
                options
                    .iter()
                    .map(|o| Choice::new(o.value.clone(), o.label.clone()).into())
                    .collect::<Vec<_>>(),
            );
            let on_choose = on_commit
                .reform(|chosen: Option<AttrValue>| chosen.map(|c| c.to_string()).unwrap_or_default());
            html! { <SelectField key={id.to_string()} id={id.clone()} {label} {value} {options} {on_choose} {hint} optional=true /> }
        }
        ParameterKind::Integer => {
            let error = (!value.is_empty() && compact(&value).parse::<u32>().is_err())
                .then_some(AttrValue::Static("填写整数，例如 3"));
            html! {
                <TextField key={id.to_string()} id={id.clone()} {label} {value} {on_commit} {hint} {error} optional=true
                    width={FieldWidth::Short} inputmode={Some(AttrValue::Static("numeric"))} />
            }
        }
        ParameterKind::Period => {
            let error = (!value.is_empty() && period(&value).is_none())
                .then_some(AttrValue::Static("填写年、月或天，例如 3年、6个月"));
            html! {
                <TextField key={id.to_string()} id={id.clone()} {label} {value} {on_commit} {error} optional=true
                    width={FieldWidth::Short} hint={Some(AttrValue::from(format!("例如 3年、6个月（{}）", cite(pack, &parameter.clauses))))} />
            }
        }
    }
}

fn view_tick(rule: &Rule, replaced: &UseStateHandle<Vec<String>>) -> Html {
    let on_toggle = {
        let (replaced, id) = (replaced.clone(), rule.id.clone());
        Callback::from(move |is_on: bool| {
            let mut next: Vec<String> = replaced.iter().filter(|r| **r != id).cloned().collect();
            if is_on {
                next.push(id.clone());
            }
            replaced.set(next);
        })
    };
    let id = AttrValue::from(format!("replaced-{}", rule.id));
    html! {
        <CheckboxField key={id.to_string()} id={id.clone()} checked={replaced.contains(&rule.id)} {on_toggle}
            label={format!("“{}”已全部写成上面的数，不再逐项确认", rule.title)} />
    }
}

/// A parameter's value as it is typed.
fn written(parameter: &Parameter) -> String {
    parameter.value.as_ref().map(ToString::to_string).unwrap_or_default()
}

/// What was typed as it stands in an overlay: periods in ISO 8601, numbers without spaces.
fn as_value(pack: &Pack, id: &str, text: &str) -> String {
    match pack.parameter(id).map(|p| &p.kind) {
        Some(ParameterKind::Period) => {
            period(text).map_or_else(|| text.to_owned(), |p| ParameterValue::Period(p).to_file())
        }
        Some(ParameterKind::Integer) => compact(text),
        _ => text.to_owned(),
    }
}

/// What was typed without spaces and in half width.
fn compact(typed: &str) -> String {
    text::compact(&text::to_half_width(typed))
}

/// Reads 3年, 6个月, 1年6个月, 30天, or ISO 8601.
fn period(text: &str) -> Option<Period> {
    let text = compact(text);
    if let Ok(period) = Period::parse(&text) {
        return Some(period);
    }
    let iso = format!(
        "P{}",
        text.replace('年', "Y").replace("个月", "M").replace('月', "M").replace(['天', '日'], "D")
    );
    Period::parse(&iso).ok()
}

#[cfg(test)]
mod tests {
    use super::period;

    #[test]
    fn periods_as_people_write_them() {
        for (text, iso) in [
            ("3年", "P3Y"),
            ("6个月", "P6M"),
            ("1年6个月", "P1Y6M"),
            ("30天", "P30D"),
            ("P2Y", "P2Y"),
            ("３年", "P3Y"),
        ] {
            assert_eq!(period(text).map(|p| p.to_iso()).as_deref(), Some(iso), "{text}");
        }
        assert_eq!(period("三年"), None);
        assert_eq!(period(""), None);
    }
}
