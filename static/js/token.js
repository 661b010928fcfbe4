/* Checks the token behind the # of a certificate's address, in the browser alone: the server never sees it.
   The same steps, words and causes as verify/cicpa_verify.py; both are held to verify/vectors.json. */
"use strict";

globalThis.cicpaToken = (() => {
  const FORMAT = 1;
  const BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const CODE = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
  const HEAD = 35;
  const LIST_HEAD = 31;
  const SIGNATURE = 64;
  const LONGEST = 400;
  const DAY = 86400000;
  const DAY_ZERO = Date.UTC(1900, 0, 1);
  const BEIJING = 8 * 3600000;
  const TOLERANCE = 600000;
  const DOCUMENTS = { 1: "certificate", 2: "letter" };
  const KINDS = { 1: "practising", 2: "non_practising" };
  const STANDINGS = ["valid", "suspended", "superseded", "revoked"];

  class Unreadable extends Error {}

  const ascii = (text) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
  const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  const strictText = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

  function joined(...parts) {
    const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
    let at = 0;
    for (const part of parts) {
      whole.set(part, at);
      at += part.length;
    }
    return whole;
  }

  /* Only the one spelling that the portal gives is taken: whoever changes a letter changes the token. */
  function fromBase32(text) {
    if (!text || text.length > LONGEST) throw new Unreadable("not base 32");
    const bytes = [];
    let bits = 0;
    let waiting = 0;
    for (const letter of text) {
      const value = BASE32.indexOf(letter);
      if (value < 0) throw new Unreadable("not base 32");
      waiting = ((waiting << 5) | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.push((waiting >> bits) & 255);
      }
    }
    if (bits >= 5 || waiting & ((1 << bits) - 1)) throw new Unreadable("not the canonical base 32");
    return Uint8Array.from(bytes);
  }

  function codeOf(bytes) {
    let number = bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
    let code = "";
    for (let letters = 0; letters < 26; letters += 1) {
      code = CODE[Number(number & 31n)] + code;
      number >>= 5n;
    }
    return code;
  }

  const number = (bytes, from, to) => bytes.slice(from, to).reduce((sum, byte) => sum * 256 + byte, 0);
  const day = (count) => new Date(DAY_ZERO + count * DAY).toISOString().slice(0, 10);
  const beijingDay = (moment) => new Date(moment + BEIJING).toISOString().slice(0, 10);

  function readToken(text) {
    const raw = fromBase32(text);
    if (raw.length < HEAD + 2 + SIGNATURE || raw[0] !== FORMAT) throw new Unreadable("not a token of format 1");
    const body = raw.slice(0, -SIGNATURE);
    const token = {
      keyId: hex(body.slice(1, 5)),
      code: codeOf(body.slice(5, 21)),
      document: DOCUMENTS[body[21]],
      kind: KINDS[body[22]],
      association: String(number(body, 23, 26)).padStart(6, "0"),
      admittedOn: day(number(body, 26, 28)),
      issuedOn: day(number(body, 28, 30)),
      listNumber: number(body, 30, 32),
      position: number(body, 32, 35),
      ...readTexts(body.slice(HEAD)),
      body,
      signature: raw.slice(-SIGNATURE),
    };
    if (!token.document || !token.kind) throw new Unreadable("a document that this page does not know");
    return token;
  }

  /* Number, name, and whether the name is cut. They fill `rest` exactly. */
  function readTexts(rest) {
    const nameAt = 1 + rest[0];
    const cut = rest[nameAt] >> 7;
    const nameEnd = nameAt + 1 + (rest[nameAt] & 127);
    const digits = rest.slice(1, nameAt);
    if (rest.length !== nameEnd + 8 * cut || digits.some((byte) => byte > 127))
      throw new Unreadable("number or name cannot be read");
    try {
      const name = strictText.decode(rest.slice(nameAt + 1, nameEnd));
      return { number: String.fromCharCode(...digits), name, cut: Boolean(cut) };
    } catch {
      throw new Unreadable("number or name cannot be read");
    }
  }

  async function readKeys(published) {
    const document = typeof published === "string" ? JSON.parse(published) : published;
    if (document.format !== FORMAT) throw new Unreadable("keys of another format");
    const keys = { byId: new Map(), issuedAt: Date.parse(document.issued_at), nextUpdate: Date.parse(document.next_update) };
    if (Number.isNaN(keys.issuedAt) || Number.isNaN(keys.nextUpdate)) throw new Unreadable("keys without a date");
    for (const row of document.token_keys) if (row.algorithm === "Ed25519") keys.byId.set(row.key_id, await readKey(row));
    return { ...keys, associations: document.associations ?? {} };
  }

  async function readKey(row) {
    const raw = ascii(atob(row.public_key.replaceAll("-", "+").replaceAll("_", "/")));
    if (hex((await sha256(raw)).slice(0, 4)) !== row.key_id || !["active", "retired", "revoked"].includes(row.state))
      throw new Unreadable("a key that is not what its id says");
    const key = await crypto.subtle.importKey("raw", raw, { name: "Ed25519" }, false, ["verify"]);
    return { key, state: row.state, isSpecimen: row.is_specimen, retiredAt: row.retired_at ? Date.parse(row.retired_at) : null };
  }

  function readStatusList(raw) {
    if (raw.length < LIST_HEAD + SIGNATURE || String.fromCharCode(...raw.slice(0, 4)) !== "CPSL" || raw[4] !== FORMAT)
      throw new Unreadable("not a status list of format 1");
    const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
    const list = {
      keyId: hex(raw.slice(5, 9)),
      number: view.getUint16(9),
      issuedAt: Number(view.getBigUint64(11)) * 1000,
      nextUpdate: Number(view.getBigUint64(19)) * 1000,
      size: view.getUint32(27),
      signed: raw.slice(0, -SIGNATURE),
      signature: raw.slice(-SIGNATURE),
    };
    list.bits = list.signed.slice(LIST_HEAD);
    if (list.size % 4 || list.bits.length * 4 !== list.size) throw new Unreadable("not a status list of format 1");
    return list;
  }

  const holds = (key, signature, signedAs, body) =>
    crypto.subtle.verify({ name: "Ed25519" }, key, signature, joined(ascii(signedAs), body));

  /* Signed by a published key that was in use on that moment. */
  async function listIsGenuine(list, keys) {
    const key = keys.byId.get(list.keyId);
    if (!key || key.state === "revoked" || (key.retiredAt && list.issuedAt > key.retiredAt)) return false;
    return holds(key.key, list.signature, "CICPA status list 1\n", list.signed);
  }

  /* The newest of each number, of those whose signature holds. */
  async function trustedLists(lists, keys) {
    const trusted = new Map();
    for (const list of lists.sort((one, other) => one.issuedAt - other.issuedAt))
      if (await listIsGenuine(list, keys)) trusted.set(list.number, list);
    return trusted;
  }

  /* Whether its key may have been published after these keys: then they cannot tell. Fresh ones know every key. */
  function isNewerThan(keys, token, now) {
    const age = now - keys.issuedAt;
    if (keys.byId.has(token.keyId) || (age >= 0 && age <= TOLERANCE)) return false;
    return token.issuedOn >= beijingDay(keys.issuedAt);
  }

  /* Why this is not what the association signed; empty where it is. */
  async function notGenuine(token, code, keys) {
    const key = keys.byId.get(token.keyId);
    if (!key) return "unknown_key";
    if (key.state === "revoked") return "revoked_key";
    if (!(await holds(key.key, token.signature, "CICPA token 1\n", token.body))) return "forged";
    if (code !== null && code !== token.code) return "other_code";
    if (key.retiredAt && token.issuedOn > beijingDay(key.retiredAt)) return "key_retired_before";
    return "";
  }

  /* "valid" only where nothing about list, keys and clock is in doubt. */
  function doubt(token, keys, list, now) {
    const soon = now + TOLERANCE;
    if (Math.max(list.issuedAt, keys.issuedAt) > soon || token.issuedOn > beijingDay(soon)) return "clock";
    if (now >= list.nextUpdate) return "stale_list";
    return now >= keys.nextUpdate ? "stale_keys" : "";
  }

  function standingOf(token, keys, list, now) {
    if (!list || token.position >= list.size) return { word: "standing_unknown", cause: "no_list" };
    const standing = STANDINGS[(list.bits[token.position >> 2] >> (2 * (token.position & 3))) & 3];
    const cause = doubt(token, keys, list, now);
    if (standing !== "valid") return { word: standing, cause, list };
    if (cause) return { word: "standing_unknown", cause, list };
    return { word: token.admittedOn <= beijingDay(now) ? "valid" : "not_yet", cause: "", list };
  }

  /* `code`: of the address, null where there is none. `lists`: genuine ones by number. `now`: milliseconds. */
  async function check(code, text, keys, lists, now) {
    let token;
    try {
      token = readToken(text);
    } catch (error) {
      if (error instanceof Unreadable) return { word: "unreadable", cause: error.message };
      throw error;
    }
    if (isNewerThan(keys, token, now)) return { word: "unchecked", cause: "keys_older" };
    const cause = await notGenuine(token, code, keys);
    if (cause) return { word: "not_genuine", cause, token };
    return { ...standingOf(token, keys, lists.get(token.listNumber), now), token };
  }

  /* Whether this browser knows the signature at all: Chrome from 137, Firefox from 129, Safari from 17; with https. */
  async function isSupported() {
    try {
      const anyKey = new Uint8Array(32).fill(0x66).fill(0x58, 0, 1);
      return Boolean(await crypto.subtle.importKey("raw", anyKey, { name: "Ed25519" }, false, ["verify"]));
    } catch {
      return false;
    }
  }

  return { Unreadable, readToken, readKeys, readStatusList, listIsGenuine, trustedLists, check, isSupported };
})();
