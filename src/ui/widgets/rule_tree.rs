//! A tree of conditions as a picture.

use std::rc::Rc;

use yew::prelude::*;

/// What became of a condition.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TreeState {
    /// It holds.
    Holds,
    /// It does not.
    Fails,
    /// Something is missing.
    Open,
    /// Only a person can judge it.
    Review,
    /// It does not matter here.
    Off,
}

impl TreeState {
    fn word(self) -> &'static str {
        match self {
            Self::Holds => "满足",
            Self::Fails => "不满足",
            Self::Open => "待确定",
            Self::Review => "待认定",
            Self::Off => "不影响",
        }
    }

    fn class(self) -> &'static str {
        match self {
            Self::Holds => "tree__node--holds",
            Self::Fails => "tree__node--fails",
            Self::Open => "tree__node--open",
            Self::Review => "tree__node--review",
            Self::Off => "tree__node--off",
        }
    }

    /// A shape of its own for each state, so that it can be told without colour.
    fn shape(self) -> Html {
        let inner = match self {
            Self::Holds => html! { <path d="M3 8.5 6.5 12 13 4.5" /> },
            Self::Fails => html! { <path d="M4 4 12 12 M12 4 4 12" /> },
            Self::Open => html! { <circle cx="8" cy="8" r="5" /> },
            Self::Review => html! { <path d="M8 2.5 13.5 8 8 13.5 2.5 8Z" /> },
            Self::Off => html! { <path d="M3 8H13" /> },
        };
        html! { <svg class="tree__mark" viewBox="0 0 16 16" aria-hidden="true">{ inner }</svg> }
    }
}

/// One condition.
#[derive(Clone, Debug, PartialEq)]
pub struct TreeNode {
    /// Tells it from its neighbours.
    pub key: AttrValue,
    /// The condition in words.
    pub label: AttrValue,
    /// What was answered; may be empty.
    pub detail: AttrValue,
    /// What became of it.
    pub state: TreeState,
    /// Where the answer can be given.
    pub href: Option<AttrValue>,
    /// Whether it decided what it stands in.
    pub is_deciding: bool,
    /// The conditions that it is made of.
    pub children: Vec<TreeNode>,
}

/// Properties of [`RuleTree`].
#[derive(Properties, PartialEq)]
pub struct RuleTreeProps {
    /// What the tree shows.
    pub label: AttrValue,
    /// Its roots.
    pub nodes: Rc<Vec<TreeNode>>,
}

/// A tree of conditions: what is settled, what is open, and along which branch it was decided.
///
/// ```
/// # use std::rc::Rc;
/// # use yew::prelude::*;
/// # use precheck::ui::widgets::{RuleTree, TreeNode};
/// # #[component]
/// # fn Example() -> Html {
/// # let nodes = Rc::new(Vec::<TreeNode>::new());
/// html! { <RuleTree label="规则图" {nodes} /> }
/// # }
/// ```
#[component]
pub fn RuleTree(props: &RuleTreeProps) -> Html {
    let RuleTreeProps { label, nodes } = props;
    html! {
        <div class="tree" role="group" aria-label={label}>
            { branch(nodes, 0) }
        </div>
    }
}

/// From this depth on branches are not moved in any further, so that narrow screens can hold them.
const MAX_INDENT: usize = 6;

fn branch(nodes: &[TreeNode], depth: usize) -> Html {
    let class = classes!("tree__branch", (depth >= MAX_INDENT).then_some("tree__branch--flat"));
    html! {
        <ul {class} role="list">
            for node in nodes {
                <li class={classes!("tree__node", node.state.class(), node.is_deciding.then_some("tree__node--deciding"))}
                    key={node.key.to_string()}>
                    <div class="tree__line">
                        { node.state.shape() }
                        <span class="tree__state">{ node.state.word() }</span>
                        if let Some(href) = &node.href {
                            <a href={href}>{ &node.label }</a>
                        } else {
                            <span>{ &node.label }</span>
                        }
                        if !node.detail.is_empty() {
                            <span class="tree__detail">{ &node.detail }</span>
                        }
                    </div>
                    if !node.children.is_empty() {
                        { branch(&node.children, depth + 1) }
                    }
                </li>
            }
        </ul>
    }
}
