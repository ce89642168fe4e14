//! What the person keeps of an export (回执): which file it was, what was in it, and the hash that proves it.

use serde_json::json;

use crate::domain::base::date::format_chinese;
use crate::domain::base::digest::ContentDigest;
use crate::domain::base::json::Value;
use crate::domain::bundle::package::Status;
use crate::domain::case::Application;
use crate::domain::guide::Assessment;
use crate::domain::pack::Pack;

/// A receipt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// 填报码.
    pub form_code: String,
    /// SHA-256 of the bag's tag manifest.
    pub root_hash: String,
    /// The file's name.
    pub file_name: String,
    /// Its size in bytes.
    pub bytes: u64,
    /// What the bundle is for.
    pub status: Status,
    /// Whether it is encrypted.
    pub is_sealed: bool,
    /// The day of the export, as `2026-03-20`.
    pub day: String,
    /// What was exported, see [`Receipt::is_of`].
    pub content: String,
    /// The files in it.
    pub files: Vec<ReceiptFile>,
}

/// One file of a bundle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReceiptFile {
    /// Its path in the bundle.
    pub path: String,
    /// The name under which the person attached it; `None` for what the program wrote.
    pub original: Option<String>,
    /// Its size in bytes.
    pub bytes: u64,
}

impl Receipt {
    /// It as JSON, for the draft's record and on the way from the worker.
    #[must_use]
    pub fn to_value(&self) -> Value {
        let file = |f: &ReceiptFile| json!({ "path": f.path, "original": f.original, "bytes": f.bytes });
        json!({
            "form_code": self.form_code,
            "root_hash": self.root_hash,
            "file_name": self.file_name,
            "bytes": self.bytes,
            "status": self.status.as_str(),
            "sealed": self.is_sealed,
            "day": self.day,
            "content": self.content,
            "files": self.files.iter().map(file).collect::<Vec<_>>(),
        })
    }

    /// Reads it; `None` where it is none.
    #[must_use]
    pub fn from_value(value: &Value) -> Option<Self> {
        let text = |of: &Value, key: &str| of.get(key)?.as_str().map(str::to_owned);
        let number = |of: &Value, key: &str| of.get(key)?.as_u64();
        let file = |f: &Value| {
            Some(ReceiptFile {
                path: text(f, "path")?,
                original: text(f, "original"),
                bytes: number(f, "bytes")?,
            })
        };
        Some(Self {
            form_code: text(value, "form_code")?,
            root_hash: text(value, "root_hash")?,
            file_name: text(value, "file_name")?,
            bytes: number(value, "bytes")?,
            status: Status::of_word(&text(value, "status")?)?,
            is_sealed: value.get("sealed").and_then(Value::as_bool).unwrap_or(false),
            day: text(value, "day")?,
            content: text(value, "content").unwrap_or_default(),
            files: value.get("files")?.as_array()?.iter().map(file).collect::<Option<_>>()?,
        })
    }

    /// Whether the bundle has what the application says now.
    #[must_use]
    pub fn is_of(&self, application: &Application) -> bool {
        self.content == content_of(application)
    }
}

/// SHA-256, in hexadecimal, of everything that the person entered, attached and decided. What the program found out when it
/// looked into files is left out: a look that ends after the export has changed nothing.
#[must_use]
pub fn content_of(application: &Application) -> String {
    let mut entered = application.clone();
    entered.readings.clear();
    entered.attachments.iter_mut().for_each(|attachment| attachment.inspected = None);
    ContentDigest::of(entered.to_value().to_string().as_bytes()).sha256_hex()
}

/// What to do with the bundle next.
#[must_use]
pub fn next_steps(status: Status) -> &'static [&'static str] {
    match status {
        Status::Final => &[
            "保存好导出的 ZIP 文件和这张回执，原件留在手边备查。",
            "把 ZIP 文件交推荐单位；推荐单位核验后，按通知规定的途径报送受理的中心。",
            "提交包里的内容改过就要重新导出，校验值随之改变，以最后一次导出的为准。",
        ],
        Status::Draft => &[
            "这是草稿，不能作为提交材料，只用于交接和继续填写。",
            "在另一台设备上打开：“核验提交包”里选择这个文件，核验后打开为草稿。",
        ],
    }
}

/// What else to do with one that is encrypted.
pub const SEALED_STEP: &str =
    "包已加密：对方要用约定的口令或自己的私钥打开，口令另外告知，不要和文件放在一起。";

/// The receipt as plain text, to be kept beside the bundle.
#[must_use]
pub fn text(receipt: &Receipt, pack: &Pack, application: &Application, assessment: &Assessment) -> String {
    let mut lines = vec![
        match receipt.status {
            Status::Final => "申报预检 提交包回执".to_owned(),
            Status::Draft => "申报预检 草稿包回执（草稿，不能作为提交材料）".to_owned(),
        },
        String::new(),
        format!("填报码：{}", receipt.form_code),
        format!("校验值：{}", receipt.root_hash),
        format!("文件：{}（{} 字节）", receipt.file_name, receipt.bytes),
        format!("导出日期：{}", receipt.day),
        format!("依据：{}（规则包 {} {}）", pack.info.title, pack.info.id, pack.info.version),
    ];
    if let Some(track) = pack.track(&application.track) {
        lines.push(format!("申报类别：{}", track.label));
    }
    lines.extend([String::new(), "一、接下来".to_owned()]);
    if receipt.is_sealed {
        lines.push(SEALED_STEP.to_owned());
    }
    lines.extend(next_steps(receipt.status).iter().enumerate().map(|(i, step)| format!("{}. {step}", i + 1)));
    lines.extend([String::new(), "二、交到哪里".to_owned()]);
    lines.extend(assessment.routing.iter().map(|step| {
        let centre = step.centre.as_ref().map_or("还不能确定", |(_, label)| label.as_str());
        let clauses: Vec<&str> = step.clauses.iter().map(|c| pack.cite(c)).collect();
        format!("{}：{centre}（{}）", step.label, clauses.join("、"))
    }));
    lines.extend([String::new(), "三、要记住的日子".to_owned()]);
    if assessment.deadlines.is_empty() {
        lines.push("没有能算出的日子。".to_owned());
    }
    lines.extend(assessment.deadlines.iter().map(|d| {
        let day = d.date.map_or_else(|| "算不出".to_owned(), format_chinese);
        format!("{day}：{}", d.label)
    }));
    lines.extend([String::new(), "四、包内文件".to_owned()]);
    lines.extend(receipt.files.iter().map(|file| {
        let original = file.original.as_ref().map(|name| format!("，原名“{name}”")).unwrap_or_default();
        format!("{}（{} 字节{original}）", file.path, file.bytes)
    }));
    // Notepads of older systems show lines only by both.
    lines.join("\r\n") + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::base::date::parse_iso;
    use crate::domain::guide::assess;

    fn application() -> Application {
        crate::domain::case::read(include_bytes!("../../examples/examiner.json")).unwrap()
    }

    fn receipt() -> Receipt {
        Receipt {
            form_code: "1A2B-3C4D-5E6F".to_owned(),
            root_hash: "0".repeat(64),
            file_name: "1A2B-3C4D-5E6F-examiner.zip".to_owned(),
            bytes: 12,
            status: Status::Final,
            is_sealed: false,
            day: "2026-03-20".to_owned(),
            content: content_of(&application()),
            files: vec![
                ReceiptFile { path: "bagit.txt".to_owned(), original: None, bytes: 55 },
                ReceiptFile {
                    path: "data/materials/resident-id-1.png".to_owned(),
                    original: Some("身份证.png".to_owned()),
                    bytes: 7,
                },
            ],
        }
    }

    #[test]
    fn a_receipt_reads_as_it_was_written() {
        assert_eq!(Receipt::from_value(&receipt().to_value()), Some(receipt()));
        assert_eq!(Receipt::from_value(&json!({})), None);
    }

    #[test]
    fn a_receipt_tells_whether_something_was_changed_since() {
        let receipt = receipt();
        let mut now = application();
        now.attachments[0].inspected = Some(crate::domain::case::inspected::Inspected::default());
        assert!(receipt.is_of(&now), "only a look");
        now.attachments[0].sha256.replace_range(..1, "g");
        assert!(!receipt.is_of(&now), "another file");
        let mut now = application();
        now.answers.insert("person.phone".to_owned(), Value::from("1"));
        assert!(!receipt.is_of(&now), "another answer");
    }

    #[test]
    fn the_text_says_what_where_and_until_when() {
        let pack = Pack::built_in().unwrap();
        let application = application();
        let found = assess(&pack, &application, parse_iso("2026-03-20").unwrap());
        let words = text(&receipt(), &pack, &application, &found);
        for part in
            ["1A2B-3C4D-5E6F", &"0".repeat(64), "身份证.png", "受理：", "交推荐单位", "三、要记住的日子"]
        {
            assert!(words.contains(part), "{part} in {words}");
        }
        let draft = Receipt { status: Status::Draft, ..receipt() };
        assert!(text(&draft, &pack, &application, &found).contains("不能作为提交材料"));
    }
}
