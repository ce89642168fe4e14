//! The fingerprint of an application and its short form, the 填报码.

use std::fmt;

use sha2::{Digest, Sha256};

use super::Application;
use crate::domain::base::digest::hex;
use crate::domain::base::json::{self, Value};

/// Digits of Crockford's base 32: no I, L, O, U.
const CROCKFORD: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// SHA-256 of an application's canonical JSON (RFC 8785) without its attachments.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fingerprint([u8; 32]);

impl Application {
    /// The application's fingerprint: the same for the same pack, track, session and answers.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let bytes = json::canonical(&Value::Object(self.head())).unwrap_or_default();
        Fingerprint(Sha256::digest(&bytes).into())
    }
}

impl Fingerprint {
    /// The digest itself.
    #[must_use]
    pub fn bytes(&self) -> [u8; 32] {
        self.0
    }

    /// The fingerprint with this digest.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The 填报码: the first 60 bits in Crockford's base 32, in groups of four, as `1A2B-3C4D-5E6F`.
    #[must_use]
    pub fn form_code(&self) -> String {
        let head = self.0.iter().take(8).fold(0_u64, |n, b| (n << 8) | u64::from(*b));
        let mut code = String::with_capacity(14);
        for i in 0..12_u32 {
            if i > 0 && i % 4 == 0 {
                code.push('-');
            }
            let digit = (head >> (59 - 5 * i)) & 31;
            code.push(CROCKFORD.get(usize::try_from(digit).unwrap_or(0)).map_or('0', |b| char::from(*b)));
        }
        code
    }
}

impl fmt::Display for Fingerprint {
    /// 64 hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex(&self.0))
    }
}

/// Reads a 填报码 as a person copies it: any case, with or without hyphens and spaces, `O` for 0 and `I` or `L` for 1.
/// `None` where it is not twelve such characters.
#[must_use]
pub fn form_code_of_text(text: &str) -> Option<String> {
    let mut code = String::with_capacity(14);
    let digits = text
        .chars()
        .map(|c| match c {
            '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
            '—' | '–' | '\u{3000}' => '-',
            _ => c,
        })
        .filter(|c| !c.is_whitespace() && *c != '-')
        .map(|c| match c.to_ascii_uppercase() {
            'O' => '0',
            'I' | 'L' => '1',
            c => c,
        });
    for (i, digit) in digits.enumerate() {
        if i >= 12 || !digit.is_ascii() || !CROCKFORD.iter().any(|b| char::from(*b) == digit) {
            return None;
        }
        if i > 0 && i % 4 == 0 {
            code.push('-');
        }
        code.push(digit);
    }
    (code.len() == 14).then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_code_is_the_first_sixty_bits() {
        let mut bytes = [0; 32];
        bytes[..8].copy_from_slice(&[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xf0]);
        assert_eq!(Fingerprint(bytes).form_code(), "ZZZZ-ZZZZ-ZZZZ");
        bytes[..8].copy_from_slice(&[
            0b0000_1000,
            0b1000_0110,
            0b0100_0010,
            0b1001_1000,
            0xe8,
            0x42,
            0x54,
            0xb0,
        ]);
        assert_eq!(Fingerprint(bytes).form_code(), "1234-5678-89AB");
    }

    #[test]
    fn copied_codes_are_read_as_people_write_them() {
        assert_eq!(form_code_of_text("1234 567r-gjab").as_deref(), Some("1234-567R-GJAB"));
        assert_eq!(form_code_of_text("ｌ234567ROJAB").as_deref(), Some("1234-567R-0JAB"));
        assert_eq!(form_code_of_text("1234-567R-GJA"), None);
        assert_eq!(form_code_of_text("1234-567R-GJABC"), None);
        assert_eq!(form_code_of_text("填报码"), None);
    }

    #[test]
    fn attachments_do_not_count_and_answers_do() {
        let mut application = Application::default();
        let before = application.fingerprint();
        application.attachments.push(super::super::Attachment::default());
        assert_eq!(application.fingerprint(), before);
        application.answers.insert("person.name".to_owned(), Value::String("张三".to_owned()));
        assert_ne!(application.fingerprint(), before);
    }
}
