//! Whether a bundle or a backup is encrypted, and with what.

use std::rc::Rc;

use yew::prelude::*;

use crate::domain::bundle::seal::{MAX_WORK, SealKey};
use crate::ui::context::use_platform;
use crate::ui::widgets::{Button, ButtonVariant, Choice, Details, RadioGroup, TextField};

/// Properties of [`SealChoice`].
#[derive(Properties, PartialEq)]
pub struct SealChoiceProps {
    /// Name and public key of the centre to which it goes, where the pack has one.
    #[prop_or_default]
    pub centre: Option<(AttrValue, AttrValue)>,
    /// Called with what it is to be encrypted with.
    pub on_change: Callback<Option<SealKey>>,
}

/// Asks whether to encrypt, and for passphrase or key.
#[component]
pub fn SealChoice(props: &SealChoiceProps) -> Html {
    let SealChoiceProps { centre, on_change } = props;
    let platform = use_platform();
    let way = use_state_eq(|| AttrValue::Static("open"));
    let words = use_state_eq(AttrValue::default);
    let recipient = use_state_eq(AttrValue::default);
    let key = match (way.as_str(), centre) {
        ("words", _) => Some(SealKey::Passphrase { words: words.to_string(), work: MAX_WORK }),
        ("recipient", _) => Some(SealKey::Recipient(recipient.to_string())),
        ("centre", Some((_, key))) => Some(SealKey::Recipient(key.to_string())),
        _ => None,
    };
    {
        let on_change = on_change.clone();
        use_effect_with(key, move |key| on_change.emit(key.clone()));
    }
    let mut options = vec![Choice::new("open", "不加密")];
    if let Some((name, _)) = centre {
        options.push(Choice::new("centre", format!("加密给{name}（规则包里的公钥）")));
    }
    options.push(Choice::new("words", "用口令加密"));
    options.push(Choice::new("recipient", "加密给对方的公钥"));
    let on_choose = {
        let way = way.setter();
        Callback::from(move |value: AttrValue| way.set(value))
    };
    let setter = |state: &UseStateHandle<AttrValue>| {
        let state = state.setter();
        Callback::from(move |text: String| state.set(AttrValue::from(text)))
    };
    let fresh = {
        let words = words.setter();
        Callback::from(move |_: MouseEvent| words.set(platform.new_passphrase.emit(()).into()))
    };
    html! {
        <Details summary="加密（选填）：放在 U 盘或经别人转交时用">
            <RadioGroup id="seal" label="怎样加密" value={Some((*way).clone())} options={Rc::new(options)} {on_choose} />
            <div>
                if *way == "words" {
                    <TextField id="seal-words" label="口令" value={(*words).clone()} on_commit={setter(&words)}
                        hint="至少 12 个字符，另外告知对方，不要和文件放在一起。忘了口令，谁也打不开。" />
                    <Button id="seal-fresh" variant={ButtonVariant::Secondary} onclick={fresh}>{ "生成一个口令" }</Button>
                }
                if *way == "recipient" {
                    <TextField id="seal-recipient" label="对方的公钥" value={(*recipient).clone()} on_commit={setter(&recipient)}
                        hint="以 age1 开头，共 62 个字符；只有持对应私钥的人能打开，自己也打不开" />
                }
            </div>
            <p class="small">{ "加密后是 age 格式的文件，任何 age 程序都能解密，本程序的“核验提交包”也能打开。" }</p>
        </Details>
    }
}
