//! Controls and small pieces of page without any knowledge of the domain.
//!
//! Conventions: texts are [`AttrValue`](yew::AttrValue), rich content is [`Html`](yew::Html); DOM events keep
//! their name (`onclick`), own events have an underscore (`on_commit`, `on_choose`); a control's `id` is also the
//! target of links in the [`ErrorSummary`]. Every control is controlled by its parent.

mod banner;
mod button;
mod checkbox_field;
mod choice;
mod clause_note;
mod date_field;
mod details;
mod dialog;
mod error_summary;
mod field;
mod file_drop;
mod page_title;
mod progress;
mod radio_group;
mod rule_tree;
mod save_state;
mod select_field;
mod skip_link;
mod status_tag;
mod step_nav;
mod suggest_field;
mod summary_list;
mod task_list;
mod text_area;
mod text_field;
mod timeline;
mod visually_hidden;

pub use banner::{Banner, BannerKind, BannerProps};
pub use button::{Button, ButtonProps, ButtonVariant};
pub use checkbox_field::{CheckboxField, CheckboxFieldProps};
pub use choice::Choice;
pub use clause_note::{ClauseNote, ClauseNoteProps};
pub use date_field::{DateField, DateFieldProps, DateKind};
pub use details::{Details, DetailsProps};
pub use dialog::{Dialog, DialogProps};
pub use error_summary::{ErrorSummary, ErrorSummaryProps, SummaryLink};
pub use field::{FieldGroup, FieldGroupProps, FieldWidth};
pub use file_drop::{FileDrop, FileDropProps};
pub use page_title::{PageTitle, PageTitleProps};
pub use progress::{Progress, ProgressProps};
pub use radio_group::{RadioGroup, RadioGroupProps};
pub use rule_tree::{RuleTree, RuleTreeProps, TreeNode, TreeState};
pub use save_state::{SaveState, SaveStateProps, SaveTone};
pub use select_field::{SelectEntry, SelectField, SelectFieldProps};
pub use skip_link::{SkipLink, SkipLinkProps};
pub use status_tag::{StatusTag, StatusTagProps, Tone};
pub use step_nav::{Step, StepNav, StepNavProps, StepState};
pub use suggest_field::{SuggestField, SuggestFieldProps, Suggestion};
pub use summary_list::{SummaryList, SummaryListProps, SummaryRow, SummaryRowProps};
pub use task_list::{TaskItem, TaskItemProps, TaskList, TaskListProps};
pub use text_area::{TextArea, TextAreaProps};
pub use text_field::{TextField, TextFieldProps};
pub use timeline::{Timeline, TimelineLane, TimelineMark, TimelineProps, TimelineSpan};
pub use visually_hidden::{VisuallyHidden, VisuallyHiddenProps};
