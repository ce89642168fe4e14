//! The page: mounts the app. On the host it only says how the page is built.

#[cfg(target_arch = "wasm32")]
fn main() {}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the page is WebAssembly: build and open it with `cargo xtask serve`");
}
