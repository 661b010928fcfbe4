/* A form on its way: says so, takes no second press meanwhile, and sends nothing without a network. Everything works
   without this file: the server takes a form twice and does its work once. The sentences: components/sending.html. */
"use strict";

(() => {
  const QUICK = 400; /* ms; an answer within them needs no words */
  const SLOW = 8_000;
  const GIVEN_UP = 30_000;
  const bar = document.querySelector(".sending[role=status]");
  let onItsWay = null;
  let timers = [];

  const say = (sentence, tone = "") => {
    bar.textContent = sentence;
    bar.dataset.tone = sentence ? tone : "";
  };

  function rest() {
    timers.forEach(clearTimeout);
    timers = [];
    onItsWay?.querySelectorAll("[aria-disabled]").forEach((button) => button.removeAttribute("aria-disabled"));
    onItsWay = null;
  }

  function send(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (onItsWay) {
      event.preventDefault();
      say(bar.dataset.twice);
      return;
    }
    if (navigator.onLine === false) {
      event.preventDefault();
      say(bar.dataset.offline, "refused");
      return;
    }
    onItsWay = form;
    event.submitter?.setAttribute("aria-disabled", "true");
    timers = [
      setTimeout(() => say(bar.dataset.working), QUICK),
      setTimeout(() => say(bar.dataset.slow), SLOW),
      setTimeout(() => { rest(); say(bar.dataset.again, "refused"); }, GIVEN_UP),
    ];
  }

  document.addEventListener("submit", send);
  window.addEventListener("pageshow", () => { rest(); say(""); }); /* Back in the browser: nothing is on its way. */
  window.addEventListener("online", () => { if (bar.dataset.tone) say(""); });
})();
