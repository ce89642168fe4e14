//! The bundle in the browser: a Blob of header pieces and stored contents, so that attachments are read once for
//! their digests and never copied into wasm as a whole.

use js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag, File};

use super::{clock, download, files, store};
use crate::app::Draft;
use crate::app::state::Receipt;
use crate::domain::bundle::package::{self, PackagePiece, PackageVerification};
use crate::domain::guide::assess;
use crate::domain::pack::Pack;

/// The largest bundle that is verified in the page, in bytes; larger ones go to the command line.
const MAX_VERIFIED: f64 = 512.0 * 1024.0 * 1024.0;

/// Makes the bundle and hands it to the person.
///
/// # Errors
/// Why not, in words for the person.
pub async fn export(pack: &Pack, draft: &Draft) -> Result<Receipt, String> {
    let mut blobs = Vec::new();
    let mut digests = Vec::new();
    for (idx, file) in draft.application.attachments.iter().enumerate() {
        let lost = || format!("附件“{}”的内容已丢失，重新添加后再导出", file.file);
        let key = draft.blobs.get(idx).ok_or_else(lost)?;
        let blob = store::get_blob(key).await.map_err(|_| lost())?.ok_or_else(lost)?;
        let (digest, _) = files::read(&blob).await.map_err(|_| lost())?;
        blobs.push(blob);
        digests.push(digest);
    }
    let reference = draft.reference.unwrap_or_else(clock::today);
    let assessment = assess(pack, &draft.application, reference);
    let package =
        package::assemble(pack, &draft.application, &assessment, &digests).map_err(|e| e.to_string())?;
    let parts = Array::new();
    for piece in &package.pieces {
        match piece {
            PackagePiece::Bytes(bytes) => parts.push(&Uint8Array::from(bytes.as_slice())),
            PackagePiece::Attachment(idx) => match blobs.get(*idx) {
                Some(blob) => parts.push(blob),
                None => return Err("附件与申报内容对不上，重新打开草稿后再导出".to_owned()),
            },
        };
    }
    let options = BlobPropertyBag::new();
    options.set_type("application/zip");
    let failed = |_| "浏览器没有足够的内存或空间生成文件".to_owned();
    let blob = Blob::new_with_blob_sequence_and_options(&parts, &options).map_err(failed)?;
    download::download(&blob, &package.file_name).map_err(failed)?;
    Ok(Receipt {
        form_code: package.form_code,
        root_hash: package.root_hash,
        file_name: package.file_name,
        bytes: package.bytes,
        revision: draft.revision,
    })
}

/// Verifies a bundle that the person chose.
///
/// # Errors
/// Where the file cannot be read at all, in words for the person.
pub async fn verify(pack: &Pack, file: &File) -> Result<PackageVerification, String> {
    if file.size() > MAX_VERIFIED {
        return Err("文件超过 512 MB，用命令行 precheck bundle verify 核验".to_owned());
    }
    let bytes = files::bytes_of(file).await.map_err(|_| "读不出文件，确认它还在原处后重新选择".to_owned())?;
    Ok(package::verify(&bytes, pack))
}
