//! A text box of several lines.

use yew::prelude::*;

use super::field::{Words, view_caption};
use super::text_field::view_counter;
use crate::ui::hooks::{BoxShape, use_composition};

/// Properties of [`TextArea`].
#[derive(Properties, PartialEq)]
pub struct TextAreaProps {
    /// Id of the box; hint, error and so on derive theirs from it.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// The text as the application knows it.
    #[prop_or_default]
    pub value: AttrValue,
    /// Called with the text once no input method is composing; never twice with the same text.
    pub on_commit: Callback<String>,
    /// Called when the box loses the focus, after the last `on_commit`.
    #[prop_or_default]
    pub on_leave: Callback<()>,
    /// Help, shown under the label.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at; it does not block.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// Marks the label with （选填）.
    #[prop_or_default]
    pub optional: bool,
    /// Lines shown.
    #[prop_or(5)]
    pub rows: u32,
    /// Shows how many characters are used of this many. Nothing is cut off.
    #[prop_or_default]
    pub limit: Option<usize>,
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

/// A text box of several lines, by the same rules as [`TextField`](super::TextField).
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::TextArea;
/// #[component]
/// fn Example() -> Html {
///     let text = use_state(|| AttrValue::from(""));
///     let on_commit = { let text = text.clone(); move |t: String| text.set(t.into()) };
///     html! { <TextArea id="opinion" label="单位推荐意见" value={(*text).clone()} {on_commit} limit={200} /> }
/// }
/// ```
#[component]
pub fn TextArea(props: &TextAreaProps) -> Html {
    let TextAreaProps { id, label, hint, error, warning, limit, .. } = props;
    let node = use_node_ref();
    let held = use_composition(node.clone(), props.value.clone(), BoxShape::Lines, props.on_commit.clone());

    let words = Words { id, hint, error, warning };
    let more: &[&str] = if limit.is_some() { &["count"] } else { &[] };
    let onblur = {
        let (onblur, on_leave) = (held.onblur.clone(), props.on_leave.clone());
        move |event: FocusEvent| {
            onblur.emit(event);
            on_leave.emit(());
        }
    };
    html! {
        <div class={words.frame()}>
            <label class="field__label" for={id}>{ view_caption(label, props.optional) }</label>
            { words.view() }
            <textarea
                ref={node}
                {id}
                class="text-box text-box--area text-box--full"
                rows={props.rows.to_string()}
                value={held.draft.clone()}
                oninput={held.oninput.clone()}
                {onblur}
                autocomplete="off"
                readonly={props.readonly}
                lang={props.lang.clone()}
                spellcheck={if props.spellcheck { "true" } else { "false" }}
                aria-describedby={words.described_by(more)}
                aria-invalid={words.invalid()}
            />
            <div class="field__after">
                if let Some(limit) = limit {
                    { view_counter(id, &held.draft, *limit) }
                }
            </div>
        </div>
    }
}
