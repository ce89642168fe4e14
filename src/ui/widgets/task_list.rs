//! What is to be done, with the state of each.

use yew::prelude::*;

use super::status_tag::{StatusTag, Tone};

/// Properties of [`TaskList`].
#[derive(Properties, PartialEq)]
pub struct TaskListProps {
    /// [`TaskItem`]s.
    pub children: Html,
}

/// A list of tasks. See [`TaskItem`].
#[component]
pub fn TaskList(props: &TaskListProps) -> Html {
    // Safari drops the list semantics of lists without bullets unless the role is given.
    html! { <ul class="task-list" role="list">{ props.children.clone() }</ul> }
}

/// Properties of [`TaskItem`].
#[derive(Properties, PartialEq)]
pub struct TaskItemProps {
    /// Prefix of the ids.
    pub id: AttrValue,
    /// What is to be done.
    pub title: AttrValue,
    /// Where; without it the task cannot be started yet.
    #[prop_or_default]
    pub href: Option<AttrValue>,
    /// Help, shown under the title.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// The state in a word.
    pub status: AttrValue,
    /// What the state means.
    #[prop_or_default]
    pub tone: Tone,
}

/// One task; the whole row is the link.
///
/// ```
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{TaskItem, TaskList, Tone};
/// # #[component]
/// # fn Example() -> Html {
/// html! {
///     <TaskList>
///         <TaskItem id="task-person" title="个人信息" href="#/form/person" status="已完成" tone={Tone::Done} />
///         <TaskItem id="task-export" title="导出材料包" status="暂不能开始" />
///     </TaskList>
/// }
/// # }
/// ```
#[component]
pub fn TaskItem(props: &TaskItemProps) -> Html {
    let TaskItemProps { id, title, href, hint, status, tone } = props;
    let hint_id = hint.as_ref().map(|_| format!("{id}-hint"));
    let status_id = format!("{id}-status");
    let described_by = match &hint_id {
        Some(hint_id) => format!("{hint_id} {status_id}"),
        None => status_id.clone(),
    };
    html! {
        <li class={classes!("task-item", href.as_ref().map(|_| "task-item--linked"))}>
            <div class="task-item__name">
                if let Some(href) = href {
                    <a class="task-item__link" {href} aria-describedby={described_by}>{ title }</a>
                } else {
                    <span>{ title }</span>
                }
                if let Some(hint) = hint {
                    <p id={hint_id} class="task-item__hint">{ hint }</p>
                }
            </div>
            <div class="task-item__status"><StatusTag id={status_id} text={status} tone={*tone} /></div>
        </li>
    }
}
