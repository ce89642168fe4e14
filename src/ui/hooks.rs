//! Hooks that the widgets and pages share: the text box rule, focus, the window's title.

mod composition;
mod focus;
mod title;

pub use composition::{BoxShape, Composition, is_composing_key, use_composition};
pub use focus::{
    Visit, focus_field, focus_field_when_drawn, focus_id, focus_node, scroll_to_id, use_focus_on_change,
};
pub use title::{APP_NAME, use_title};
