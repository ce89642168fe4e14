//! E-mail addresses, RFC 5321, in the form that ordinary systems take: ASCII, no quoted local part, a domain name with a
//! dot.
//!
//! Parts: `local`, `domain` (lower case). The value keeps the case of the local part.

use chrono::NaiveDate;

use super::{CodeRow, Inspection};
use crate::domain::base::text;

const SOURCE: &str = "RFC 5321";

pub(super) const NOT_ONE_AT_SIGN: CodeRow = ("R211", "email-without-exactly-one-at-sign", true, SOURCE);
pub(super) const WRONG_LOCAL_PART: CodeRow = ("R212", "email-with-wrong-local-part", true, SOURCE);
pub(super) const WRONG_DOMAIN: CodeRow = ("R213", "email-with-wrong-domain", true, SOURCE);
pub(super) const TOO_LONG: CodeRow = ("R214", "email-too-long", true, SOURCE);

/// Inspects an e-mail address; `today` is not used. White space around it is dropped, inside it is a wrong character.
pub fn inspect(text: &str, _today: NaiveDate) -> Inspection {
    let visible: String = text::squeeze(&text::to_half_width(text))
        .split(' ')
        .map(text::compact)
        .collect::<Vec<String>>()
        .join(" ");
    let mut inspection = Inspection::of(String::from(visible.trim()));
    let value = inspection.value.clone();
    let parts: Vec<&str> = value.split('@').collect();
    let [local, domain] = parts.as_slice() else {
        inspection.report(NOT_ONE_AT_SIGN, &[]);
        if value.len() > 254 {
            inspection.report(TOO_LONG, &[]);
        }
        return inspection;
    };
    let domain = domain.to_ascii_lowercase();
    if !is_local_part(local) {
        inspection.report(WRONG_LOCAL_PART, &[]);
    }
    if !is_domain(&domain) {
        inspection.report(WRONG_DOMAIN, &[]);
    }
    if local.len() > 64 || value.len() > 254 {
        inspection.report(TOO_LONG, &[]);
    }
    inspection.value = format!("{local}@{domain}");
    inspection.say("local", *local);
    inspection.say("domain", domain);
    inspection
}

fn is_local_part(local: &str) -> bool {
    local.split('.').all(|atom| {
        !atom.is_empty()
            && atom.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~".contains(c))
    })
}

fn is_domain(domain: &str) -> bool {
    let labels: Vec<&str> = domain.split('.').collect();
    let is_label = |label: &&str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    labels.len() >= 2
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| {
            last.len() >= 2
                && (last.bytes().all(|byte| byte.is_ascii_alphabetic()) || last.starts_with("xn--"))
        })
}
