/* The desk by keyboard: rows, selection, filter, next case. Everything works without this file: links, boxes and
   buttons are in the page and Tab comes to each. The keys stand in applicants/office/keys.html. */
"use strict";

(() => {
  const desk = document.querySelector("[data-desk]");
  if (!desk) return;
  const links = [...desk.querySelectorAll(".work-list .row-link")];
  const isTyping = (target) => target.matches("input:not([type=checkbox]), textarea, select, [contenteditable]");

  function row() {
    return document.activeElement?.closest?.(".work-list tbody tr") ?? null;
  }

  function move(step) {
    if (!links.length) return;
    const here = row()?.querySelector(".row-link");
    const next = here ? links.indexOf(here) + step : step > 0 ? 0 : links.length - 1;
    const link = links[Math.max(0, Math.min(links.length - 1, next))];
    link.focus();
    link.closest("tr").scrollIntoView({ block: "nearest" });
  }

  function tick() {
    const box = row()?.querySelector("input[type=checkbox]");
    if (!box) return;
    box.checked = !box.checked;
    box.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function filter() {
    const filters = desk.querySelector(".filters");
    if (!filters) return;
    filters.open = true;
    filters.querySelector("select").focus();
  }

  function help() {
    const keys = document.querySelector(".keys");
    if (!keys) return;
    keys.open = !keys.open;
    keys.querySelector("summary").focus();
  }

  function decide() {
    const button = document.querySelector(".case-decision .decision [type=checkbox]:not(:checked), .case-decision .decision button.btn-primary");
    button?.focus();
    button?.scrollIntoView({ block: "center" });
  }

  const acts = {
    "?": help,
    n: () => document.querySelector("form[data-key=n]")?.requestSubmit(),
  };
  if (desk.dataset.desk === "list")
    Object.assign(acts, {
      j: () => move(1),
      k: () => move(-1),
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      x: tick,
      "/": filter,
    });
  else Object.assign(acts, { a: decide, u: () => document.querySelector(".back-link a")?.click() });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    const arrows = event.key.startsWith("Arrow");
    if (arrows && !row() && document.activeElement !== document.body && document.activeElement.id !== "main") return;
    const act = acts[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
