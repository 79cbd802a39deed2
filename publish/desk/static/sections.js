// How far the text is: as a whole above, section by section on demand.

import { make, part, put } from "./dom.js";
import { choose, isDone, on, state } from "./state.js";
import { percent, t } from "./words.js";
import { bar } from "./workspace.js";

/** Start: draw again when rows change. */
export function startSections() {
  const open = part("sections-open");
  const list = part("sections");
  open.addEventListener("click", () => show(list.hidden));
  list.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    show(false);
    open.focus();
    event.preventDefault();
    event.stopPropagation();
  });
  on("text", () => {
    show(false);
    whole();
  });
  on("rows", () => {
    whole();
    if (!list.hidden) draw();
  });
}

function show(/** @type {boolean} */ wanted) {
  part("sections").hidden = !wanted;
  put(part("sections-open"), "aria-expanded", String(wanted));
  if (wanted) draw();
}

/** @param {import("./state.js").Row[]} rows */
function counted(rows) {
  const of = (/** @type {string} */ name) => rows.filter((row) => row.state === name).length;
  return { sentences: rows.length, approved: rows.filter(isDone).length, untranslated: of("untranslated"), fuzzy: of("fuzzy") + of("held") };
}

function whole() {
  const counts = counted(state.text?.rows ?? []);
  const translated = counts.sentences - counts.untranslated - counts.fuzzy;
  part("progress").replaceChildren(bar(counts), make("span", { text: t("translated {translated}, approved {approved}", {
    translated: percent(translated, counts.sentences), approved: percent(counts.approved, counts.sentences) }) }));
}

function draw() {
  const rows = state.text?.rows ?? [];
  /** @type {Map<string, import("./state.js").Row[]>} */
  const grouped = new Map();
  for (const row of rows) grouped.set(row.section, [...(grouped.get(row.section) ?? []), row]);
  const items = [];
  for (const { id, title } of state.text?.sections ?? []) {
    const own = grouped.get(id) ?? [];
    if (!own.length) continue;
    const counts = counted(own);
    const go = make("button", { type: "button", on: { click: () => choose(own[0].id, { from: "sections" }) } });
    go.append(make("span", { class: "name", text: title || t("Before the first heading"), dir: "auto" }), bar(counts),
      make("span", { class: "count", text: percent(counts.approved, counts.sentences) }));
    items.push(make("li", {}, go));
  }
  part("sections").replaceChildren(...items);
}
