//! Moving the focus. Routes live in the address's hash, so in-page links move it by hand.

use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Document, Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};
use yew::prelude::*;

/// How often the person has changed pages since the start: a context that the router's owner provides.
/// [`PageTitle`](crate::ui::widgets::PageTitle) takes the focus whenever it grows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visit(pub u32);

fn document() -> Option<Document> {
    web_sys::window().and_then(|window| window.document())
}

/// Gives the focus to the element behind `node`, if it is there and can take it.
pub fn focus_node(node: &NodeRef) {
    if let Some(element) = node.cast::<HtmlElement>() {
        // A refusal leaves the focus where it was, which is all there is to do.
        let _ = element.focus();
    }
}

/// Gives the focus to the element `id`, if it is there and can take it.
pub fn focus_id(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.as_ref().and_then(|element| element.dyn_ref::<HtmlElement>()) {
        // As in `focus_node`.
        let _ = element.focus();
    }
}

/// Scrolls the label (or legend) of the control `id` into view and focuses the control, so that the person sees
/// the question and not only the box.
pub fn focus_field(id: &str) {
    let Some(document) = document() else { return };
    let Some(control) = document.get_element_by_id(id) else {
        return;
    };
    caption_of(&document, &control).unwrap_or_else(|| control.clone()).scroll_into_view();
    focus_id(id);
}

/// As [`focus_field`], once the page has been drawn anew, since a box that has the focus takes no value over; and only
/// if the focus is nowhere by then, since what had it is gone: who has moved on meanwhile stays there.
pub fn focus_field_when_drawn(id: &str) {
    let id = id.to_owned();
    let focus = Closure::once_into_js(move || {
        let at = document().and_then(|document| document.active_element());
        if at.is_none_or(|element| element.tag_name() == "BODY") {
            focus_field(&id);
        }
    });
    if let Some(window) = web_sys::window() {
        // Without a next frame there is nothing to draw and nobody to see it.
        let _ = window.request_animation_frame(focus.unchecked_ref());
    }
}

/// What names `control` on the screen: the legend of its group, else its label.
fn caption_of(document: &Document, control: &Element) -> Option<Element> {
    let is_choice = matches!(control.get_attribute("type").as_deref(), Some("radio" | "checkbox"));
    if is_choice
        && let Ok(Some(group)) = control.closest("fieldset")
        && let Ok(Some(legend)) = group.query_selector("legend")
    {
        return Some(legend);
    }
    let selector = format!("label[for=\"{}\"]", control.id().replace(['"', '\\'], ""));
    document.query_selector(&selector).ok().flatten()
}

/// Scrolls the element `id` into view by the shortest way.
pub fn scroll_to_id(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Focuses `node` whenever `revision` changes to something other than 0.
#[hook]
pub fn use_focus_on_change(node: NodeRef, revision: u32) {
    use_effect_with(revision, move |revision| {
        if *revision > 0 {
            focus_node(&node);
        }
    });
}
