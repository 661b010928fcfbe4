/* Scanning a QR with the camera, where the browser can read one itself. Everything works without this file: a photo or a
   screenshot does the same. The picture never leaves the device; the sentences stand in verification/verify.html. */
"use strict";

(() => {
  const EVERY = 250; /* ms between two looks */
  const box = document.querySelector(".camera");
  if (!box || !("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return;
  const video = box.querySelector("video");
  const status = box.querySelector(".camera-status");
  const [start, stop] = [box.querySelector(".camera-start"), box.querySelector(".camera-stop")];
  let stream = null;

  const say = (sentence) => { status.textContent = sentence; };

  function rest() {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.srcObject = null;
    video.hidden = stop.hidden = true;
    start.hidden = false;
  }

  /* Only ours is opened, and only its page for checking; of any other the host is named. */
  function understand(text) {
    let address;
    try {
      address = new URL(text);
    } catch {
      return say(box.dataset.nothing);
    }
    if (address.origin === location.origin && address.pathname.startsWith("/v/")) return location.assign(address.href);
    say(box.dataset.foreign.replace("{host}", address.host || text.slice(0, 60)));
  }

  async function look(detector) {
    while (stream) {
      const [code] = await detector.detect(video).catch(() => []);
      if (code && stream) {
        rest();
        return understand(code.rawValue);
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  async function open() {
    say(box.dataset.starting);
    start.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
      video.srcObject = stream;
      video.hidden = stop.hidden = false;
    } catch {
      rest();
      return say(box.dataset.refused);
    }
    video.play().catch(() => {}); /* Without waiting: a camera that shows nothing yet must not hold the buttons up. */
    say(box.dataset.looking);
    look(new BarcodeDetector({ formats: ["qr_code"] }));
  }

  box.hidden = false;
  start.addEventListener("click", open);
  stop.addEventListener("click", () => { rest(); say(""); start.focus(); });
  window.addEventListener("pagehide", rest);
})();
