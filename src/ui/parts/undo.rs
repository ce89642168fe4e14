//! Taking the last deletion or fix back, offered where it happened.

use std::rc::Rc;

use yew::prelude::*;

use super::findings::element_id;
use super::view::View;
use crate::app::Action;
use crate::app::state::Undo;
use crate::ui::context::use_dispatch;
use crate::ui::hooks::{focus_field_when_drawn, focus_id};
use crate::ui::widgets::{Button, ButtonVariant};

/// What can be taken back at this place of the draft: a field, a list with all its entries, or a material.
#[must_use]
pub fn undo_at(view: &View, key: &str) -> Option<Rc<Undo>> {
    view.undo.clone().filter(|undo| undo.at.key() == key && undo.draft == view.draft.id)
}

/// Properties of [`UndoNote`].
#[derive(Properties, PartialEq)]
pub struct UndoNoteProps {
    /// What can be taken back here.
    pub undo: Option<Rc<Undo>>,
}

/// Says what was done at this place and offers to take it back; nothing otherwise.
///
/// What was pressed is gone by then, so the focus goes to the offer, and when it is taken, to the place itself.
#[component]
pub fn UndoNote(props: &UndoNoteProps) -> Html {
    let undo = &props.undo;
    let dispatch = use_dispatch();
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
