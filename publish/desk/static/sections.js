// How far the text is: as a whole above, section by section on demand.

import { afterPause, make, part, put } from "./dom.js";
import { choose, isDone, on, rowsOf, state } from "./state.js";
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
  // A save is shown first, and counted then.
  on("rows", afterPause(() => {
    whole();
    if (!list.hidden) draw();
  }, 80));
}

function show(/** @type {boolean} */ wanted) {
  part("sections").hidden = !wanted;
  put(part("sections-open"), "aria-expanded", String(wanted));
  if (wanted) draw();
}

/** @param {import("./state.js").Row[]} rows */
function counted(rows) {
  const counts = { sentences: rows.length, approved: 0, untranslated: 0, fuzzy: 0 };
  for (const row of rows) {
    if (isDone(row)) counts.approved++;
    else if (row.state === "untranslated") counts.untranslated++;
    else if (row.state === "fuzzy" || row.state === "held") counts.fuzzy++;
  }
  return counts;
}

function whole() {
  const counts = counted(state.text?.rows ?? []);
  const translated = counts.sentences - counts.untranslated - counts.fuzzy;
  part("progress").replaceChildren(bar(counts), make("span", { text: t("translated {translated}, approved {approved}", {
    translated: percent(translated, counts.sentences), approved: percent(counts.approved, counts.sentences) }) }));
}

function draw() {
  const items = [];
  for (const { id, title } of state.text?.sections ?? []) {
    const own = rowsOf(id);
    if (!own.length) continue;
    const counts = counted(own);
    const go = make("button", { type: "button", on: { click: () => choose(own[0].id, { from: "sections" }) } });
    go.append(make("span", { class: "name", text: title || t("Before the first heading"), dir: "auto" }), bar(counts),
      make("span", { class: "count", text: percent(counts.approved, counts.sentences) }));
    items.push(make("li", {}, go));
  }
  part("sections").replaceChildren(...items);
}
