//! The table of codes. A number is never used again; what a code means never changes.

use std::sync::OnceLock;

use crate::domain::base::identifier;

use super::Severity::{self, Advice, Blocker, Warning};

/// What a code stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CodeInfo {
    /// The code: `R` one field, `X` across fields, `D` declaration against entries, `F` attached files.
    pub id: &'static str,
    /// Its name; says what is wrong, never what to do.
    pub name: &'static str,
    /// How much it matters.
    pub severity: Severity,
    /// What is checked and on what ground, for the help page.
    pub about: &'static str,
}

const fn code(id: &'static str, name: &'static str, severity: Severity, about: &'static str) -> CodeInfo {
    CodeInfo { id, name, severity, about }
}

/// The codes that checks bring; [`all`] adds those of identifiers.
const CODES: &[CodeInfo] = &[
    code(
        "D101",
        "print-older-than-entries",
        Blocker,
        "签字的申报表上的填报码与当前填报内容的填报码不同：打印之后又改过内容。依据一（六）2“系统填报信息应与申报表信息保持一致”。",
    ),
    code("D102", "form-code-malformed", Warning, "填报码应为 12 个字符，印在申报表右上角。"),
    code("F101", "required-material-missing", Blocker, "通知列明的材料还没有附上。"),
    code("F102", "file-empty", Blocker, "附件是 0 字节的空文件，打不开。"),
    code(
        "F103",
        "file-type-differs-from-content",
        Warning,
        "文件内容与其类型不符，例如扩展名是 .jpg 而内容是 PDF。",
    ),
    code("F104", "same-file-twice", Warning, "两项材料用了同一个文件。"),
    code("F105", "attachment-differs-from-entry", Blocker, "附件上的内容与填报内容不同。"),
    code("F106", "material-unknown", Warning, "附件所属的材料不在规则包里。"),
    code("F107", "file-not-an-image-or-document", Advice, "附件不是常见的图片或 PDF；通知要求的是扫描件。"),
    code("R001", "required-field-missing", Blocker, "通知要求提供的内容还没有填。"),
    code("R002", "text-too-long", Warning, "内容超过申报表该栏放得下的长度。"),
    code("R003", "control-character", Warning, "内容里有看不见的控制字符或方向符，多半是粘贴带进来的。"),
    code("R004", "not-an-option", Blocker, "内容不在可选项之内。"),
    code("R005", "value-of-wrong-type", Blocker, "内容的类型不对，例如该填日期的地方不是日期。"),
    code("R006", "number-out-of-range", Warning, "数值超出可能的范围。"),
    code("R007", "answer-key-unknown", Warning, "规则包里没有这一项；内容保留，不参与检查。"),
    code("R008", "session-unknown", Blocker, "班期不在规则包里。"),
    code("R009", "session-not-chosen", Blocker, "还没有选择班期。线上申报须选择对应的培训计划。"),
    code(
        "R010",
        "identifier-written-loosely",
        Advice,
        "号码里有空格、全角字符或小写字母；写得规整更便于核对。",
    ),
    code("R301", "date-unreadable", Blocker, "不是能读懂的日期。"),
    code("R302", "date-in-future", Blocker, "已经发生的事的日期在未来。"),
    code(
        "X001",
        "birth-date-differs-from-id",
        Blocker,
        "出生日期与身份证号第 7 至 14 位不同（GB 11643-1999；一（六）2）。",
    ),
    code(
        "X002",
        "sex-differs-from-id",
        Blocker,
        "性别与身份证号第 17 位不同：奇数为男，偶数为女（GB 11643-1999）。",
    ),
    code("X003", "certificate-level-differs-from-number", Warning, "证书等级与证书编号中的等级位不同。"),
    code("X004", "certificate-year-differs-from-number", Warning, "发证日期的年份与证书编号中的年份不同。"),
    code("X005", "insured-unit-differs", Warning, "参保单位与推荐单位不同；通知没有写必须相同。"),
    code("X006", "contract-unit-differs", Warning, "聘用协议单位与推荐单位不同；通知没有写必须相同。"),
    code("X007", "session-month-past", Warning, "班期的月份已经过去。"),
    code("X008", "dates-out-of-order", Warning, "两个日期的先后不合常理。"),
    code(
        "X009",
        "certificate-occupation-differs",
        Warning,
        "证书职业与申报职业不同；是否必须一致，通知没有写。",
    ),
    code("X010", "occupation-name-differs-from-code", Warning, "申报职业的名称与代码在大典中的名称不同。"),
    code("X011", "filing-number-without-filing", Advice, "填了备案号，但备案状态不是已完成备案。"),
    code("X012", "resume-period-reversed", Warning, "工作简历中一段经历的结束早于开始。"),
];

/// Every code, in order: those of this table and those that identifiers bring along. Only what rests on a national
/// standard (GB) may block; other numbers' make-up is known from reposts.
#[must_use]
pub fn all() -> &'static [CodeInfo] {
    static ALL: OnceLock<Vec<CodeInfo>> = OnceLock::new();
    ALL.get_or_init(|| {
        let of_identifiers = identifier::CODES.iter().map(|(id, name, certain, about)| {
            let severity = if *certain && about.starts_with("GB") { Blocker } else { Warning };
            CodeInfo { id, name, severity, about }
        });
        let mut all: Vec<CodeInfo> = CODES.iter().copied().chain(of_identifiers).collect();
        all.sort_by_key(|c| c.id);
        all
    })
}

/// The code's entry.
#[must_use]
pub fn code_info(id: &str) -> Option<&'static CodeInfo> {
    all().iter().find(|c| c.id == id)
}
