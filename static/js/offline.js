/* The service worker of /v/: without a network, a page that checks the token by itself takes the place of the server's.
   It keeps that page in both languages with what it loads, and nothing about anybody. */
"use strict";

const STORE = "cicpa-offline-page";
const PAGE = "/v/offline";
const LANGUAGES = ["zh-hans", "en"];
const FRESH = 3600000;

const pageIn = (language) => `${PAGE}?language=${language}`;

async function keepPages() {
  const store = await caches.open(STORE);
  const files = new Set();
  for (const language of LANGUAGES) {
    const page = await fetch(PAGE, { credentials: "omit", cache: "no-store", headers: { "Accept-Language": language } });
    if (!page.ok) return;
    const words = await page.clone().text();
    for (const [, file] of words.matchAll(/<(?:link|script)[^>]+(?:href|src)="(\/[^"]+\.(?:css|js|svg)[^"]*)"/g)) files.add(file);
    await store.put(pageIn(language), page);
  }
  await store.addAll([...files]);
  for (const request of await store.keys()) if (isOld(request, files)) await store.delete(request);
  await store.put(`${PAGE}?kept`, new Response(String(Date.now())));
}

function isOld(request, files) {
  const { pathname, search } = new URL(request.url);
  return pathname !== PAGE && !files.has(pathname + search);
}

async function keepPagesFresh() {
  const kept = await (await caches.open(STORE)).match(`${PAGE}?kept`);
  if (!kept || Date.now() - Number(await kept.text()) > FRESH) await keepPages();
}

/* The language of the last page that the server gave: static/js/check.js leaves it here. */
async function offlinePage() {
  const store = await caches.open(STORE);
  const chosen = await store.match(`${PAGE}?chosen`);
  return (await store.match(pageIn(chosen ? await chosen.text() : LANGUAGES[0]))) ?? Response.error();
}

async function answerPage(event) {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(keepPagesFresh().catch(() => {}));
    return answer;
  } catch {
    return offlinePage();
  }
}

async function answerFile(request) {
  try {
    return await fetch(request);
  } catch (error) {
    const kept = await (await caches.open(STORE)).match(request);
    if (!kept) throw error;
    return kept;
  }
}

self.addEventListener("install", (event) => {
  event.waitUntil(keepPages());
  self.skipWaiting();
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(answerPage(event));
  else if (["script", "style", "image"].includes(request.destination)) event.respondWith(answerFile(request));
});
