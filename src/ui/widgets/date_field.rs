//! A date that is typed, not picked.

use yew::prelude::*;

use super::field::FieldWidth;
use super::text_field::TextField;

/// How exact the date is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DateKind {
    /// Year, month and day.
    #[default]
    Day,
    /// Year and month.
    Month,
}

impl DateKind {
    fn example(self) -> AttrValue {
        AttrValue::Static(match self {
            DateKind::Day => "例如 1985-03-01",
            DateKind::Month => "例如 1985-03",
        })
    }
}

/// Properties of [`DateField`].
#[derive(Properties, PartialEq)]
pub struct DateFieldProps {
    /// Id of the box.
    pub id: AttrValue,
    /// What is asked.
    pub label: AttrValue,
    /// Day or month.
    #[prop_or_default]
    pub kind: DateKind,
    /// The text as the application knows it; it need not be a date yet.
    #[prop_or_default]
    pub value: AttrValue,
    /// Called with the text as typed; reading it as a date is the application's work.
    pub on_commit: Callback<String>,
    /// Called when the box loses the focus, after the last `on_commit`.
    #[prop_or_default]
    pub on_leave: Callback<()>,
    /// Help; an example of the form by default.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at; it does not block.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// How the text was understood, e.g. 「1985年3月1日」.
    #[prop_or_default]
    pub reading: Option<AttrValue>,
    /// Marks the label with （选填）.
    #[prop_or_default]
    pub optional: bool,
    /// What the browser may fill in, e.g. `bday`.
    #[prop_or(AttrValue::Static("off"))]
    pub autocomplete: AttrValue,
    /// The text can be read and copied but not changed.
    #[prop_or_default]
    pub readonly: bool,
}

/// A date, typed into one box. No numeric keyboard is asked for, since those of phones lack the hyphen.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{DateField, DateKind};
/// #[component]
/// fn Example() -> Html {
///     let text = use_state(|| AttrValue::from(""));
///     let on_commit = { let text = text.clone(); move |t: String| text.set(t.into()) };
///     html! { <DateField id="work-from" label="入职年月" kind={DateKind::Month} value={(*text).clone()} {on_commit} /> }
/// }
/// ```
#[component]
pub fn DateField(props: &DateFieldProps) -> Html {
    let DateFieldProps { id, label, kind, value, on_commit, on_leave, hint, error, warning, .. } = props;
    html! {
        <TextField
            {id}
            {label}
            {value}
            {on_commit}
            {on_leave}
            hint={hint.clone().unwrap_or_else(|| kind.example())}
            {error}
            {warning}
            reading={props.reading.clone()}
            optional={props.optional}
            width={FieldWidth::Short}
            autocomplete={props.autocomplete.clone()}
            readonly={props.readonly}
        />
    }
}
