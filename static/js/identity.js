/* The number of an identity document: as soon as another type is chosen, the hint, the keyboard and the further
   questions are those of that type. Everything works without this file: all hints stand under the field, and the
   server asks what is missing when the page is sent. */
"use strict";

(() => {
  function further(form) {
    for (const template of form.querySelectorAll("template.asked-with")) {
      const place = document.createElement("div");
      place.className = template.className;
      place.dataset.types = template.dataset.types;
      place.append(template.content);
      template.replaceWith(place);
    }
    return [...form.querySelectorAll(".asked-with")];
  }

  function watch(helps) {
    const input = helps.parentElement.querySelector("input");
    const choice = input?.form?.elements[helps.dataset.chosenBy];
    const hint = document.getElementById(`${input?.id}_helptext`);
    if (!choice || !hint || helps.dataset.watched) return;
    helps.dataset.watched = "yes";
    const unknown = hint.textContent;
    const sentences = new Map([...helps.querySelectorAll("[data-choice]")].map((help) => [help.dataset.choice, help]));
    const questions = further(input.form);

    function fit() {
      const help = sentences.get(choice.value);
      hint.textContent = help ? help.textContent : helps.dataset.unknown || unknown;
      input.inputMode = help?.dataset.inputmode ?? "text";
      input.autocapitalize = help?.dataset.autocapitalize ?? "characters";
      for (const question of questions) {
        question.hidden = !question.dataset.types.trim().split(" ").includes(choice.value);
        question.querySelectorAll("input, select").forEach((control) => { control.disabled = question.hidden; });
      }
    }

    helps.hidden = true;
    hint.setAttribute("aria-live", "polite");
    choice.addEventListener("change", fit);
    window.addEventListener("pageshow", fit); /* Back in the browser: the choice made before is still there. */
    fit();
  }

  document.querySelectorAll(".choice-helps").forEach(watch);
})();
