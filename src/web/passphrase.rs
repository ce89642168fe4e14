//! Passphrases that nobody has to think up.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::JsCast;

/// What is told apart when it is read out or written by hand: no I, L, O, U, no 0 and 1.
const LETTERS: &[u8; 30] = b"23456789ABCDEFGHJKMNPQRSTVWXYZ";
/// How many letters: some 78 bits.
const LENGTH: usize = 16;

/// A fresh passphrase of four groups of four letters, by the browser's random numbers; empty where it has none.
#[must_use]
pub fn fresh() -> String {
    let mut words = String::new();
    let mut n = 0;
    while n < LENGTH {
        let Some(bytes) = random() else { return String::new() };
        // Bytes that would make some letters likelier than others are passed over.
        for byte in bytes.into_iter().filter(|b| *b < 240).take(LENGTH - n) {
            if n > 0 && n.is_multiple_of(4) {
                words.push('-');
            }
            words.push(LETTERS.get(usize::from(byte % 30)).map_or('2', |letter| char::from(*letter)));
            n += 1;
        }
    }
    words
}

fn random() -> Option<Vec<u8>> {
    let crypto = Reflect::get(&js_sys::global(), &"crypto".into()).ok()?;
    let fill: js_sys::Function = Reflect::get(&crypto, &"getRandomValues".into()).ok()?.dyn_into().ok()?;
    let bytes = Uint8Array::new_with_length(32);
    fill.call1(&crypto, &bytes).ok()?;
    Some(bytes.to_vec())
}
