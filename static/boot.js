// Starts the app. A file of its own because the content security policy allows no inline script; Trunk.toml puts the
// addresses, which change with every build, into the two preload links.
const address = (id) => document.getElementById(id).href;

try {
  const { default: init } = await import(address("app-js"));
  await init({ module_or_path: address("app-wasm") });
} catch (error) {
  console.error(error);
  // Gone once the app has mounted: from then on the app itself says what went wrong.
  const splash = document.getElementById("boot");
  if (splash) {
    splash.textContent = "没有打开。请刷新一次;仍打不开,请换用新版浏览器。";
  }
}
