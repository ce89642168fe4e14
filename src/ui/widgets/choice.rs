//! One of several answers.

use yew::AttrValue;

/// One answer that can be chosen: in a [`RadioGroup`](super::RadioGroup) or a [`SelectField`](super::SelectField).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is handed to `on_choose`.
    pub value: AttrValue,
    /// What people read.
    pub label: AttrValue,
    /// Help under the label; a select does not show it.
    pub hint: Option<AttrValue>,
}

impl Choice {
    /// An answer without help.
    pub fn new(value: impl Into<AttrValue>, label: impl Into<AttrValue>) -> Self {
        Self { value: value.into(), label: label.into(), hint: None }
    }

    /// The same answer with help under it.
    pub fn with_hint(self, hint: impl Into<AttrValue>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }
}
