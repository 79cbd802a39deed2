// The people at a shared desk: its owner makes links for them, and withdraws them.

import { say } from "./announce.js";
import { ask, write } from "./api.js";
import { chosen, makeChooser } from "./chooser.js";
import { button, make, part } from "./dom.js";
import { tellWhy } from "./refusals.js";
import { on, state } from "./state.js";
import { number, t } from "./words.js";
import { languageName } from "./worknames.js";

const AGAIN = 5000;
let timer = 0;

/** Start: the form. */
export function startLinks() {
  /** @type {HTMLFormElement} */ (part("links-form")).addEventListener("submit", (event) => {
    event.preventDefault();
    void invite();
  });
  part("link-copy").addEventListener("click", () => void copy());
  on("documents", fillForm);
}

/** Ask who is there, and again as long as the view is open. */
export async function fetchLinks() {
  clearTimeout(timer);
  try {
    draw(await ask("/api/links"));
  } catch {
    return;  // Whoever may not ask sees nothing here.
  }
  if (document.body.getAttribute("data-view") === "work") timer = window.setTimeout(fetchLinks, AGAIN);
}

function draw(/** @type {any} */ answer) {
  part("links-unshared").hidden = answer.shared;
  part("links-form").hidden = !answer.shared;
  fillForm();
  const list = part("links");
  const text = JSON.stringify(answer.links);
  if (list.dataset.shown === text) return;  // So the focus stays where it is.
  list.dataset.shown = text;
  list.replaceChildren(...answer.links.map(linkItem));
}

function fillForm() {
  const source = state.workspace.source;
  const own = state.workspace.languages.filter((/** @type {any} */ one) => one.tag !== source);
  const rights = own.flatMap((/** @type {any} */ one) => [
    [`translate ${one.tag}`, t("Translate into {language}", { language: one.name })],
    [`review ${one.tag}`, t("Review {language}", { language: one.name })],
  ]);
  makeChooser(part("link-rights"), t("May do"), [["propose", t("Propose other wordings")], ...rights], t("None chosen: may only read"));
}

function linkItem(/** @type {any} */ link) {
  const there = link.open ? t("is here, in browsers: {count}", { count: number(link.open) }) : link.used ? t("was here") : t("has not been here yet");
  return make("li", {}, make("strong", { text: link.name, dir: "auto" }), " ",
    make("span", { text: link.rights.map(rightWord).join(", ") }), " ", make("span", { class: "faint", text: there }), " ",
    button(t("Withdraw"), () => void withdraw(link), { "aria-label": t("Withdraw the link of {name}", { name: link.name }) }));
}

function rightWord(/** @type {string} */ right) {
  const [verb, tag] = right.split(" ");
  const language = languageName(tag ?? "");
  if (verb === "translate") return t("Translate into {language}", { language });
  if (verb === "review") return t("Review {language}", { language });
  return verb === "propose" ? t("Propose other wordings") : t("Read");
}

async function invite() {
  const name = /** @type {HTMLInputElement} */ (part("link-name"));
  const fault = /** @type {HTMLElement} */ (part("links-form").querySelector(".fault"));
  fault.textContent = "";
  try {
    const rights = chosen(part("link-rights")).join(", ") || "read";
    const answer = await write("/api/links", { invitation: `${name.value.trim()}: ${rights}` });
    part("link-made").hidden = false;
    const field = /** @type {HTMLInputElement} */ (part("link-address"));
    field.value = answer.address;
    part("link-for").textContent = t("The link of {name}. It is shown only now: copy it, and send it by a way you both trust.", { name: name.value.trim() });
    name.value = "";
    field.focus();
    field.select();
    draw(answer);
  } catch (error) {
    fault.replaceChildren(...tellWhy(error));
    name.focus();
  }
}

async function copy() {
  const field = /** @type {HTMLInputElement} */ (part("link-address"));
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    say(t("Copied."));
  } catch {
    say(t("Press Ctrl+C to copy it."));
  }
}

async function withdraw(/** @type {any} */ link) {
  try {
    draw(await write("/api/links/withdraw", { id: link.id }));
    say(t("Withdrawn: {name} is out.", { name: link.name }));
    part("link-made").hidden = true;
  } catch (error) {
    say(tellWhy(error));
  }
  part("links-title").focus();
}
