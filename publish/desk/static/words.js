// The words of the interface: written in English in the code, shown in the person's language.

const setup = JSON.parse(document.getElementById("desk-setup").textContent);

/**
 * Return an interface string, with the words in braces filled in.
 * @param {string} message in English
 * @param {Record<string, string|number>} [values]
 */
export function t(message, values = {}) {
  const text = setup.words[message] ?? message;
  return text.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** The tag of the interface's language. */
export const language = setup.language;

/** Whether two tags are of one language, as `ru` and `ru-RU` are. @param {string} one @param {string} other */
export const isTongue = (one, other) => one === other || one.split("-")[0] === other.split("-")[0];

// A browser may not know how the language writes days: English ones among its words would mislead, so
// they are written as 2024-06-24, which is what Swedish does.
const known = Intl.DateTimeFormat.supportedLocalesOf(language).length > 0;
const own = known ? language : "sv";
const dateStyle = known ? "medium" : "short";
const numbers = new Intl.NumberFormat(own);
const percents = new Intl.NumberFormat(own, { style: "percent", maximumFractionDigits: 0 });
const days = new Intl.DateTimeFormat(own, { dateStyle, timeZone: "UTC" });
const times = new Intl.DateTimeFormat(own, { dateStyle, timeStyle: "short" });

/** Write a number. @param {number} value */
export const number = (value) => numbers.format(value);

/** Write a share as percents, 100 only if it is whole. @param {number} done @param {number} total */
export function percent(done, total) {
  if (!total) return percents.format(1);
  const share = done / total;
  return percents.format(share < 1 ? Math.min(share, 0.99) : 1);
}

/** Write a time. @param {number} milliseconds */
export const time = (milliseconds) => times.format(new Date(milliseconds));

/** Write a day or a time as the program has it. @param {string} day */
export function showDay(day) {
  const found = Date.parse(day);
  if (Number.isNaN(found)) return day;
  return (day.includes(":") ? times : days).format(new Date(found));
}

/** The words of states, and the sign that goes with each, so that colour never stands alone. */
export const STATES = {
  untranslated: { sign: "○", word: () => t("Not translated") },
  fuzzy: { sign: "≈", word: () => t("Needs work") },
  held: { sign: "⊘", word: () => t("Held back") },
  unreviewed: { sign: "◔", word: () => t("Not reviewed") },
  context: { sign: "◑", word: () => t("Approved; the text around it changed") },
  lapsed: { sign: "◌", word: () => t("Approval has lapsed") },
  rejected: { sign: "✕", word: () => t("Rejected") },
  approved: { sign: "●", word: () => t("Approved") },
};

/** Return the word of a state. @param {string} state */
export const stateWord = (state) => (STATES[state] ? STATES[state].word() : state);

/**
 * Return where a sentence is, as readers cite it: by the number of its paragraph, else by its kind.
 * @param {{kind: string, paragraph: number}|undefined} row
 */
export function placeOf(row) {
  if (!row) return "";
  const kind = t(row.kind);
  if (!row.paragraph) return kind.charAt(0).toLocaleUpperCase(language) + kind.slice(1);
  return row.kind === "paragraph" ? `¶ ${number(row.paragraph)}` : `¶ ${number(row.paragraph)} · ${kind}`;
}

/** Return the sign of a state. @param {string} state */
export const stateSign = (state) => STATES[state]?.sign ?? "·";

/** Return the word of a level of findings. @param {string} level */
export function levelWord(level) {
  if (level === "error") return t("Error");
  return level === "warning" ? t("Warning") : t("Advice");
}
