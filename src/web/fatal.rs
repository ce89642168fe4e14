//! A mistake in the program: wasm cannot go on after a panic, so the page says what is safe and stops.

use std::panic;

/// Shows a plain page on a panic. The message carries the place in the program, never what the person entered.
pub fn install_hook() {
    panic::set_hook(Box::new(|info| {
        let place = info.location().map_or_else(String::new, |l| format!("{}:{}", l.file(), l.line()));
        show("程序出错，已停下。已保存的内容都在，重新打开本页继续。", &place);
    }));
}

/// Replaces the page by a message.
pub fn show(message: &str, detail: &str) {
    let Some(body) = web_sys::window().and_then(|w| w.document()).and_then(|d| d.body()) else { return };
    body.set_text_content(Some(&format!("{message}（{detail}）")));
}
