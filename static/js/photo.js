/* The photo before it is sent: how it will be cut, how large it is, why it would be refused; that it is being sent.
   Everything works without this file; the server judges again. The sentences stand in components/photo_field.html. */
"use strict";

(() => {
  const WIDTH = 178;
  const HEIGHT = 220;
  const MEGABYTE = 1024 * 1024;

  const words = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const sizeInWords = (bytes) =>
    bytes < MEGABYTE ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / MEGABYTE).toFixed(1)} MB`;

  /* As the server cuts it: to the ratio of the rule, a little above the middle, where the face is. */
  function preview(picture) {
    const canvas = document.createElement("canvas");
    canvas.width = WIDTH;
    canvas.height = HEIGHT;
    const scale = Math.max(WIDTH / picture.width, HEIGHT / picture.height);
    const width = picture.width * scale;
    const height = picture.height * scale;
    canvas.getContext("2d").drawImage(picture, (WIDTH - width) / 2, (HEIGHT - height) * 0.4, width, height);
    return canvas;
  }

  function watch(field) {
    const input = field.querySelector("input[type=file]");
    const frame = field.querySelector(".photo-frame");
    const status = field.querySelector(".photo-status");
    const form = input?.form;
    if (!form || field.dataset.watched) return;
    field.dataset.watched = "yes";
    const before = [...frame.childNodes];
    let refused = false;

    function say(sentence, tone) {
      status.textContent = sentence;
      status.className = `photo-status photo-${tone}`;
      status.hidden = !sentence;
    }

    function refuse(sentence) {
      refused = true;
      frame.replaceChildren(...before);
      say(sentence, "refused");
    }

    async function look() {
      const file = input.files[0];
      refused = false;
      frame.replaceChildren(...before);
      if (!file) return say("", "chosen");
      const size = sizeInWords(file.size);
      if (file.size === 0) return refuse(field.dataset.empty);
      if (file.size > Number(field.dataset.most)) return refuse(words(field.dataset.large, { size }));
      let picture;
      try {
        picture = await createImageBitmap(file);
      } catch {
        return say(words(field.dataset.unseen, { size }), "chosen");
      }
      if (input.files[0] !== file) return;
      const { width, height } = picture;
      if (Math.min(width, height) < WIDTH || Math.max(width, height) < HEIGHT)
        return refuse(words(field.dataset.small, { width, height }));
      const canvas = preview(picture);
      canvas.setAttribute("role", "img");
      canvas.setAttribute("aria-label", field.dataset.preview);
      frame.replaceChildren(canvas);
      say(words(field.dataset.chosen, { size, width, height }), "chosen");
    }

    function send(event) {
      if (!input.files[0]) return;
      if (refused || navigator.onLine === false) {
        event.preventDefault();
        if (!refused) say(field.dataset.offline, "refused");
        input.focus();
        return;
      }
      say(words(field.dataset.sending, { size: sizeInWords(input.files[0].size) }), "chosen");
      status.append(document.createElement("progress"));
      status.querySelector("progress").setAttribute("aria-label", field.dataset.sendingLabel);
    }

    input.addEventListener("change", look);
    form.addEventListener("submit", send);
    window.addEventListener("pageshow", look); /* Back in the browser: what was chosen is still there. */
  }

  document.querySelectorAll(".photo-field").forEach(watch);
})();
