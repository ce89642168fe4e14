//! A one-line text box.

use yew::prelude::*;

use super::field::{FieldWidth, Words, view_caption};
use crate::ui::hooks::{BoxShape, is_composing_key, use_composition};

/// Properties of [`TextField`].
#[derive(Properties, PartialEq)]
pub struct TextFieldProps {
    /// Id of the box; hint, error and so on derive theirs from it.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// The text as the application knows it.
    #[prop_or_default]
    pub value: AttrValue,
    /// Called with the text once no input method is composing; never twice with the same text.
    pub on_commit: Callback<String>,
    /// Called when the box loses the focus, after the last `on_commit`: the moment to show problems.
    #[prop_or_default]
    pub on_leave: Callback<()>,
    /// Called on Enter, unless Enter belongs to an input method.
    #[prop_or_default]
    pub on_enter: Option<Callback<()>>,
    /// Help, shown under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at; it does not block.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// How the text was understood, e.g. 「1985年3月1日」 or an ID number in groups; shown under the box.
    #[prop_or_default]
    pub reading: Option<AttrValue>,
    /// Marks the label with （选填）.
    #[prop_or_default]
    pub optional: bool,
    /// How wide the box is drawn.
    #[prop_or_default]
    pub width: FieldWidth,
    /// Shows how many characters are used of this many. Nothing is cut off.
    #[prop_or_default]
    pub limit: Option<usize>,
    /// Which keyboard a phone offers: `numeric`, `tel`, `email`…
    #[prop_or_default]
    pub inputmode: Option<AttrValue>,
    /// What the browser may fill in; `off` unless told.
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
    /// Shows dots instead of the text; pasting and password managers keep working.
    #[prop_or_default]
    pub secret: bool,
    /// The text can be read and copied but not changed.
    #[prop_or_default]
    pub readonly: bool,
    /// Language of the text if it is not Chinese.
    #[prop_or_default]
    pub lang: Option<AttrValue>,
    /// Lets the browser check spelling.
    #[prop_or_default]
    pub spellcheck: bool,
}

/// A one-line text box with label, hint, error and warning.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{FieldWidth, TextField};
/// #[component]
/// fn Example() -> Html {
///     let name = use_state(|| AttrValue::from(""));
///     let on_commit = { let name = name.clone(); move |text: String| name.set(text.into()) };
///     html! {
///         <TextField id="person-name" label="姓名" hint="与身份证一致"
///             value={(*name).clone()} {on_commit} width={FieldWidth::Medium} />
///     }
/// }
/// ```
#[component]
pub fn TextField(props: &TextFieldProps) -> Html {
    let TextFieldProps { id, label, hint, error, warning, reading, limit, .. } = props;
    let node = use_node_ref();
    let held = use_composition(node.clone(), props.value.clone(), BoxShape::Line, props.on_commit.clone());

    let words = Words { id, hint, error, warning };
    let mut more = Vec::new();
    if limit.is_some() {
        more.push("count");
    }
    if reading.is_some() {
        more.push("reading");
    }
    let onblur = {
        let (onblur, on_leave) = (held.onblur.clone(), props.on_leave.clone());
        move |event: FocusEvent| {
            onblur.emit(event);
            on_leave.emit(());
        }
    };
    let onkeydown = props.on_enter.clone().map(|on_enter| {
        Callback::from(move |event: KeyboardEvent| {
            if event.key() == "Enter" && !is_composing_key(&event) {
                event.prevent_default();
                on_enter.emit(());
            }
        })
    });
    html! {
        <div class={words.frame()}>
            <label class="field__label" for={id}>{ view_caption(label, props.optional) }</label>
            { words.view() }
            <input
                ref={node}
                {id}
                class={classes!("text-box", props.width)}
                type={if props.secret { "password" } else { "text" }}
                value={held.draft.clone()}
                oninput={held.oninput.clone()}
                {onblur}
                {onkeydown}
                inputmode={props.inputmode.clone()}
                autocomplete={props.autocomplete.clone()}
                readonly={props.readonly}
                lang={props.lang.clone()}
                spellcheck={if props.spellcheck { "true" } else { "false" }}
                aria-describedby={words.described_by(&more)}
                aria-invalid={words.invalid()}
            />
            <div class="field__after">
                if let Some(limit) = limit {
                    { view_counter(id, &held.draft, *limit) }
                }
                if let Some(reading) = reading {
                    <p id={format!("{id}-reading")} class="field__reading">{ reading }</p>
                }
            </div>
        </div>
    }
}

/// How many characters are left. Characters as people count them in Chinese: one code point each.
pub(super) fn view_counter(id: &AttrValue, draft: &str, limit: usize) -> Html {
    let used = draft.chars().count();
    let is_over = used > limit;
    let text = if is_over {
        format!("超出 {} 字（最多 {limit} 字）", used - limit)
    } else {
        format!("已输入 {used} 字，最多 {limit} 字")
    };
    html! {
        <p id={format!("{id}-count")} class={classes!("field__count", is_over.then_some("field__count--over"))}>
            { text }
        </p>
    }
}
