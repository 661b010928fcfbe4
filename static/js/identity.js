/* The number of an identity document: as soon as another type is chosen, the hint, the keyboard and the further
   questions are those of that type. Everything works without this file: all hints stand under the field, and the
   server asks what is missing when the page is sent. */
"use strict";

(() => {
  /* Each with its place in the form, where a comment stands while it is not asked: what was typed in it stays in it. */
  function further(form) {
    for (const template of form.querySelectorAll("template.asked-with")) {
      const group = document.createElement("div");
      group.className = template.className;
      group.dataset.types = template.dataset.types;
      group.append(template.content);
      template.replaceWith(group);
    }
    const asked = new Map([...form.querySelectorAll(".asked-with")].map((group) => [group, group.dataset.types]));
    for (const control of form.querySelectorAll("[data-asked-with]"))
      asked.set(control.closest(".field"), control.dataset.askedWith);
    return [...asked].map(([question, types]) => ({ question, types, place: document.createComment("") }));
  }

  function watch(helps) {
    const input = helps.parentElement.querySelector("input");
    const choice = input?.form?.elements[helps.dataset.chosenBy];
    const hint = document.getElementById(`${input?.id}_helptext`);
    if (!choice || !hint || helps.dataset.watched) return;
    helps.dataset.watched = "yes";
    const sentences = new Map([...helps.querySelectorAll("[data-choice]")].map((help) => [help.dataset.choice, help]));
    const questions = further(input.form);

    function fit() {
      const help = sentences.get(choice.value);
      hint.textContent = help ? help.textContent : helps.dataset.unknown;
      input.inputMode = help?.dataset.inputmode ?? "text";
      input.autocapitalize = help?.dataset.autocapitalize ?? "characters";
      for (const { question, types, place } of questions)
        if (types.trim().split(" ").includes(choice.value)) place.replaceWith(question);
        else question.replaceWith(place);
    }

    helps.hidden = true;
    hint.setAttribute("aria-live", "polite");
    choice.addEventListener("change", fit);
    window.addEventListener("pageshow", fit); /* Back in the browser: the choice made before is still there. */
    fit();
  }

  document.querySelectorAll(".choice-helps").forEach(watch);
})();
