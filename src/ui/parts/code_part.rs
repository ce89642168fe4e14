//! Where on a photo or scan the QR code is, said by hand when it was not found.

use std::rc::Rc;

use yew::prelude::*;

use crate::app::Action;
use crate::domain::media::inspect::Part;
use crate::ui::context::use_dispatch;
use crate::ui::widgets::{Button, ButtonVariant, Choice, Details, SelectEntry, SelectField};

/// Parts of a page that can be chosen, each a little larger than its share so that nothing falls between two.
const PARTS: [(&str, &str, [f64; 4]); 9] = [
    ("top-right", "右上角", [0.6, 0.0, 1.0, 0.4]),
    ("top", "上方中间", [0.3, 0.0, 0.7, 0.4]),
    ("top-left", "左上角", [0.0, 0.0, 0.4, 0.4]),
    ("right", "右侧中间", [0.6, 0.3, 1.0, 0.7]),
    ("middle", "正中间", [0.3, 0.3, 0.7, 0.7]),
    ("left", "左侧中间", [0.0, 0.3, 0.4, 0.7]),
    ("bottom-right", "右下角", [0.6, 0.6, 1.0, 1.0]),
    ("bottom", "下方中间", [0.3, 0.6, 0.7, 1.0]),
    ("bottom-left", "左下角", [0.0, 0.6, 0.4, 1.0]),
];
/// The most pages that are offered.
const MAX_PAGES: usize = 20;

/// Properties of [`CodePart`].
#[derive(Properties, PartialEq)]
pub struct CodePartProps {
    /// Place among the attachments.
    pub place: usize,
    /// Pages of the file.
    pub pages: usize,
}

/// Asks on which page and where the code is, and has it looked for there.
#[component]
pub fn CodePart(props: &CodePartProps) -> Html {
    let CodePartProps { place, pages } = *props;
    let dispatch = use_dispatch();
    let part = use_state_eq(|| 0_usize);
    let page = use_state_eq(|| 0_usize);
    let options = Rc::new(
        PARTS.iter().map(|(id, label, _)| SelectEntry::from(Choice::new(*id, *label))).collect::<Vec<_>>(),
    );
    let page_options = Rc::new(
        (1..=pages.min(MAX_PAGES))
            .map(|n| SelectEntry::from(Choice::new(n.to_string(), format!("第 {n} 页"))))
            .collect::<Vec<_>>(),
    );
    let on_part = {
        let part = part.setter();
        Callback::from(move |id: Option<AttrValue>| {
            let chosen = PARTS.iter().position(|(known, ..)| Some(*known) == id.as_deref());
            part.set(chosen.unwrap_or(0));
        })
    };
    let on_page = {
        let page = page.setter();
        Callback::from(move |n: Option<AttrValue>| {
            page.set(n.and_then(|n| n.parse::<usize>().ok()).map_or(0, |n| n.saturating_sub(1)));
        })
    };
    let (id, _, [left, top, right, bottom]) = PARTS.get(*part).copied().unwrap_or(PARTS[0]);
    let onclick = {
        let page = *page;
        Callback::from(move |_: MouseEvent| {
            let part = Part { page, left, top, right, bottom };
            dispatch.dispatch(Action::LookAgain { place, part });
        })
    };
    html! {
        <Details summary="二维码没有读出来">
            <p>{ "拍第一页时让二维码完整、清楚、四周有白边；扫描用 300 dpi。也可以指出二维码在画面的哪一部分，只在那里找。" }</p>
            <SelectField id={format!("code-part-{place}")} label="二维码在" value={id} {options} on_choose={on_part} />
            if pages > 1 {
                <SelectField id={format!("code-page-{place}")} label="在哪一页" value={(*page + 1).to_string()}
                    options={page_options} on_choose={on_page} />
            }
            <Button id={format!("code-look-{place}")} variant={ButtonVariant::Secondary} {onclick}>{ "只在这里找" }</Button>
        </Details>
    }
}
