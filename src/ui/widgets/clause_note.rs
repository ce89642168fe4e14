//! What a question or a finding rests on.

use yew::prelude::*;

/// Properties of [`ClauseNote`].
#[derive(Properties, PartialEq)]
pub struct ClauseNoteProps {
    /// The place as people cite it: 「一、（六）1」.
    pub locator: AttrValue,
    /// What it says, in our words.
    pub gist: AttrValue,
    /// Where it can be read in full.
    #[prop_or_default]
    pub href: Option<AttrValue>,
    /// What the link says; the locator is added for those who do not see the note.
    #[prop_or(AttrValue::Static("查看条款"))]
    pub link_text: AttrValue,
    /// More: how sure this is, which edition.
    #[prop_or_default]
    pub children: Html,
}

/// The clause that a question or a finding rests on: beside the question on wide screens, under it on narrow ones.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::ClauseNote;
/// # #[component]
/// # fn Example() -> Html {
/// html! { <ClauseNote locator="一、（六）1" gist="由已备案的单位推荐。" href="#/pack/1.6.1" /> }
/// # }
/// ```
#[component]
pub fn ClauseNote(props: &ClauseNoteProps) -> Html {
    let ClauseNoteProps { locator, gist, href, link_text, children } = props;
    html! {
        <div class="clause-note" role="note" aria-label={format!("依据：{locator}")}>
            <p class="clause-note__locator"><span class="clause-note__word">{ "依据" }</span>{ locator }</p>
            <p class="clause-note__gist">{ gist }</p>
            { children.clone() }
            if let Some(href) = href {
                <p class="clause-note__more">
                    <a {href}>{ link_text }<span class="visually-hidden">{ "：" }{ locator }</span></a>
                </p>
            }
        </div>
    }
}
