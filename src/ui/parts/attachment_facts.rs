//! What stands on one attachment, noted by the person beside the entries.

use yew::prelude::*;

use super::control::{Control, kind_of_field};
use super::view::View;
use crate::app::Action;
use crate::domain::base::json::Value;
use crate::domain::case::compare::{Agreement, FORM_CODE_KEY, agreement_in};
use crate::domain::case::{Attachment, Edit, SIGNED_DECLARATION, display};
use crate::domain::pack::Field;
use crate::ui::context::use_dispatch;
use crate::ui::parts::code_part::CodePart;
use crate::ui::widgets::{Button, ButtonVariant, Details, StatusTag, TextField, Tone};

/// Properties of [`AttachmentFacts`].
#[derive(Properties, PartialEq)]
pub struct AttachmentFactsProps {
    /// The draft.
    pub view: View,
    /// Place among the attachments.
    pub place: usize,
}

/// What stands on one attachment, beside the entries.
#[component]
pub fn AttachmentFacts(props: &AttachmentFactsProps) -> Html {
    let AttachmentFactsProps { view, place } = props;
    let dispatch = use_dispatch();
    let place = *place;
    let application = &view.draft.application;
    let Some(file) = application.attachments.get(place) else { return Html::default() };
    let Some(material) = view.pack.material(&file.material) else { return Html::default() };
    // What the material must show, and whatever else was read off it.
    let fields: Vec<&Field> = view
        .pack
        .fields_for(&application.track)
        .filter(|f| material.shows.contains(&f.id) || file.facts.contains_key(&f.id))
        .collect();
    if fields.is_empty() && file.material != SIGNED_DECLARATION {
        return Html::default();
    }
    let set = |key: &str| {
        let (dispatch, key) = (dispatch.clone(), key.to_owned());
        Callback::from(move |value: Option<Value>| {
            dispatch.dispatch(Action::Edit(Edit::SetFact { attachment: place, key: key.clone(), value }));
        })
    };
    html! {
        <Details summary={format!("{}（{}）", material.label, file.file)} open={file.material == SIGNED_DECLARATION}>
        <section class="stack" aria-label={material.label.clone()}>
            <div>
                if file.material == SIGNED_DECLARATION {
                    { view_form_code(view, file, place, set(FORM_CODE_KEY)) }
                }
            </div>
            <table class="comparison">
                <thead>
                    <tr>
                        <th scope="col">{ "项目" }</th>
                        <th scope="col">{ "填报的" }</th>
                        <th scope="col">{ "附件上的" }</th>
                        <th scope="col">{ "结果" }</th>
                    </tr>
                </thead>
                <tbody>
                    for field in fields {
                        { view_comparison(view, file, place, field, &set(&field.id)) }
                    }
                </tbody>
            </table>
        </section>
        </Details>
    }
}

fn view_form_code(view: &View, file: &Attachment, place: usize, set: Callback<Option<Value>>) -> Html {
    let text = file.facts.get(FORM_CODE_KEY).and_then(Value::as_str).unwrap_or_default().to_owned();
    let finding = view.assessment.diagnostics.iter().find(|d| d.code == "D101" || d.code == "D102");
    let is_given = !text.is_empty();
    let on_commit =
        set.reform(|text: String| if text.trim().is_empty() { None } else { Some(Value::String(text)) });
    html! {
        <div class="stack">
            <TextField id={format!("form-code-{place}")} label="纸上的填报码" value={text} {on_commit}
                hint={Some(AttrValue::from(format!("印在申报表右上角；现在的内容对应 {}", view.form_code())))}
                error={finding.map(|d| AttrValue::from(d.message.clone()))} />
            if is_given && finding.is_none() {
                <p><StatusTag text="签的就是现在的内容" tone={Tone::Done} /></p>
            }
            if !is_given {
                <CodePart {place} pages={file.inspected.as_ref().and_then(|i| i.pages).unwrap_or(1)} />
            }
        </div>
    }
}

fn view_comparison(
    view: &View,
    file: &Attachment,
    place: usize,
    field: &Field,
    set: &Callback<Option<Value>>,
) -> Html {
    let entered = view.draft.application.answers.get(&field.id).filter(|v| !v.is_null());
    let found = file.facts.get(&field.id);
    let agreement = found.map(|found| agreement_in(field, entered, Some(found).filter(|v| !v.is_null())));
    let (word, tone) = match agreement {
        None => ("未核对", Tone::Neutral),
        Some(a @ (Agreement::Same | Agreement::SameAfterNormalising)) => (a.label(), Tone::Done),
        Some(a @ Agreement::Different) => (a.label(), Tone::Problem),
        Some(a) => (a.label(), Tone::Warning),
    };
    let entered_words = display::field_value(field, entered);
    let take_over = {
        let (set, entered) = (set.clone(), entered.cloned());
        Callback::from(move |_: MouseEvent| set.emit(entered.clone()))
    };
    let take_back = {
        let set = set.clone();
        Callback::from(move |_: MouseEvent| set.emit(None))
    };
    let hidden = Some(AttrValue::from(field.label.clone()));
    let id = format!("fact-{place}-{}", field.id.replace('.', "-"));
    html! {
        <tr key={field.id.clone()}>
            <th scope="row" class="comparison__field">{ &field.label }</th>
            <td class="comparison__value" data-head="填报的">
                { if entered_words.is_empty() { "（未填）".to_owned() } else { entered_words } }
            </td>
            <td class={classes!("comparison__value", (agreement == Some(Agreement::Different)).then_some("comparison__value--differs"))} data-head="附件上的">
                <div>
                    if let Some(found) = found {
                        { display::field_value(field, Some(found)) }
                    }
                </div>
                <div class="cluster">
                    if found.is_some() {
                        <Button variant={ButtonVariant::Link} onclick={take_back} hidden_text={hidden}>{ "重新核对" }</Button>
                    } else if entered.is_some() {
                        <Button variant={ButtonVariant::Secondary} onclick={take_over} hidden_text={hidden}>{ "与填报的一致" }</Button>
                    }
                </div>
                <Details summary="不一致，照附件抄写">
                    { view_copy(&id, field, found, set) }
                </Details>
            </td>
            <td class="comparison__state" data-head="结果"><StatusTag text={word} {tone} /></td>
        </tr>
    }
}

fn view_copy(id: &str, field: &Field, found: Option<&Value>, set: &Callback<Option<Value>>) -> Html {
    let Some(kind) = kind_of_field(field, None) else { return Html::default() };
    html! {
        <Control id={id.to_owned()} label={format!("附件上的{}", field.label)} {kind} value={found.cloned()} on_change={set.clone()} />
    }
}
