// A list of boxes to choose from: none chosen means all.

import { make } from "./dom.js";
import { t } from "./words.js";

const MANY = 12;

/**
 * Fill a fieldset with one box for each choice; what was chosen stays chosen.
 * @param {HTMLElement} holder
 * @param {string} title
 * @param {Array<[string, string]>} choices values and words
 * @param {string} [none] what it means if none is chosen
 */
export function makeChooser(holder, title, choices, none) {
  const key = JSON.stringify([title, choices, none]);
  if (holder.dataset.choices === key) return;
  holder.dataset.choices = key;
  const before = new Set(chosen(holder));
  const list = make("div", { class: "boxes" });
  for (const [value, word] of choices) {
    const box = /** @type {HTMLInputElement} */ (make("input", { type: "checkbox", value }));
    box.checked = before.has(value);
    list.append(make("label", {}, box, make("span", { text: word, dir: "auto" })));
  }
  const children = [make("legend", { text: title }), list];
  if (choices.length > MANY) children.splice(1, 0, filterOf(list, title));
  children.push(make("p", { class: "faint", text: none ?? t("None chosen: all") }));
  holder.replaceChildren(...(choices.length > 1 ? children : []));
}

function filterOf(/** @type {HTMLElement} */ list, /** @type {string} */ title) {
  const input = /** @type {HTMLInputElement} */ (make("input", { type: "search", placeholder: t("Search"), "aria-label": t("Search: {title}", { title }) }));
  input.addEventListener("input", () => {
    const words = input.value.trim().toLocaleLowerCase();
    for (const one of list.children) {
      const kept = one.querySelector("input")?.checked;
      /** @type {HTMLElement} */ (one).hidden = !kept && !one.textContent?.toLocaleLowerCase().includes(words);
    }
  });
  return input;
}

/** Return the values that are chosen. @param {HTMLElement} holder @returns {string[]} */
export function chosen(holder) {
  const boxes = /** @type {NodeListOf<HTMLInputElement>} */ (holder.querySelectorAll("input[type=checkbox]"));
  return [...boxes].filter((one) => one.checked).map((one) => one.value);
}
