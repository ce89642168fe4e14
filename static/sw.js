// Keeps the app usable offline: one cache per build, filled whole or not at all, every file checked against its digest.
//
// The build writes the list below (`cargo xtask precache`, a hook of Trunk). VERSION is a digest over all files of the
// build and this one, so any change makes a new version, and one version's files never mix with another's.
//
// What the page does (src/web):
//   - registers "./sw.js" once the app stands, with { updateViaCache: "none" };
//   - a worker in `registration.waiting` while `navigator.serviceWorker.controller` exists is an update: it offers it,
//     and when the user agrees and everything is saved it sends { type: "activate" } to that waiting worker;
//   - on `controllerchange` it reloads if another controller was there before (an update). Every open tab must, for the
//     files of the older version are gone then. The first `controllerchange`, from none, only means: works offline.
//
// Messages to this worker:
//   { type: "activate" }  a waiting worker takes over; there is no answer but `controllerchange`.
//   { type: "version" }   answered with { type: "version", version: string }, on the message's port if it has one,
//                         otherwise to the sender.
// It never takes over by itself while an older version is in use, and sends nothing unasked.

// <precache>
const VERSION = "";
const FILES = [];
// </precache>

const SCOPE = self.registration.scope;
// With the scope in it, since all apps of an origin share one store of caches.
const PREFIX = `precheck ${SCOPE} `;
const CACHE = PREFIX + VERSION;
const PAGE = new URL("./", SCOPE).href;
const ADDRESSES = new Set(FILES.map(([path]) => new URL(path, SCOPE).href));

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  const address = known(request.url);
  if (address) event.respondWith(answer(address, request));
});

self.addEventListener("message", (event) => {
  switch (event.data?.type) {
    case "activate":
      self.skipWaiting();
      break;
    case "version":
      (event.ports[0] ?? event.source)?.postMessage({ type: "version", version: VERSION });
      break;
  }
});

async function install() {
  if (FILES.length === 0) throw new Error("this build has no list of files");
  try {
    // All are fetched and checked before the first is stored.
    const answers = await Promise.all(FILES.map(download));
    const cache = await caches.open(CACHE);
    await Promise.all(answers.map(([address, response]) => cache.put(address, response)));
  } catch (error) {
    await caches.delete(CACHE);
    throw error;
  }
}

async function download([path, integrity]) {
  const address = new URL(path, SCOPE).href;
  // Past the browser's own cache, which may still hold another build's file under the same name.
  const response = await fetch(address, { cache: "reload", credentials: "same-origin", integrity });
  // A redirected answer may not serve a navigation later.
  if (!response.ok || response.redirected) throw new Error(`${path}: status ${response.status}`);
  return [address, response];
}

async function activate() {
  const older = (await caches.keys()).filter((name) => name.startsWith(PREFIX) && name !== CACHE);
  await Promise.all(older.map((name) => caches.delete(name)));
  // The first version adopts the page that installed it, so that the app works offline without a reload. An update
  // leaves alone what it does not replace.
  if (older.length === 0) await self.clients.claim();
}

// The listed address that a request means, if any. Everything else is left to the browser.
function known(url) {
  const address = new URL(url);
  address.search = "";
  address.hash = "";
  if (address.href === `${PAGE}index.html`) return PAGE;
  return ADDRESSES.has(address.href) ? address.href : undefined;
}

async function answer(address, request) {
  const cache = await caches.open(CACHE);
  // The browser may have evicted it.
  return (await cache.match(address)) ?? fetch(request);
}
