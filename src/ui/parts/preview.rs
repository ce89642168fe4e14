//! A small picture of an attached file, and the way to open it.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use yew::prelude::*;

use crate::app::job::{Job, Outcome};
use crate::ui::context::{Platform, Work, WorkFile, use_platform};

/// Properties of [`Preview`].
#[derive(Properties, PartialEq)]
pub struct PreviewProps {
    /// Key of the content.
    pub blob: String,
    /// Its media type.
    pub media_type: String,
    /// What the picture shows, in words.
    pub alt: String,
}

/// Addresses of a content and of the picture that stands for it.
#[derive(Debug, Clone, PartialEq, Default)]
struct Addresses {
    content: Option<AttrValue>,
    picture: Option<AttrValue>,
}

/// A small picture of an image or of the first page of a PDF, which opens the file; other files are only opened.
#[component]
pub fn Preview(props: &PreviewProps) -> Html {
    let PreviewProps { blob, media_type, alt } = props;
    let platform = use_platform();
    let addresses = use_state_eq(Addresses::default);
    let is_image = matches!(
        media_type.as_str(),
        "image/jpeg" | "image/png" | "image/webp" | "image/gif" | "image/bmp" | "image/avif"
    );
    let is_pdf = media_type == "application/pdf";
    {
        let addresses = addresses.setter();
        use_effect_with((blob.clone(), is_image, is_pdf), move |(blob, is_image, is_pdf)| {
            let held = Rc::new(Held { platform, given: RefCell::default(), is_gone: Cell::new(false) });
            if *is_image || *is_pdf {
                let answer = {
                    let (held, is_image) = (held.clone(), *is_image);
                    let addresses = addresses.clone();
                    Callback::from(move |found: Option<AttrValue>| {
                        if let Some(content) = held.keep(found) {
                            let picture = is_image.then(|| content.clone());
                            addresses.set(Addresses { content: Some(content), picture });
                        }
                    })
                };
                held.platform.preview.emit((blob.clone(), answer));
            }
            if *is_pdf {
                draw_page(&held, blob, addresses);
            }
            move || held.give_back()
        });
    }
    let Addresses { content, picture } = (*addresses).clone();
    let shown = match &picture {
        Some(picture) => html! { <img src={picture.clone()} alt={alt.clone()} /> },
        None if is_pdf => html! { <span>{ "PDF" }</span> },
        None => html! { <span aria-hidden="true">{ "文件" }</span> },
    };
    html! {
        <div class="attachment__thumbnail">
            if let Some(content) = content {
                <a href={content} target="_blank" rel="noopener" aria-label={format!("打开{alt}")}>{ shown }</a>
            } else {
                { shown }
            }
        </div>
    }
}

/// Has the worker draw the first page of a PDF.
fn draw_page(held: &Rc<Held>, blob: &str, addresses: UseStateSetter<Addresses>) {
    let done = {
        let held = held.clone();
        let blob = blob.to_owned();
        Callback::from(move |outcome: Outcome| {
            let Ok(png) = outcome.answer().map(|answer| answer.file) else { return };
            let Some(png) = png.filter(|_| !held.is_gone.get()) else { return };
            let answer = {
                let (held, addresses, platform) = (held.clone(), addresses.clone(), held.platform.clone());
                let blob = blob.clone();
                Callback::from(move |picture: Option<AttrValue>| {
                    let Some(picture) = held.keep(picture) else { return };
                    let (held, addresses) = (held.clone(), addresses.clone());
                    let answer = Callback::from(move |content: Option<AttrValue>| {
                        let content = held.keep(content);
                        addresses.set(Addresses { content, picture: Some(picture.clone()) });
                    });
                    platform.preview.emit((blob.clone(), answer));
                })
            };
            held.platform.show_png.emit((png, answer));
        })
    };
    let files = vec![WorkFile::Stored(blob.to_owned())];
    held.platform.work.emit(Work { job: Job::Page(0), files, done });
}

/// Addresses that were given out, to be given back when the picture leaves the page.
struct Held {
    platform: Platform,
    given: RefCell<Vec<AttrValue>>,
    is_gone: Cell<bool>,
}

impl Held {
    /// Keeps an address; one that comes after the picture has left the page is given back at once.
    fn keep(&self, address: Option<AttrValue>) -> Option<AttrValue> {
        let address = address?;
        if self.is_gone.get() {
            self.platform.forget_preview.emit(address);
            return None;
        }
        self.given.borrow_mut().push(address.clone());
        Some(address)
    }

    fn give_back(&self) {
        self.is_gone.set(true);
        for address in self.given.borrow_mut().drain(..) {
            self.platform.forget_preview.emit(address);
        }
    }
}
