//! Taking the last deletion or fix back, offered where it happened.

use yew::prelude::*;

use super::findings::element_id;
use crate::app::Action;
use crate::domain::path::FieldPath;
use crate::ui::context::{use_app, use_dispatch};
use crate::ui::hooks::{focus_field_when_drawn, focus_id};
use crate::ui::widgets::{Button, ButtonVariant};

/// Properties of [`UndoNote`].
#[derive(Properties, PartialEq)]
pub struct UndoNoteProps {
    /// The place: a field, a list with all its entries, or a material.
    pub at: FieldPath,
}

/// Says what was done at this place and offers to take it back; nothing otherwise.
///
/// What was pressed is gone by then, so the focus goes to the offer, and when it is taken, to the place itself.
#[component]
pub fn UndoNote(props: &UndoNoteProps) -> Html {
    let at = &props.at;
    let app = use_app();
    let dispatch = use_dispatch();
    let undo = app.0.undo.clone().filter(|undo| {
        undo.at.key() == at.key() && app.0.draft().is_some_and(|draft| draft.id == undo.draft)
    });
    // What came up while the page stands; what is left from an earlier visit does not draw the focus.
    let first = use_mut_ref(|| undo.as_ref().map(|undo| undo.edit.clone()));
    use_effect_with(undo.as_ref().map(|undo| undo.edit.clone()), move |edit| {
        if edit.is_some() && *first.borrow() != *edit {
            focus_id("undo");
        }
        first.borrow_mut().clone_from(edit);
    });
    let Some(undo) = undo else { return Html::default() };
    let onclick = {
        let place = element_id(&undo.at);
        Callback::from(move |_: MouseEvent| {
            dispatch.dispatch(Action::Undo);
            focus_field_when_drawn(&place);
        })
    };
    html! {
        <div class="undo cluster">
            <p id="undo-text">{ &undo.text }</p>
            <Button id="undo" variant={ButtonVariant::Link} {onclick} describedby={Some(AttrValue::Static("undo-text"))}>{ "撤销" }</Button>
        </div>
    }
}
