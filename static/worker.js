// Starts the worker that looks into files (src/bin/worker.rs). Its name stays the same in every build, so that the page
// need not know it; the service worker checks its content.
importScripts("./precheck-worker.js");
wasm_bindgen({ module_or_path: "./precheck-worker_bg.wasm" });
