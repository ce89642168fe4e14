//! The page: mounts the app. On the host it only says how the page is built.

#[cfg(target_arch = "wasm32")]
use yew::{Html, component, html};

#[cfg(target_arch = "wasm32")]
#[component]
fn App() -> Html {
    html! { <h1>{ "申报预检" }</h1> }
}

#[cfg(target_arch = "wasm32")]
fn main() {
    use wasm_bindgen::JsCast as _;
    let document = web_sys::window().and_then(|window| window.document());
    if let Some(root) = document.and_then(|document| document.get_element_by_id("app")) {
        yew::Renderer::<App>::with_root(root.unchecked_into()).render();
    }
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("the page is WebAssembly: build and open it with `cargo xtask serve`");
}
