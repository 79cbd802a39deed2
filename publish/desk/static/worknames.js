// Names of jobs, languages, formats and kinds of pages.

import { state } from "./state.js";
import { t } from "./words.js";

/** Return what a kind of job is called. @param {string} kind */
export function kindWord(kind) {
  return {
    build: t("Build"), kit: t("Kits for translators"), return: t("Take a kit back"), import: t("Import a file"),
    update: t("Update catalogs"), release: t("Release check"),
  }[kind] ?? kind;
}

/** Return the name of a language, or of a pair of them, in itself. @param {string} tag */
export function languageName(tag) {
  if (tag === "mul") return t("All languages");
  const known = new Map((state.workspace?.languages ?? []).map((/** @type {any} */ one) => [one.tag, one.name]));
  return tag.split("+").map((one) => known.get(one) ?? one).join(" + ");
}

/** Return the name of a format. @param {string} format */
export function formatWord(format) {
  return { pdf: "PDF", epub: "EPUB", html: "HTML", docx: "Word", brf: t("Braille"), zip: t("Archive") }[format] ?? format;
}

/** Return the name of a kind of pages; A4 has none. @param {string|undefined} page */
export function pageWord(page) {
  return { phone: t("for phones"), large: t("large print"), booklet: t("booklet"), print: t("for a printing house") }[page ?? ""] ?? page ?? "";
}
