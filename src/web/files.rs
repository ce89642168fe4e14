//! Files that the person chose: read piece by piece, so that memory stays small whatever their size.

use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, File};

use super::work::work;
use super::{download, store};
use crate::app::job::{Job, Look};
use crate::app::state::Notice;
use crate::app::{Action, Draft};
use crate::domain::base::digest::{ContentDigest, unhex};
use crate::domain::case::inspected::Opening;
use crate::domain::case::{self, Attachment, MAX_APPLICATION_BYTES, SIGNED_DECLARATION};
use crate::domain::media::inspect::{MAX_BYTES, Question};
use crate::domain::pack::MAX_PACK_BYTES;

/// Sends actions.
pub type Send = Rc<dyn Fn(Action)>;

/// Reads and stores files for a material; each is reported as soon as it is on disk.
pub async fn add(draft: String, material: String, files: Vec<File>, send: Send) {
    for file in files {
        let name = file.name();
        if let Err(reason) = add_one(&draft, &material, &file, &send).await {
            send(Action::Say(Notice {
                is_error: true, text: format!("“{name}”没有加上：{reason}")
            }));
        }
    }
}

async fn add_one(draft: &str, material: &str, file: &File, send: &Send) -> Result<(), String> {
    let Digested { bytes, sha256, crc32, head } = digest(file).await?;
    let key = store::blob_key(draft, Some(crc32));
    store::put_blob(&key, file).await.map_err(|e| {
        send(Action::StorageFailed(e.problem()));
        "没有空间或浏览器不让保存，已有的内容不受影响".to_owned()
    })?;
    let attachment = Attachment {
        material: material.to_owned(),
        file: file.name(),
        media_type: media_type(&head, &file.name(), &file.type_()),
        bytes,
        sha256,
        ..Attachment::default()
    };
    let sha256 = attachment.sha256.clone();
    send(Action::FileStored { draft: draft.to_owned(), attachment, blob: key });
    let question = Question { code: material == SIGNED_DECLARATION, part: None };
    let look = look(file, question).await;
    send(Action::Looked { draft: draft.to_owned(), sha256, look });
    Ok(())
}

/// What a file holds.
pub async fn look(file: &Blob, question: Question) -> Look {
    #[allow(clippy::cast_precision_loss)]
    if file.size() > MAX_BYTES as f64 {
        return Look::none(Opening::TooLarge, question.code);
    }
    let answer = work(&Job::Inspect(question), std::slice::from_ref(file)).await.answer().ok();
    answer
        .and_then(|answer| Look::from_value(&answer.value))
        .unwrap_or_else(|| Look::none(Opening::Failed, question.code))
}

/// Looks into a stored file.
pub async fn look_at_stored(draft: String, sha256: String, key: String, question: Question, send: Send) {
    let look = match store::get_blob(&key).await {
        Ok(Some(blob)) => look(&blob, question).await,
        _ => Look::none(Opening::Failed, question.code),
    };
    send(Action::Looked { draft, sha256, look });
}

/// Takes the location out of a stored picture: the result is stored as a content of its own.
pub async fn strip_location(draft: String, place: usize, key: String, send: Send) {
    match strip(&draft, &key).await {
        Ok((digest, blob)) => send(Action::LocationStripped {
            draft,
            place,
            old: key,
            blob,
            bytes: digest.bytes,
            sha256: digest.sha256_hex(),
        }),
        Err(text) => send(Action::Say(Notice { is_error: true, text })),
    }
}

async fn strip(draft: &str, key: &str) -> Result<(ContentDigest, String), String> {
    let lost = || "文件的内容已丢失，重新添加".to_owned();
    let old = store::get_blob(key).await.map_err(|_| lost())?.ok_or_else(lost)?;
    let answer = work(&Job::StripLocation, std::slice::from_ref(&old)).await.answer()?;
    let bytes = answer.file.ok_or_else(lost)?;
    let no_room = || "没有空间或浏览器不让保存，原来的文件不受影响".to_owned();
    let blob = download::blob_of(&bytes, &old.type_()).map_err(|_| no_room())?;
    let digest = ContentDigest::of(&bytes);
    let new = store::blob_key(draft, Some(digest.crc32));
    store::put_blob(&new, &blob).await.map_err(|_| no_room())?;
    Ok((digest, new))
}

/// What is known of a content once it was read.
struct Digested {
    bytes: u64,
    sha256: String,
    crc32: u32,
    head: Vec<u8>,
}

/// Length, digest and beginning of a content; the worker reads it.
async fn digest(file: &Blob) -> Result<Digested, String> {
    let value = work(&Job::Digest, std::slice::from_ref(file)).await.answer()?.value;
    let digested = || {
        Some(Digested {
            bytes: value.get("bytes")?.as_u64()?,
            sha256: value.get("sha256")?.as_str()?.to_owned(),
            crc32: u32::try_from(value.get("crc32")?.as_u64()?).ok()?,
            head: unhex(value.get("head")?.as_str()?)?,
        })
    };
    digested().ok_or_else(|| "读不出文件，确认它还在原处后重新选择".to_owned())
}

/// What a file is by its beginning, else by its name or what the browser says.
fn media_type(head: &[u8], name: &str, said: &str) -> String {
    let is_docx = name.to_ascii_lowercase().ends_with(".docx");
    let known = match head {
        [0xff, 0xd8, 0xff, ..] => "image/jpeg",
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'G', b'I', b'F', b'8', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => "image/webp",
        [b'B', b'M', ..] => "image/bmp",
        [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => "image/tiff",
        [b'%', b'P', b'D', b'F', ..] => "application/pdf",
        [b'P', b'K', 3, 4, ..] if is_docx => {
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        }
        [0xd0, 0xcf, 0x11, 0xe0, ..] => "application/msword",
        _ if said.is_empty() => "application/octet-stream",
        // The content is none of the kinds that the browser claims by the name alone.
        _ if said.starts_with("image/") || said == "application/pdf" => "application/octet-stream",
        _ => said,
    };
    known.to_owned()
}

/// Reads an application from a file and begins a draft of that id with it.
pub async fn import(id: String, file: File, send: Send) {
    match read_application(&file).await {
        Ok((draft, n_lost)) => {
            send(Action::DraftImported { id, draft: Rc::new(draft) });
            let text = if n_lost > 0 {
                format!("已打开“{}”。原有的 {n_lost} 个附件不在这个文件里，须重新添加。", file.name())
            } else {
                format!("已打开“{}”。", file.name())
            };
            send(Action::Say(Notice { is_error: false, text }));
        }
        Err(reason) => {
            send(Action::Say(Notice {
                is_error: true,
                text: format!("“{}”没有打开：{reason}", file.name()),
            }));
        }
    }
}

async fn read_application(file: &File) -> Result<(Draft, usize), String> {
    #[allow(clippy::cast_precision_loss)]
    if file.size() > MAX_APPLICATION_BYTES as f64 {
        return Err("文件太大，不是申报文件".to_owned());
    }
    let bytes = bytes_of(file).await.map_err(|_| "读不出文件，确认它还在原处后重新选择".to_owned())?;
    let mut application = case::read(&bytes).map_err(|e| e.to_string())?;
    let n_lost = application.attachments.len();
    application.attachments.clear();
    Ok((Draft { application, ..Draft::default() }, n_lost))
}

/// Reads a pack or an overlay that the person chose.
pub async fn open_pack(file: File, send: Send) {
    #[allow(clippy::cast_precision_loss)]
    let is_too_large = file.size() > MAX_PACK_BYTES as f64;
    if is_too_large {
        let text = format!("“{}”太大，不是规则包", file.name());
        return send(Action::Say(Notice { is_error: true, text }));
    }
    match bytes_of(&file).await {
        Ok(bytes) => send(Action::PackOpened { name: file.name(), bytes: bytes.into() }),
        Err(_) => {
            let text = format!("读不出“{}”，确认它还在原处后重新选择", file.name());
            send(Action::Say(Notice { is_error: true, text }));
        }
    }
}

/// All bytes of a content; callers have checked its size.
///
/// # Errors
/// Where the browser cannot read it.
pub async fn bytes_of(blob: &Blob) -> Result<Vec<u8>, JsValue> {
    let buffer = JsFuture::from(blob.array_buffer()).await?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
