//! Asking for passphrase or key of an encrypted file.

use yew::prelude::*;

use crate::domain::bundle::seal::OpenKey;
use crate::ui::widgets::{Button, ButtonVariant, TextField};

/// Properties of [`OpenSealed`].
#[derive(Properties, PartialEq)]
pub struct OpenSealedProps {
    /// The file's name.
    pub name: String,
    /// Why the last key did not open it.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// Called with the key.
    pub on_key: Callback<OpenKey>,
}

/// Asks for what opens an encrypted file.
#[component]
pub fn OpenSealed(props: &OpenSealedProps) -> Html {
    let OpenSealedProps { name, error, on_key } = props;
    let text = use_state_eq(AttrValue::default);
    let open = {
        let (text, on_key) = (text.clone(), on_key.clone());
        Callback::from(move |()| {
            let typed = text.trim();
            on_key.emit(if typed.to_ascii_uppercase().starts_with("AGE-SECRET-KEY-") {
                OpenKey::Identity(typed.to_owned())
            } else {
                OpenKey::Passphrase(text.to_string())
            });
        })
    };
    let on_click = open.reform(|_: MouseEvent| ());
    let on_commit = {
        let text = text.setter();
        Callback::from(move |typed: String| text.set(AttrValue::from(typed)))
    };
    html! {
        <div class="stack">
            <p>{ format!("“{name}”已加密。") }</p>
            <TextField id="open-words" label="口令或私钥" value={(*text).clone()} {on_commit} on_enter={Some(open)} error={error.clone()}
                hint="口令区分大小写；私钥以 AGE-SECRET-KEY-1 开头。只在本设备上用，不保存" />
            <Button id="open-sealed" variant={ButtonVariant::Primary} onclick={on_click}>{ "打开" }</Button>
        </div>
    }
}
