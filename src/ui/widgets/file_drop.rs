//! A place to put files.

use web_sys::{File, FileList, HtmlInputElement};
use yew::prelude::*;

use super::field::{Words, view_caption};

/// Properties of [`FileDrop`].
#[derive(Properties, PartialEq)]
pub struct FileDropProps {
    /// Id of the file input.
    pub id: AttrValue,
    /// What is asked for.
    pub label: AttrValue,
    /// Called with what was chosen or dropped: at least one file, at most one unless `multiple`.
    pub on_files: Callback<Vec<File>>,
    /// Accepted kinds for the browser's own dialog, e.g. `.pdf,image/jpeg`. Dropped files are not filtered.
    #[prop_or_default]
    pub accept: Option<AttrValue>,
    /// More than one at once.
    #[prop_or_default]
    pub multiple: bool,
    /// Help: accepted kinds and sizes, in words.
    #[prop_or_default]
    pub hint: Option<AttrValue>,
    /// What is wrong and how to put it right.
    #[prop_or_default]
    pub error: Option<AttrValue>,
    /// What to look at; it does not block.
    #[prop_or_default]
    pub warning: Option<AttrValue>,
    /// Marks the label with （选填）.
    #[prop_or_default]
    pub optional: bool,
}

/// A native file input inside a drop zone. Chosen files go to the parent and the input is emptied, so that the
/// same file can be chosen again; the parent lists what it has.
///
/// ```
/// # use yew::prelude::*;
/// # use web_sys::File;
/// # use precheck::ui::widgets::FileDrop;
/// #[component]
/// fn Example() -> Html {
///     let names = use_state(Vec::new);
///     let on_files = { let names = names.clone(); move |files: Vec<File>| names.set(files.iter().map(File::name).collect()) };
///     html! { <FileDrop id="resident-id" label="身份证" hint="JPG、PNG 或 PDF" accept=".jpg,.png,.pdf" {on_files} /> }
/// }
/// ```
#[component]
pub fn FileDrop(props: &FileDropProps) -> Html {
    let FileDropProps { id, label, accept, multiple, hint, error, warning, .. } = props;
    let over = use_state_eq(|| false);
    let words = Words { id, hint, error, warning };
    let onchange = {
        let (on_files, multiple) = (props.on_files.clone(), *multiple);
        move |event: Event| {
            if let Some(input) = event.target_dyn_into::<HtmlInputElement>() {
                let files = list_files(input.files(), multiple);
                // Emptied in place: a new element by way of its key would lose the focus.
                input.set_value("");
                hand_out(files, &on_files);
            }
        }
    };
    let ondragover = {
        let over = over.clone();
        move |event: DragEvent| {
            event.prevent_default();
            over.set(true);
        }
    };
    let ondragleave = {
        let over = over.clone();
        move |_: DragEvent| over.set(false)
    };
    let ondrop = {
        let (over, on_files, multiple) = (over.clone(), props.on_files.clone(), *multiple);
        move |event: DragEvent| {
            event.prevent_default();
            over.set(false);
            let dropped = event.data_transfer().and_then(|transfer| transfer.files());
            hand_out(list_files(dropped, multiple), &on_files);
        }
    };
    html! {
        <div class={words.frame()}>
            <label class="field__label" for={id}>{ view_caption(label, props.optional) }</label>
            { words.view() }
            <div
                class={classes!("file-drop", over.then_some("file-drop--over"))}
                {ondragover}
                {ondragleave}
                {ondrop}
            >
                <input
                    {id}
                    class="file-drop__input"
                    type="file"
                    {accept}
                    multiple={*multiple}
                    {onchange}
                    aria-describedby={words.described_by(&[])}
                    aria-invalid={words.invalid()}
                />
                <p class="file-drop__note" aria-hidden="true">{ "或将文件拖到此处" }</p>
            </div>
        </div>
    }
}

fn list_files(list: Option<FileList>, multiple: bool) -> Vec<File> {
    let Some(list) = list else { return Vec::new() };
    let most = if multiple { list.length() } else { list.length().min(1) };
    (0..most).filter_map(|idx| list.get(idx)).collect()
}

fn hand_out(files: Vec<File>, on_files: &Callback<Vec<File>>) {
    if !files.is_empty() {
        on_files.emit(files);
    }
}
