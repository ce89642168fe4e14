//! A question that must be answered before anything else.

use web_sys::{HtmlDialogElement, Node};
use yew::prelude::*;

use super::button::{Button, ButtonVariant};

/// Properties of [`Dialog`].
#[derive(Properties, PartialEq)]
pub struct DialogProps {
    /// Prefix of the ids.
    pub id: AttrValue,
    /// Whether it is shown. The parent sets it to false in `on_confirm` and `on_cancel`.
    pub open: bool,
    /// The question.
    pub title: AttrValue,
    /// What follows from each answer.
    pub children: Html,
    /// What the confirming button does, as a verb.
    pub confirm: AttrValue,
    /// What the other button says.
    #[prop_or(AttrValue::Static("取消"))]
    pub cancel: AttrValue,
    /// Confirming destroys something.
    #[prop_or_default]
    pub warning: bool,
    /// Called on confirmation.
    pub on_confirm: Callback<()>,
    /// Called on the other button and on Escape.
    pub on_cancel: Callback<()>,
}

/// A question that must be answered first, for what cannot be undone. The native modal dialog holds the focus,
/// starts it on the button that changes nothing, and gives it back where it was.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{Button, Dialog};
/// #[component]
/// fn Example() -> Html {
///     let open = use_state(|| false);
///     let set = |to: bool| { let open = open.clone(); Callback::from(move |()| open.set(to)) };
///     html! {
///         <>
///             <Button onclick={set(true).reform(|_| ())}>{ "删除草稿" }</Button>
///             <Dialog id="delete" open={*open} title="删除这份草稿？" confirm="删除" warning=true
///                 on_confirm={set(false)} on_cancel={set(false)}>
///                 <p>{ "删除后无法恢复。" }</p>
///             </Dialog>
///         </>
///     }
/// }
/// ```
#[component]
pub fn Dialog(props: &DialogProps) -> Html {
    let DialogProps { id, open, title, children, confirm, cancel, warning, on_confirm, on_cancel } = props;
    let node = use_node_ref();
    {
        let node = node.clone();
        use_effect_with(*open, move |open| {
            if let Some(dialog) = node.cast::<HtmlDialogElement>()
                && dialog.open() != *open
            {
                if *open {
                    // It fails only if the dialog has left the page, and then there is nobody to ask.
                    let _ = dialog.show_modal();
                } else {
                    dialog.close();
                }
            }
        });
    }
    // Events of controls inside arrive here too.
    let is_own = {
        let node = node.clone();
        move |event: &Event| event.target_dyn_into::<Node>() == node.cast::<Node>()
    };
    let oncancel = {
        let (is_own, on_cancel) = (is_own.clone(), on_cancel.clone());
        move |event: Event| {
            if is_own(&event) {
                event.prevent_default();
                on_cancel.emit(());
            }
        }
    };
    // Browsers close the dialog without asking when Escape is pressed twice.
    let onclose = {
        let (on_cancel, open) = (on_cancel.clone(), *open);
        move |event: Event| {
            if open && is_own(&event) {
                on_cancel.emit(());
            }
        }
    };
    let variant = if *warning { ButtonVariant::Warning } else { ButtonVariant::Primary };
    html! {
        <dialog
            ref={node}
            {id}
            class="dialog"
            {oncancel}
            {onclose}
            aria-labelledby={format!("{id}-title")}
            aria-describedby={format!("{id}-body")}
        >
            <h2 id={format!("{id}-title")} class="dialog__title">{ title }</h2>
            <div id={format!("{id}-body")} class="dialog__body">{ children.clone() }</div>
            <div class="cluster">
                <Button {variant} onclick={on_confirm.reform(|_| ())}>{ confirm }</Button>
                <button
                    type="button"
                    class={ButtonVariant::Secondary}
                    autofocus=true
                    onclick={on_cancel.reform(|_: MouseEvent| ())}
                >
                    { cancel }
                </button>
            </div>
        </dialog>
    }
}
