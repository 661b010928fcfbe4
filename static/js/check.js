/* The token behind the # of this page's address: checked here, shown beside the server's answer, and without it when
   there is no network. The server never sees the token. Without this file the server's answer by code stands alone. */
"use strict";

(() => {
  const panel = document.getElementById("token-check");
  const token = globalThis.cicpaToken;
  if (!panel || !token) return;

  const STORE = "cicpa-verify";
  const WAIT = 8000;
  const place = (name) => document.querySelector(`[data-place="${name}"]`);
  const verdictPlace = place("verdict");
  const language = document.documentElement.lang;
  const isEnglish = language.startsWith("en");
  const dates = isEnglish ? "en-GB" : language;
  const isServers = verdictPlace.dataset.server !== "no";
  const before = { verdict: verdictPlace.innerHTML, next: place("next").textContent, title: document.title };
  let known = null; /* Keys and lists, so that an open page can tell later that they have become stale. */

  const code = () => decodeURIComponent(location.pathname.split("/").pop());
  const text = () => location.hash.slice(1);
  const words = (word) => panel.querySelector(`template[data-word="${word}"]`);
  const sentence = (cause) => panel.querySelector(`template[data-cause="${cause}"]`)?.content.textContent ?? "";

  /* For the page without a network (static/js/offline.js). */
  async function keepLanguage() {
    try {
      await (await caches.open("cicpa-offline-page")).put("/v/offline?chosen", new Response(language));
    } catch {
      /* Without https, or where the reader allows no storage. */
    }
  }

  async function fetched(address) {
    const answer = await fetch(address, { cache: "no-cache", credentials: "omit", signal: AbortSignal.timeout(WAIT) });
    if (!answer.ok) throw new Error(`${answer.status} for ${address}`);
    return new Uint8Array(await answer.arrayBuffer());
  }

  async function kept(address) {
    try {
      const found = await (await caches.open(STORE)).match(address);
      return found ? new Uint8Array(await found.arrayBuffer()) : null;
    } catch {
      return null; /* Without https, or where the reader allows no storage. */
    }
  }

  async function keep(address, content) {
    try {
      await (await caches.open(STORE)).put(address, new Response(content));
    } catch {
      /* Then this device checks only with a network. */
    }
  }

  /* What the network says and what was kept, as far as either can be read: nobody can roll a newer one back. */
  async function both(address, read) {
    const readable = [];
    for (const bring of [fetched, kept])
      try {
        const content = await bring(address);
        if (content) readable.push({ content, value: await read(content) });
      } catch {
        /* No network, a page of somebody in between, a file that is none. */
      }
    return readable;
  }

  async function publishedKeys() {
    const found = await both(panel.dataset.keys, (content) => token.readKeys(new TextDecoder().decode(content)));
    const newest = found.sort((one, other) => other.value.issuedAt - one.value.issuedAt)[0];
    if (newest) await keep(panel.dataset.keys, newest.content);
    return newest?.value ?? null;
  }

  async function publishedLists(number, keys) {
    const address = panel.dataset.lists.replace(/0$/, number);
    const found = await both(address, token.readStatusList);
    const lists = await token.trustedLists(found.map((each) => each.value), keys);
    const newest = found.find((each) => each.value === lists.get(number));
    if (newest) await keep(address, newest.content);
    return lists;
  }

  async function published() {
    const keys = await publishedKeys();
    if (!keys) return null;
    try {
      return { keys, lists: await publishedLists(token.readToken(text()).listNumber, keys) };
    } catch {
      return { keys, lists: new Map() }; /* No token that can be read: `check` says so. */
    }
  }

  async function result() {
    if (!text()) return isServers ? null : { word: "no_token", cause: "" };
    if (!(await token.isSupported())) return isServers ? { word: "", cause: "unsupported" } : { word: "unchecked", cause: "unsupported" };
    if (!known) return { word: "unchecked", cause: "no_keys" };
    return token.check(code(), text(), known.keys, known.lists, Date.now());
  }

  function showWord(word) {
    const template = words(word);
    const overrules = template && (word !== "valid" || !isServers);
    place("next").textContent = overrules ? template.dataset.next : before.next;
    document.title = overrules ? before.title.replace(/^[^·]*/, `${template.dataset.label} `) : before.title;
    if (overrules) verdictPlace.replaceChildren(template.content.cloneNode(true));
    else verdictPlace.innerHTML = before.verdict;
  }

  function line(holds, words) {
    const item = panel.querySelector(`template[data-line="${holds ? "holds" : "fails"}"]`).content.cloneNode(true);
    item.firstElementChild.dataset.token = "";
    item.querySelector("[data-text]").textContent = words;
    return item;
  }

  function showLines({ word, cause, token: read, list }) {
    document.querySelectorAll("[data-token]").forEach((item) => item.remove());
    const lines = [];
    const isGenuine = read && word !== "not_genuine";
    if (isGenuine) lines.push(line(true, panel.dataset.signed.replace("{key}", read.keyId)));
    if (list) lines.push(line(!cause, listed(list)));
    if (sentence(cause)) lines.push(line(false, sentence(cause)));
    place("lines").prepend(...lines);
  }

  function listed(list) {
    const time = new Intl.DateTimeFormat(dates, { dateStyle: "medium", timeStyle: "short", timeZone: "Asia/Shanghai" });
    const words = panel.dataset.listed.replace("{time}", time.format(list.issuedAt));
    return words.replace("{ago}", ago(Date.now() - list.issuedAt));
  }

  function ago(milliseconds) {
    const minutes = Math.max(0, Math.round(milliseconds / 60000));
    const relative = new Intl.RelativeTimeFormat(language);
    if (minutes < 1) return panel.dataset.justNow;
    if (minutes < 120) return relative.format(-minutes, "minute");
    return minutes < 2880 ? relative.format(-Math.round(minutes / 60), "hour") : relative.format(-Math.round(minutes / 1440), "day");
  }

  function showToken({ word, token: read }) {
    const isGenuine = Boolean(read) && word !== "not_genuine";
    document.getElementById("compare").hidden = !isGenuine;
    place("masked")?.toggleAttribute("hidden", isGenuine);
    if (!isGenuine) return;
    const association = known.keys.associations[read.association];
    const day = new Intl.DateTimeFormat(dates, { dateStyle: "long", timeZone: "UTC" });
    const values = {
      name: read.name + (read.cut ? "…" : ""),
      number: read.number.replace(/(.{4})(?=.)/g, "$1 "),
      kind: document.querySelector('[data-field="kind"]').dataset[read.kind],
      association: (isEnglish ? association?.en : association?.zh) ?? read.association,
      admittedOn: day.format(new Date(read.admittedOn)),
      issuedOn: day.format(new Date(read.issuedOn)),
    };
    for (const [field, value] of Object.entries(values)) document.querySelector(`[data-field="${field}"]`).textContent = value;
    place("cut").hidden = !read.cut;
    place("specimen").hidden = !known.keys.byId.get(read.keyId).isSpecimen;
  }

  /* What is sent from this page, a day to look at, comes back with the token. */
  function keepToken() {
    for (const form of document.querySelectorAll('main form[method="get"]')) form.action = location.pathname + location.hash;
  }

  async function show() {
    const checked = await result();
    showWord(checked?.word);
    showLines(checked ?? {});
    showToken(checked ?? {});
    panel.dataset.done = checked ? checked.word || checked.cause : "nothing";
  }

  async function check() {
    keepToken();
    if (text() && (await token.isSupported())) known = (await published()) ?? known;
    await show();
  }

  if (isServers) keepLanguage();
  navigator.serviceWorker?.register(panel.dataset.worker).catch(() => {});
  addEventListener("hashchange", check);
  addEventListener("online", check);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && check());
  setInterval(show, 60000);
  check();
})();
