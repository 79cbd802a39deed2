// The files that can be taken away: editions with their state, kits, pages about returned kits.

import { ask } from "./api.js";
import { make, part } from "./dom.js";
import { number, t, time } from "./words.js";
import { formatWord, languageName, pageWord } from "./worknames.js";

const SHOWN = 60;
/** @type {any[]} */
let files = [];
let asked = false;

/** Ask for the files, and show them. */
export async function fetchFiles() {
  if (!asked) {
    asked = true;
    part("files-find").addEventListener("input", drawFiles);
  }
  try {
    files = (await ask("/api/files")).files;
  } catch {
    return;  // What is shown stays; the next job asks again.
  }
  drawFiles();
}

/** Show the files that are searched for. */
export function drawFiles() {
  const find = /** @type {HTMLInputElement} */ (part("files-find"));
  const words = find.value.trim().toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const found = files.filter((one) => {
    const text = `${one.document} ${languageName(one.language)} ${one.format} ${one.name}`.toLocaleLowerCase();
    return words.every((word) => text.includes(word));
  });
  find.hidden = files.length < 10;
  part("files-none").hidden = files.length > 0;
  part("files").replaceChildren(...found.slice(0, SHOWN).map(fileItem));
  const more = found.length - SHOWN;
  part("files-more").textContent = more > 0 ? t("And {count} more: search for them.", { count: number(more) }) : "";
}

function fileItem(/** @type {any} */ one) {
  const link = make("a", { href: address(one.name), download: "", text: title(one), dir: "auto" });
  const about = [one.kind === "page" ? "" : languageName(one.language), time(one.made * 1000)].filter(Boolean).join(" · ");
  return make("li", {}, make("span", { class: "file" }, link, " ", stateBadge(one)), make("span", { class: "hint", text: `${about} · ${size(one.size)}` }));
}

/** Return the address of a file. @param {string} name */
export const address = (name) => `/api/files/${encodeURIComponent(name)}`;

function title(/** @type {any} */ one) {
  if (one.kind === "kit") return t("Kit of {document}", { document: one.document });
  if (one.kind === "page") return one.name.split("~").pop();
  return [one.document, [formatWord(one.format), pageWord(one.page)].filter(Boolean).join(", ")].join(" · ");
}

/** Return the state of an edition in a word, never by colour alone. @param {any} one */
export function stateBadge(one) {
  if (one.kind && one.kind !== "edition") return make("span", { class: "faint", text: one.kind === "kit" ? t("for a translator") : t("about a kit") });
  const [kind, text] = {
    original: ["", t("Original")], draft: ["warning", `△ ${t("Draft: not all of it is reviewed")}`],
    reviewed: ["", t("Reviewed")], approved: ["good", `● ${t("Approved")}`],
  }[/** @type {string} */ (one.state)] ?? ["warning", `△ ${t("Not as it was built")}`];
  return make("span", { class: `badge ${kind}`, text });
}

function size(/** @type {number} */ bytes) {
  if (bytes < 1000) return t("{count} bytes", { count: number(bytes) });
  if (bytes < 1e6) return t("{count} kB", { count: number(Math.round(bytes / 1000)) });
  return t("{count} MB", { count: number(Math.round(bytes / 1e5) / 10) });
}
