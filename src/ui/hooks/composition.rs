//! The one way in which text boxes hold text, so that Chinese input methods are never disturbed.
//!
//! Invariants: the draft always equals what the box shows; nothing is written into a box that has the focus or
//! an open composition; half-typed pinyin is never handed out.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// How many lines the box holds; browsers alter line breaks accordingly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BoxShape {
    /// `<input>`: line breaks are dropped.
    Line,
    /// `<textarea>`: line breaks are `\n`.
    Lines,
}

impl BoxShape {
    /// The text as the browser will show it. Anything else would differ from the box at every render and be
    /// written again and again, moving the caret.
    fn shown(self, text: &str) -> AttrValue {
        match self {
            BoxShape::Line if !text.contains(['\r', '\n']) => AttrValue::from(text.to_owned()),
            BoxShape::Line => AttrValue::from(text.replace(['\r', '\n'], "")),
            BoxShape::Lines => AttrValue::from(text.replace("\r\n", "\n").replace('\r', "\n")),
        }
    }
}

/// What [`use_composition`] gives to a text box.
#[derive(Clone)]
pub struct Composition {
    /// What the box shows: bind it to `value`.
    pub draft: AttrValue,
    /// Bind to `oninput`.
    pub oninput: Callback<InputEvent>,
    /// Bind to `onblur`.
    pub onblur: Callback<FocusEvent>,
    text_box: TextBox,
}

impl Composition {
    /// Puts `text` into the box although it may have the focus: for an explicit choice by the person, such as
    /// picking from a list. It is not committed again.
    pub fn replace(&self, text: &AttrValue) {
        let shown = self.text_box.shape.shown(text);
        self.text_box.memory.borrow_mut().committed = shown.clone();
        self.text_box.draft.set(shown);
    }
}

/// What must be remembered between renders without causing one.
struct Memory {
    /// The last `value` that was taken over or recognised as an echo.
    seen: AttrValue,
    /// The last text that was handed out, or taken over.
    committed: AttrValue,
    composing: bool,
}

#[derive(Clone)]
struct TextBox {
    node: NodeRef,
    shape: BoxShape,
    draft: UseStateSetter<AttrValue>,
    memory: Rc<RefCell<Memory>>,
    on_commit: Rc<RefCell<Callback<String>>>,
}

impl TextBox {
    fn text(&self) -> Option<String> {
        match self.shape {
            BoxShape::Line => self.node.cast::<HtmlInputElement>().map(|input| input.value()),
            BoxShape::Lines => self.node.cast::<HtmlTextAreaElement>().map(|area| area.value()),
        }
    }

    /// Takes the box's text as draft, and commits it when it is settled (no composition open).
    fn take(&self, settled: bool) {
        let Some(text) = self.text() else { return };
        self.draft.set(AttrValue::from(text.clone()));
        if !settled {
            return;
        }
        {
            let mut memory = self.memory.borrow_mut();
            if memory.committed == text.as_str() {
                return;
            }
            memory.committed = AttrValue::from(text.clone());
        }
        let on_commit = self.on_commit.borrow().clone();
        on_commit.emit(text);
    }

    fn has_focus(&self) -> bool {
        let Some(element) = self.node.cast::<Element>() else {
            return false;
        };
        element.owner_document().and_then(|document| document.active_element()).is_some_and(|e| e == element)
    }

    /// Takes `value` over, unless the person is at work in the box.
    fn adopt(&self, value: &AttrValue) {
        let shown = self.shape.shown(value);
        {
            let mut memory = self.memory.borrow_mut();
            if memory.seen == *value {
                return;
            }
            if memory.composing || self.has_focus() {
                if memory.committed == shown {
                    memory.seen = value.clone();
                }
                return;
            }
            memory.seen = value.clone();
            memory.committed = shown.clone();
        }
        self.draft.set(shown);
    }
}

/// Holds the draft of one text box.
///
/// - The draft follows every `input` verbatim, also while an input method composes.
/// - `on_commit` is called on an `input` outside a composition, at the end of a composition, and on blur if
///   something is still uncommitted; never twice for the same text.
/// - A changed `value` overwrites the draft only while the box has neither focus nor composition; otherwise it
///   waits for blur. So a parent may normalise what was committed, and the person sees it on leaving the box.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::hooks::{BoxShape, use_composition};
/// #[component]
/// fn Example() -> Html {
///     let text = use_state(|| AttrValue::from(""));
///     let node = use_node_ref();
///     let on_commit = { let text = text.clone(); move |t: String| text.set(t.into()) };
///     let held = use_composition(node.clone(), (*text).clone(), BoxShape::Line, on_commit.into());
///     html! { <input ref={node} value={held.draft} oninput={held.oninput} onblur={held.onblur} /> }
/// }
/// ```
#[hook]
pub fn use_composition(
    node: NodeRef,
    value: AttrValue,
    shape: BoxShape,
    on_commit: Callback<String>,
) -> Composition {
    let draft = use_state_eq(|| shape.shown(&value));
    let blurs = use_state(|| 0_u32);
    let memory =
        use_mut_ref(|| Memory { seen: value.clone(), committed: shape.shown(&value), composing: false });
    let latest = use_mut_ref(Callback::noop);
    *latest.borrow_mut() = on_commit;

    let text_box = TextBox { node: node.clone(), shape, draft: draft.setter(), memory, on_commit: latest };

    {
        let text_box = text_box.clone();
        use_effect_with(node, move |node| {
            let target = node.cast::<Element>();
            let listeners = target.map(|target| {
                let at_start = text_box.clone();
                let start = EventListener::new(&target, "compositionstart", move |_| {
                    at_start.memory.borrow_mut().composing = true;
                });
                let end = EventListener::new(&target, "compositionend", move |_| {
                    text_box.memory.borrow_mut().composing = false;
                    text_box.take(true);
                });
                (start, end)
            });
            move || drop(listeners)
        });
    }
    {
        let text_box = text_box.clone();
        use_effect_with((value, *blurs), move |(value, _)| text_box.adopt(value));
    }

    let oninput = {
        let text_box = text_box.clone();
        Callback::from(move |event: InputEvent| {
            let composing = event.is_composing() || text_box.memory.borrow().composing;
            text_box.take(!composing);
        })
    };
    let onblur = {
        let text_box = text_box.clone();
        Callback::from(move |_: FocusEvent| {
            text_box.memory.borrow_mut().composing = false;
            text_box.take(true);
            blurs.set(blurs.wrapping_add(1));
        })
    };
    Composition { draft: (*draft).clone(), oninput, onblur, text_box }
}

/// Whether a key belongs to an input method and must not trigger anything. Safari reports the Enter that ends a
/// composition with key code 229 only.
pub fn is_composing_key(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_text_is_what_a_browser_keeps() {
        assert_eq!(BoxShape::Line.shown("甲\r\n乙"), "甲乙");
        assert_eq!(BoxShape::Lines.shown("甲\r\n乙\r丙"), "甲\n乙\n丙");
        assert_eq!(BoxShape::Line.shown("１２ "), "１２ ");
    }
}
