// What came of a job, put into words: one function for each topic that the program tells of.

import { path } from "./api.js";
import { make } from "./dom.js";
import { address, stateBadge } from "./files.js";
import { tellWhy } from "./refusals.js";
import { wordsOf } from "./rules.js";
import { levelWord, number, t } from "./words.js";
import { formatWord, languageName, pageWord } from "./worknames.js";

const SHOWN = 40;

/** Return elements that say what came of a job. @param {any} job @returns {HTMLElement[]} */
export function makeLines(job) {
  /** @param {string} topic */
  const of = (topic) => job.lines.filter((/** @type {any} */ one) => one.topic === topic);
  const editions = of("edition");
  return [
    ...list(t("Could go out: {count}", { count: number(of("released").length) }), of("released"), released),
    ...list(t("Left out: {count}", { count: number(of("left").length) }), of("left"), left),
    ...list(t("Not built: {count}", { count: number(editions.filter(isRefused).length) }), editions.filter(isRefused), refused),
    ...list(t("Built: {count}", { count: number(editions.filter(isBuilt).length) }), editions.filter(isBuilt), edition),
    ...list("", of("kit"), kit),
    ...list("", of("returned"), returned),
    ...list("", of("page"), page),
    ...list("", of("source"), source),
    ...list("", of("unlisted"), unlisted),
    ...list(t("Not taken over from the file, or moved: {count}", { count: number(of("loss").length) }), of("loss"), loss),
    ...list("", of("catalog"), catalog),
    ...list(t("Sentences whose meaning may have changed: {count}", { count: number(of("meaning").length) }), of("meaning"), meaning),
    ...of("further").map((/** @type {any} */ one) => make("p", { class: "faint", text: t("And {count} more.", { count: number(one.counts.lines) }) })),
    ...findings(job),
  ];
}

const isRefused = (/** @type {any} */ one) => one.state === "refused";
const isBuilt = (/** @type {any} */ one) => one.state !== "refused";

/**
 * Return a list with a heading; what is long is folded.
 * @param {string} title @param {any[]} lines @param {(line: any) => HTMLElement} item
 * @returns {HTMLElement[]}
 */
function list(title, lines, item) {
  if (!lines.length) return [];
  const items = make("ul", { class: "lines" }, ...lines.map(item));
  const head = title ? [make("h3", { text: title })] : [];
  if (lines.length <= SHOWN) return [...head, items];
  return [...head, make("details", {}, make("summary", { text: t("Show all {count}", { count: number(lines.length) }) }), items)];
}

// ---- editions

function name(/** @type {any} */ line) {
  const kind = [formatWord(line.format), pageWord(line.page)].filter(Boolean).join(", ");
  return [line.document, languageName(line.language ?? ""), kind].filter(Boolean).join(" · ");
}

function fileLink(/** @type {any} */ line, /** @type {string} */ text) {
  return line.file ? make("a", { href: address(line.file), download: "", text, dir: "auto" }) : make("span", { text, dir: "auto" });
}

function edition(/** @type {any} */ line) {
  const words = { built: t("new"), restored: t("from the cache"), unchanged: t("as it was") };
  const item = make("li", {}, fileLink(line, name(line)), " ", make("span", { class: "faint", text: words[/** @type {keyof words} */ (line.state)] ?? line.state }));
  if (line.counts?.errors) item.append(" ", make("span", { class: "badge warning", text: `△ ${t("shows sentences of the source for wrong translations: {count}", { count: number(line.counts.errors) })}` }));
  return item;
}

function refused(/** @type {any} */ line) {
  const why = tellWhy({ message: line.text, hint: line.hint }, `${line.place ? `${line.place}: ` : ""}{reason}`);
  return make("li", { class: "fault" }, make("strong", { text: `▲ ${name(line)}`, dir: "auto" }), " ", make("span", { dir: "auto" }, ...why));
}

function released(/** @type {any} */ line) {
  return make("li", {}, fileLink(line, name(line)), " ", stateBadge(line));
}

function left(/** @type {any} */ line) {
  return make("li", {}, make("strong", { text: name(line), dir: "auto" }), " ", make("span", { dir: "auto" }, ...tellWhy({ message: line.text })));
}

// ---- kits

function kit(/** @type {any} */ line) {
  const item = make("li", {}, fileLink(line, t("Kit of {document}", { document: line.document })), " ",
    make("span", { text: `${languageName(line.language)}, ${t("sentences: {count}", { count: number(line.counts?.sentences ?? 0) })}` }));
  const notes = {
    "no-original": t("It has no PDF of the original: build that first, then make the kit again."),
    "no-pages": t("It names no pages, since the PDF of the original is older than the text: build that first, then make the kit again."),
  };
  const note = notes[/** @type {keyof notes} */ (line.state)];
  if (note) item.append(make("span", { class: "hint", text: note }));
  if (line.counts?.long) item.append(make("span", { class: "hint", text: t("Too long for a spreadsheet: {count}. Use the other files of the kit for these.", { count: number(line.counts.long) }) }));
  return item;
}

function counted(/** @type {Array<[string, string]>} */ words, /** @type {any} */ counts) {
  return words.filter(([key]) => counts?.[key]).map(([key, word]) => word.replace("{count}", number(counts[key]))).join(", ");
}

function returned(/** @type {any} */ line) {
  const text = counted([
    ["taken", t("taken: {count}")], ["known", t("already there: {count}")], ["rejected", t("not taken: {count}")],
    ["untouched", t("unchanged: {count}")], ["changes", t("tracked changes taken as accepted: {count}")], ["terms", t("changes of the glossary proposed: {count}")],
  ], line.counts) || t("nothing in it is new");
  const where = line.document === "publish" ? t("words of editions") : line.document;
  return make("li", {}, make("strong", { text: `${where} · ${languageName(line.language)}`, dir: "auto" }), " ", make("span", { text }));
}

function page(/** @type {any} */ line) {
  const text = line.state === "questions" ? t("Page with the questions of translators") : t("Page with what was not taken, word for word");
  return make("li", {}, fileLink(line, text));
}

// ---- sources

function source(/** @type {any} */ line) {
  const text = line.state === "replaced" ? t("The source {name} was replaced; the old one is kept beside it.", { name: line.document })
    : t("{name} is a new source.", { name: line.document });
  const item = make("li", {}, make("strong", { text, dir: "auto" }), " ", make("span", { text: t("words: {count}", { count: number(line.counts?.words ?? 0) }) }));
  if (line.counts?.pictures) item.append(make("span", { text: `, ${t("pictures: {count}", { count: number(line.counts.pictures) })}` }));
  if (line.text) item.append(make("span", { class: "hint", text: t("Read of the file: {part}", { part: line.text }), dir: "auto" }));
  if (line.hint) item.append(make("span", { class: "hint", text: t("The whole list of losses is in {file}.", { file: line.hint }) }));
  return item;
}

function unlisted(/** @type {any} */ line) {
  return make("li", {}, make("span", { text: t("The settings name their documents. Add {name} to “documents” in the settings, then update the catalogs.", { name: line.document }) }));
}

function loss(/** @type {any} */ line) {
  const where = line.place ? `${line.kind}, ${line.place}` : line.kind;
  return make("li", {}, make("strong", { text: line.state === "moved" ? t("moved: {what}", { what: where }) : where, dir: "auto" }), " ",
    line.text && make("q", { text: line.text, dir: "auto" }), line.hint && make("span", { class: "hint", text: line.hint, dir: "auto" }));
}

function catalog(/** @type {any} */ line) {
  const text = counted([
    ["added", t("new: {count}")], ["reworded", t("reworded, to be confirmed: {count}")], ["split", t("split in two, to be confirmed: {count}")],
    ["merged", t("joined from two, to be confirmed: {count}")], ["recalled", t("from the memory, to be confirmed: {count}")], ["revived", t("back again: {count}")],
    ["retyped", t("kept, only typography changed: {count}")], ["kept", t("kept: {count}")], ["retired", t("no longer needed: {count}")], ["dropped", t("gone: {count}")],
  ], line.counts);
  const where = line.document === "publish" ? t("words of editions") : line.document;
  return make("li", {}, make("strong", { text: `${where} · ${languageName(line.language)}`, dir: "auto" }), " ", make("span", { text }));
}

function sentenceLink(/** @type {any} */ one, /** @type {string} */ text) {
  return make("a", { href: `#/${path(one.document, one.language, one.id)}`, text, dir: "auto" });
}

/** A link to the sentence of a finding, or to all findings of its text. */
function textLink(/** @type {any} */ one, /** @type {string} */ text) {
  if (one.id) return sentenceLink(one, text);
  return make("a", { href: `#/${path(one.document, one.language)}?state=findings`, text, dir: "auto" });
}

function meaning(/** @type {any} */ line) {
  return make("li", {}, make("strong", { text: line.hint }), " ", sentenceLink(line, line.text));
}

// ---- findings

function findings(/** @type {any} */ job) {
  const count = job.found.length + job.further;
  return list(t("Findings: {count}", { count: number(count) }), job.found, (one) => {
    const { level } = one.finding;
    const where = [one.document, one.language && languageName(one.language), one.place].filter(Boolean).join(" · ");
    const known = one.document && one.language;
    return make("li", { class: `finding ${level}` }, make("span", { class: "sign", text: level === "error" ? "▲" : "△", "aria-hidden": "true" }),
      make("div", {}, make("span", { class: "unseen", text: `${levelWord(level)}: ` }),
        where && (known ? textLink(one, where) : make("span", { class: "faint", text: where, dir: "auto" })),
        " ", ...wordsOf(one.finding)));
  });
}
