//! The anatomy that all form controls share: label, hint, error, warning, control, and how they refer to each other.

use yew::prelude::*;

/// How wide a text box is drawn. It tells people how much is expected; it never limits what they type.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FieldWidth {
    /// Codes, years, dates.
    Short,
    /// Names, numbers.
    Medium,
    /// As wide as the column.
    #[default]
    Full,
}

impl From<FieldWidth> for Classes {
    fn from(width: FieldWidth) -> Classes {
        classes!(match width {
            FieldWidth::Short => "text-box--short",
            FieldWidth::Medium => "text-box--medium",
            FieldWidth::Full => "text-box--full",
        })
    }
}

/// The words around one control.
pub(super) struct Words<'a> {
    pub(super) id: &'a AttrValue,
    pub(super) hint: &'a Option<AttrValue>,
    pub(super) error: &'a Option<AttrValue>,
    pub(super) warning: &'a Option<AttrValue>,
}

impl Words<'_> {
    /// The ids for `aria-describedby`, in reading order; `more` are suffixes of further descriptions.
    pub(super) fn described_by(&self, more: &[&str]) -> Option<AttrValue> {
        let own = [("hint", self.hint), ("error", self.error), ("warning", self.warning)];
        let ids: Vec<String> = own
            .into_iter()
            .filter(|(_, words)| words.is_some())
            .map(|(suffix, _)| suffix)
            .chain(more.iter().copied())
            .map(|suffix| format!("{}-{suffix}", self.id))
            .collect();
        if ids.is_empty() { None } else { Some(ids.join(" ").into()) }
    }

    /// `aria-invalid` for the control.
    pub(super) fn invalid(&self) -> Option<&'static str> {
        self.error.as_ref().map(|_| "true")
    }

    /// The class of the control's frame.
    pub(super) fn frame(&self) -> Classes {
        classes!(
            "field",
            self.error.as_ref().map(|_| "field--error"),
            (self.error.is_none() && self.warning.is_some()).then_some("field--warning"),
        )
    }

    /// Hint, error and warning in one element, so that their number never disturbs the control beside them.
    pub(super) fn view(&self) -> Html {
        html! {
            <div class="field__words">
                if let Some(hint) = self.hint {
                    <p id={format!("{}-hint", self.id)} class="field__hint">{ hint }</p>
                }
                if let Some(error) = self.error {
                    <p id={format!("{}-error", self.id)} class="field__error">
                        <span class="visually-hidden">{ "错误：" }</span>
                        { error }
                    </p>
                }
                if let Some(warning) = self.warning {
                    <p id={format!("{}-warning", self.id)} class="field__warning">
                        <span class="visually-hidden">{ "注意：" }</span>
                        { warning }
                    </p>
                }
            </div>
        }
    }
}

/// The label's text, marked when the answer may be left out.
pub(super) fn view_caption(label: &AttrValue, optional: bool) -> Html {
    html! {
        <>
            { label }
            if optional {
                <span class="field__optional">{ "（选填）" }</span>
            }
        </>
    }
}

/// Properties of [`FieldGroup`].
#[derive(Properties, PartialEq)]
pub struct FieldGroupProps {
    /// Prefix of the ids of hint, error and warning. It must not be the id of a control inside.
    pub id: AttrValue,
    /// What the controls have in common.
    pub label: AttrValue,
    /// Help, shown under the legend.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong with the group as a whole.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at in the group as a whole.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// The controls.
    #[prop_or_default]
    pub children: Html,
}

/// Several controls that answer one question: a fieldset with its legend.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{CheckboxField, FieldGroup};
/// #[component]
/// fn Example() -> Html {
///     let ticked = use_state(|| false);
///     let on_toggle = { let ticked = ticked.clone(); move |on| ticked.set(on) };
///     html! {
///         <FieldGroup id="confirm" label="对照附件1逐条确认">
///             <CheckboxField id="confirm-years" label="工作年限符合附件1" checked={*ticked} {on_toggle} />
///         </FieldGroup>
///     }
/// }
/// ```
#[component]
pub fn FieldGroup(props: &FieldGroupProps) -> Html {
    let FieldGroupProps { id, label, hint, error, warning, children } = props;
    let words = Words { id, hint, error, warning };
    html! {
        <fieldset class={words.frame()} aria-describedby={words.described_by(&[])}>
            <legend class="field__label">{ label }</legend>
            { words.view() }
            <div class="field__body">{ children.clone() }</div>
        </fieldset>
    }
}
