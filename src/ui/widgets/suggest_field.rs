//! A text box with suggestions, for long catalogues.

use std::rc::Rc;

use yew::prelude::*;

use super::field::{FieldWidth, Words, view_caption};
use crate::ui::hooks::{BoxShape, is_composing_key, scroll_to_id, use_composition};

/// One suggestion of a [`SuggestField`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// What is handed to `on_choose`.
    pub value: AttrValue,
    /// What is shown, and what the box holds once it is chosen.
    pub label: AttrValue,
    /// More about it: a code, a group.
    pub note: Option<AttrValue>,
}

/// Properties of [`SuggestField`].
#[derive(Properties, PartialEq)]
pub struct SuggestFieldProps {
    /// Id of the box.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// The text of the box as the application knows it: the label of what was chosen, or what was typed.
    #[prop_or_default]
    pub value: AttrValue,
    /// What fits the current text; the parent searches.
    pub options: Rc<Vec<Suggestion>>,
    /// Called with the text once no input method is composing; never twice with the same text.
    pub on_query: Callback<String>,
    /// Called with the value of what was chosen.
    pub on_choose: Callback<AttrValue>,
    /// Called when the box loses the focus.
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
    /// What was chosen, in full (code, group); shown under the box.
    #[prop_or_default]
    pub reading: Option<AttrValue>,
    /// Marks the label with （选填）.
    #[prop_or_default]
    pub optional: bool,
    /// Anything may be written; that nothing fits is not worth saying.
    #[prop_or_default]
    pub free: bool,
    /// How many fit in all, if the options are only the first of them.
    #[prop_or_default]
    pub total: Option<usize>,
}

/// A text box with suggestions, for catalogues too long for a list (the combobox pattern of ARIA 1.2).
///
/// Down and Up walk through the suggestions, Enter chooses, Escape closes, a tap chooses; keys of an input
/// method do nothing here. What is typed stays in the box even if nothing is chosen: whether that will do is the
/// parent's decision.
///
/// ```
/// # use std::rc::Rc;
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{SuggestField, Suggestion};
/// #[component]
/// fn Example() -> Html {
///     let text = use_state(|| AttrValue::from(""));
///     let all = [("4-07-06-01", "职业指导员"), ("4-07-03-04", "企业人力资源管理师")];
///     let options: Vec<Suggestion> = all.iter().filter(|(_, name)| name.contains(text.as_str()))
///         .map(|&(code, name)| Suggestion { value: code.into(), label: name.into(), note: Some(code.into()) })
///         .collect();
///     let on_query = { let text = text.clone(); move |query: String| text.set(query.into()) };
///     let on_choose = move |_code: AttrValue| {};
///     html! {
///         <SuggestField id="occupation" label="申报职业" value={(*text).clone()}
///             options={Rc::new(options)} {on_query} {on_choose} />
///     }
/// }
/// ```
#[component]
pub fn SuggestField(props: &SuggestFieldProps) -> Html {
    let SuggestFieldProps { id, label, options, hint, error, warning, reading, total, .. } = props;
    let node = use_node_ref();
    let open = use_state_eq(|| false);
    let active = use_state_eq(|| None::<usize>);

    let on_query = {
        let (open, active, on_query) = (open.clone(), active.clone(), props.on_query.clone());
        Callback::from(move |text: String| {
            open.set(!text.is_empty());
            active.set(None);
            on_query.emit(text);
        })
    };
    let held = use_composition(node.clone(), props.value.clone(), BoxShape::Line, on_query);

    let is_open = *open;
    let active_idx = active.filter(|idx| is_open && *idx < options.len());
    let option_id = |idx: usize| AttrValue::from(format!("{id}-option-{idx}"));
    let active_id = active_idx.map(option_id);
    use_effect_with(active_id.clone(), |active_id| {
        if let Some(active_id) = active_id {
            scroll_to_id(active_id);
        }
    });

    let choose = {
        let (open, active, held) = (open.clone(), active.clone(), held.clone());
        let (options, on_choose) = (options.clone(), props.on_choose.clone());
        Callback::from(move |idx: usize| {
            if let Some(suggestion) = options.get(idx) {
                held.replace(&suggestion.label);
                open.set(false);
                active.set(None);
                on_choose.emit(suggestion.value.clone());
            }
        })
    };
    let onkeydown = {
        let (open, active, choose, n_options) = (open.clone(), active.clone(), choose.clone(), options.len());
        move |event: KeyboardEvent| {
            if is_composing_key(&event) {
                return;
            }
            match (event.key().as_str(), active_idx) {
                ("ArrowDown" | "ArrowUp", _) if n_options == 0 => {}
                (key @ ("ArrowDown" | "ArrowUp"), _) => {
                    event.prevent_default();
                    active.set(Some(neighbour(active_idx, n_options, key == "ArrowDown")));
                    open.set(true);
                }
                ("Enter", Some(idx)) => {
                    event.prevent_default();
                    choose.emit(idx);
                }
                ("Escape", _) if is_open => {
                    // The first Escape closes the suggestions, not a dialog around them.
                    event.prevent_default();
                    event.stop_propagation();
                    open.set(false);
                    active.set(None);
                }
                _ => {}
            }
        }
    };
    let onblur = {
        let (onblur, open, active, on_leave) =
            (held.onblur.clone(), open.clone(), active.clone(), props.on_leave.clone());
        move |event: FocusEvent| {
            onblur.emit(event);
            open.set(false);
            active.set(None);
            on_leave.emit(());
        }
    };
    let words = Words { id, hint, error, warning };
    let more: &[&str] = if reading.is_some() { &["reading"] } else { &[] };
    html! {
        <div class={words.frame()}>
            <label class="field__label" for={id}>{ view_caption(label, props.optional) }</label>
            { words.view() }
            <div class="suggest">
                <input
                    ref={node}
                    {id}
                    class={classes!("text-box", FieldWidth::Full)}
                    type="text"
                    role="combobox"
                    value={held.draft.clone()}
                    oninput={held.oninput.clone()}
                    {onblur}
                    {onkeydown}
                    autocomplete="off"
                    spellcheck="false"
                    aria-autocomplete="list"
                    aria-expanded={if is_open && !options.is_empty() { "true" } else { "false" }}
                    aria-controls={format!("{id}-listbox")}
                    aria-activedescendant={active_id}
                    aria-describedby={words.described_by(more)}
                    aria-invalid={words.invalid()}
                />
                <ul
                    id={format!("{id}-listbox")}
                    class="suggest__list"
                    role="listbox"
                    aria-label={label}
                    hidden={!is_open || options.is_empty()}
                >
                    // Drawn when it opens: a closed list costs nothing at a keystroke elsewhere.
                    for (idx, suggestion) in options.iter().enumerate().filter(|_| is_open) {
                        { view_suggestion(option_id(idx), suggestion, active_idx == Some(idx), idx, &choose) }
                    }
                </ul>
                <p class="suggest__status" role="status">
                    if is_open && !(props.free && options.is_empty()) {
                        { status_text(options.len(), *total) }
                    }
                </p>
            </div>
            <div class="field__after">
                if let Some(reading) = reading {
                    <p id={format!("{id}-reading")} class="field__reading">{ reading }</p>
                }
            </div>
        </div>
    }
}

fn view_suggestion(
    id: AttrValue,
    suggestion: &Suggestion,
    is_active: bool,
    idx: usize,
    choose: &Callback<usize>,
) -> Html {
    // The press must not take the focus from the box, or blur would close the list before the click.
    let onmousedown = |event: MouseEvent| event.prevent_default();
    let onclick = choose.reform(move |_: MouseEvent| idx);
    html! {
        <li
            key={suggestion.value.to_string()}
            {id}
            class={classes!("suggest__option", is_active.then_some("suggest__option--active"))}
            role="option"
            aria-selected={if is_active { "true" } else { "false" }}
            {onmousedown}
            {onclick}
        >
            <span class="suggest__label">{ &suggestion.label }</span>
            if let Some(note) = &suggestion.note {
                <span class="suggest__note">{ note }</span>
            }
        </li>
    }
}

/// The next or previous of `n` suggestions, around the ends.
fn neighbour(from: Option<usize>, n: usize, forward: bool) -> usize {
    match (from, forward) {
        (None, true) => 0,
        (None, false) => n.saturating_sub(1),
        (Some(idx), true) => (idx + 1) % n.max(1),
        (Some(0), false) => n.saturating_sub(1),
        (Some(idx), false) => idx - 1,
    }
}

fn status_text(shown: usize, total: Option<usize>) -> String {
    match total {
        _ if shown == 0 => "没有匹配的条目，可换一个词".to_owned(),
        Some(total) if total > shown => format!("共 {total} 项，显示前 {shown} 项，继续输入可缩小范围"),
        _ => format!("{shown} 项可选，用上下键选择"),
    }
}

#[cfg(test)]
mod tests {
    use super::neighbour;

    #[test]
    fn arrows_walk_around_the_ends() {
        assert_eq!(neighbour(None, 3, true), 0);
        assert_eq!(neighbour(None, 3, false), 2);
        assert_eq!(neighbour(Some(2), 3, true), 0);
        assert_eq!(neighbour(Some(0), 3, false), 2);
        assert_eq!(neighbour(Some(2), 3, false), 1);
    }
}
