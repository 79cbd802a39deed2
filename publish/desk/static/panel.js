// The panel of one sentence: what it is, its source, the field, and all that helps.

import { alarm, say } from "./announce.js";
import { path } from "./api.js";
import { showAids } from "./aids.js";
import { detailsNow, fetchFresh, prefetch } from "./details.js";
import { showPieces } from "./diff.js";
import { afterPause, make, part, put } from "./dom.js";
import { isDirty, lockField, openField, refreshField } from "./editor.js";
import { callsKeyboard, field, focusField } from "./field.js";
import { showFindings } from "./findings.js";
import { neighbour, nextNeeding } from "./list.js";
import { listMarks } from "./marks.js";
import { tellWhy } from "./refusals.js";
import { mayTranslate } from "./rights.js";
import { isRich } from "./rich.js";
import { paintText } from "./richtext.js";
import { showReview } from "./review.js";
import { choose, emit, on, rowOf, state } from "./state.js";
import { number, percent, placeOf, stateSign, stateWord, t } from "./words.js";
import { languageName } from "./worknames.js";

let shown = "";
/** So many pixels of the field are some lines of it. */
const LINES = 80;

/** Start: show the sentence that is chosen, and what changes of it. */
export function startPanel() {
  on("current", ({ id, focus }) => void show(id, focus));
  on("rows", (ids) => ids.has(state.current) && void again());
  on("details", () => void again());
  on("stale", () => void again());
  on("live changed", () => void again());
  on("saved", afterPause(ahead, 60));
  on("field shown", () => detailsNow(state.current) && showSource(detailsNow(state.current)));
  on("next", goOn);
  on("text", () => {
    shown = "";
    part("sentence").hidden = true;
    part("no-sentence").hidden = false;
  });
  const doing = /** @type {HTMLElement} */ (part("decisions").parentElement);
  new ResizeObserver(() => part("panel").style.setProperty("scroll-padding-block-end", `${doing.offsetHeight}px`)).observe(doing);
  part("previous").addEventListener("click", () => step(-1));
  part("following").addEventListener("click", () => step(1));
}

/** Go so many sentences on. @param {number} count */
export function step(count) {
  const id = neighbour(count);
  if (id && id !== state.current) choose(id, { focus: inPanel() });
}

/** Go to the next sentence that needs this person. */
export function goToNeeding() {
  const id = nextNeeding();
  if (id) choose(id, { focus: true });
  else say(t("Nothing more needs you here."));
}

/** What is done is done: go on to the next sentence that needs this person, or else to the next one. */
function goOn() {
  const next = neighbour(1);
  if (!nextNeeding() && next && next !== state.current) choose(next, { focus: true });
  else goToNeeding();
}

const inPanel = () => part("panel").contains(document.activeElement);

async function show(/** @type {string} */ id, /** @type {boolean|undefined} */ focus) {
  part("sentence").hidden = false;
  part("no-sentence").hidden = true;
  alarm("");
  head(id);
  const known = detailsNow(id);
  if (!known) {
    if (id !== shown) lockField();
    if (focus) enter();
  }
  let details;
  try {
    details = known ?? (await fetchFresh(id));
  } catch (error) {
    if (state.current === id) alarm(tellWhy(error, t("This sentence cannot be shown. {reason}")));
    return;
  }
  if (state.current !== id) return;
  if (id !== shown) part("panel").scrollTop = 0;
  fill(details);
  openField(details);
  // Those of a text that is not saved come when it was looked at.
  showFindings(isDirty() ? [] : details.findings ?? [], false);
  shown = id;
  if (focus) enter();
  ahead();
}

/** Ask for the sentences that will be wanted next. */
function ahead() {
  void prefetch([nextNeeding(), neighbour(1), neighbour(-1)]);
}

function enter() {
  emit("show part", "panel");
  if (callsKeyboard()) part("sentence-title").focus({ preventScroll: true });
  else {
    focusField({ preventScroll: true });
    // What is pressed stays in sight at the foot of the panel: the field is not left under it, and
    // the source stays in sight where there is room for both.
    const box = part("field").closest(".field");
    const room = Number(part("decisions").parentElement?.getBoundingClientRect().top) - Number(box?.getBoundingClientRect().top);
    if (room < LINES) box?.scrollIntoView({ block: "nearest" });
  }
}

/** Something of the open sentence changed: show it, the field and the focus stay. */
async function again() {
  const id = state.current;
  if (!id) return;
  head(id);
  let details;
  try {
    details = await fetchFresh(id);
  } catch {
    return;
  }
  if (state.current !== id || shown !== id) return;
  fill(details);
  refreshField(details);
  if (!isDirty()) showFindings(details.findings ?? [], false);
}

function head(/** @type {string} */ id) {
  const [row, text] = [rowOf(id), state.text];
  if (!row || !text) return;
  const title = t("Sentence {number} of {total}", { number: number((text.index.get(id) ?? 0) + 1), total: number(text.rows.length) });
  part("sentence-title").textContent = title;
  const section = text.sections.find((one) => one.id === row.section)?.title;
  part("sentence-place").textContent = [section, placeOf(row)].filter(Boolean).join(" · ");
  part("sentence-place").title = row.place;
  const badge = part("sentence-state");
  put(badge, "data-state", row.state);
  badge.replaceChildren(make("span", { "aria-hidden": "true", text: `${stateSign(row.state)} ` }), stateWord(row.state),
    row.imported === null || row.imported === undefined ? "" : ` · ${t("imported, {percent} sure", { percent: percent(row.imported, 100) })}`);
  document.title = `${placeOf(row)} · ${part("title").textContent} · ${languageName(text.language)}`;
}

function fill(/** @type {any} */ details) {
  const text = state.text;
  if (!text) return;
  const focused = document.activeElement;
  const source = part("source");
  put(source, "lang", state.workspace?.source ?? null);
  put(source, "dir", text.sourceDirection);
  showSource(details);
  const old = part("old");
  old.replaceChildren();
  old.hidden = !details.old;
  if (details.old) {
    old.append(make("h3", { text: t("The source was different") }),
      showPieces(details.old.pieces, { dir: text.sourceDirection, lang: state.workspace?.source }));
  }
  for (const id of ["field", "under", "rich"]) {
    put(part(id), "lang", text.language);
    put(part(id), "dir", text.direction);
  }
  const original = text.language === state.workspace?.source;
  part("field-label").textContent = original ? t("Corrected wording") : t("Translation");
  part("join").hidden = original || Boolean(details.row.head) || !followsOn(details.row.id) || !mayTranslate(text.language);
  const shared = details.row.shared > 1;
  part("shared").hidden = !shared;
  part("shared").textContent = shared ? t("What is saved here stands in {count} places of the text.", { count: number(details.row.shared) }) : "";
  showReview(details);
  showAids(details);
  // What had the focus may be gone: then it goes to the field, never to the top of the page.
  if (focused && !focused.isConnected) focusField({ preventScroll: true });
}

/** Whether the sentence before is in the same paragraph. @param {string} id */
function followsOn(id) {
  const number = state.text?.index.get(id) ?? 0;
  const [before, own] = [state.text?.rows[number - 1], state.text?.rows[number]];
  return Boolean(before && own?.paragraph && before.paragraph === own.paragraph && before.kind === own.kind && before.section === own.section);
}

/** Show the source: its marks as in the field. @param {any} details */
function showSource({ msgid, legend }) {
  part("source").replaceChildren(...(isRich() ? paintText(msgid, legend) : marked(msgid)));
  emit("source shown");
}

/** The source with its marks seen. @param {string} text @returns {Array<Node|string>} */
function marked(text) {
  const pieces = [];
  let end = 0;
  for (const { kind, from, to } of listMarks(text).sort((one, other) => one.from - other.from)) {
    if (from < end) continue;
    pieces.push(text.slice(end, from), make("mark", { class: kind, text: text.slice(from, to) }));
    end = to;
  }
  return [...pieces, text.slice(end)];
}

/** The address of a sentence's page here. @param {string} id */
export const addressOf = (id) => `#/${path(state.text?.document ?? "", state.text?.language ?? "", id)}`;
