// The marks of inline Markdown, as a translator meets them: links by number, notes, emphasis.

/**
 * A mark of a text. What it holds stands between its opening and its closing sign; a note, a line
 * break and the like are one sign and hold nothing.
 * @typedef {object} Mark
 * @property {"link"|"image"|"note"|"strong"|"emphasis"|"code"|"formula"|"break"|"styled"|"escape"} kind
 * @property {string} name what tells it from others of its kind: `1` of `[law](1)`, `a` of `[^a]`
 * @property {number} from
 * @property {number} to
 * @property {number} open the length of its opening sign
 * @property {number} close the length of its closing sign
 */

/** What begins at a place, tried in this order. @type {Array<[string, RegExp]>} */
const SIGNS = [
  ["break", /\\\n/y],
  ["escape", /\\[!-/:-@[-`{-~]/y],
  ["code", /`+/y],
  ["formula", /\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$/y],
  ["note", /\[\^([^\]\s]+)\]/y],
  ["link end", /\]\((\d+)(?:\s[^)]*)?\)/y],
  ["bracket", /!?\[/y],
  ["closing bracket", /\]/y],
  ["tag end", /<\/([a-z]+)>/y],
  ["tag", /<([a-z]+)>/y],
  ["stars", /\*\*?/y],
];

/** Where a sign may begin. */
const BEGINS = /[\\`$[\]!<*]/g;
/** So many signs wait for their end at most: nobody writes more, but somebody may paste them. */
const MOST_OPEN = 100;

/** @typedef {{sign: string, at: number}} Opened */

/**
 * Return the marks of a text in the order in which they begin; one is within another or beside it.
 * @param {string} text @returns {Mark[]}
 */
export function readMarks(text) {
  /** @type {Mark[]} */
  const found = [];
  /** @type {Opened[]} */
  const opened = [];
  /** Runs of backticks without another of their length. @type {Set<number>} */
  const lone = new Set();
  const open = (/** @type {string} */ sign, /** @type {number} */ at) => {
    if (opened.length < MOST_OPEN) opened.push({ sign, at });
  };
  const close = (/** @type {number} */ number, /** @type {Mark} */ mark) => {
    found.push(mark);
    opened.length = number;
  };
  let at = nextAt(text, 0);
  while (at < text.length) {
    const [kind, match] = signAt(text, at);
    if (!match) {
      at = nextAt(text, at + 1);
      continue;
    }
    let [whole, name = ""] = match;
    // Of three stars, that which was opened last is closed first.
    if (text.startsWith("***", at) && opened.at(-1)?.sign === "*") whole = "*";
    let to = at + whole.length;
    if (kind === "bracket") open("[", at);
    else if (kind === "tag") open(`<${name}>`, at);
    else if (kind === "stars") takeStars(text, at, whole, opened, open, close);
    else if (kind === "code") {
      const end = lone.has(whole.length) ? -1 : codeEnd(text, to, whole.length);
      if (end < 0) lone.add(whole.length);
      else {
        found.push({ kind: "code", name: text.slice(to, end), from: at, to: end + whole.length, open: whole.length, close: whole.length });
        to = end + whole.length;
      }
    }
    else if (kind === "closing bracket") {
      const number = opened.findLastIndex((one) => one.sign === "[");
      if (number >= 0) opened.splice(number, 1);
    } else if (kind === "link end" || kind === "tag end") {
      const number = opened.findLastIndex((one) => one.sign === (kind === "tag end" ? `<${name}>` : "["));
      const from = opened[number]?.at;
      if (from !== undefined && kind === "tag end") close(number, { kind: "styled", name, from, to, open: name.length + 2, close: whole.length });
      else if (from !== undefined) {
        const image = text[from] === "!";
        close(number, { kind: image ? "image" : "link", name, from, to, open: image ? 2 : 1, close: whole.length });
      }
    } else found.push(wholeMark(/** @type {any} */ (kind), match, at, to));
    at = nextAt(text, to);
  }
  return found.sort((one, other) => one.from - other.from || other.to - one.to);
}

/** Where the next sign may begin. @param {string} text @param {number} from */
function nextAt(text, from) {
  BEGINS.lastIndex = from;
  return BEGINS.exec(text)?.index ?? text.length;
}

/** Where the run of backticks is that ends code; -1 without one. */
function codeEnd(/** @type {string} */ text, /** @type {number} */ from, /** @type {number} */ length) {
  for (const { 0: run, index } of text.slice(from).matchAll(/`+/g)) if (run.length === length) return from + index;
  return -1;
}

/** @returns {[string, RegExpExecArray|null]} */
function signAt(/** @type {string} */ text, /** @type {number} */ at) {
  for (const [kind, pattern] of SIGNS) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return [kind, match];
  }
  return ["", null];
}

/** Emphasis opens before a word and closes after one. */
function takeStars(/** @type {string} */ text, /** @type {number} */ at, /** @type {string} */ sign, /** @type {Opened[]} */ opened, /** @type {(sign: string, at: number) => void} */ open, /** @type {(number: number, mark: Mark) => void} */ close) {
  const [before, after] = [text[at - 1] ?? " ", text[at + sign.length] ?? " "];
  const number = opened.findLastIndex((one) => one.sign === sign);
  const from = opened[number]?.at;
  if (from !== undefined && !/\s/.test(before) && from + sign.length < at) {
    const kind = sign.length === 2 ? "strong" : "emphasis";
    close(number, { kind, name: "", from, to: at + sign.length, open: sign.length, close: sign.length });
  } else if (!/\s/.test(after)) open(sign, at);
}

/** @returns {Mark} */
function wholeMark(/** @type {"break"|"escape"|"formula"|"note"} */ kind, /** @type {RegExpExecArray} */ match, /** @type {number} */ from, /** @type {number} */ to) {
  if (kind === "formula") return { kind, name: match[1], from, to, open: 1, close: 1 };
  const name = kind === "note" ? match[1] : "";
  return { kind, name, from, to, open: kind === "escape" ? 1 : to - from, close: 0 };
}

/** Marks that every text has its own of: nobody counts them. */
const UNCOUNTED = new Set(["styled", "escape"]);

/** Return the marks that a translation shares with its source. @param {string} text */
export const listMarks = (text) => readMarks(text).filter((one) => !UNCOUNTED.has(one.kind));

const key = (/** @type {Mark} */ mark) => `${mark.kind} ${mark.name}`;

/** Count marks by kind and name. @param {Mark[]} marks */
function counted(marks) {
  const counts = new Map();
  for (const mark of marks) counts.set(key(mark), (counts.get(key(mark)) ?? 0) + 1);
  return counts;
}

/**
 * Compare the marks of a translation with those of its source.
 * @param {string} source
 * @param {string} text
 * @param {Array<{before: string, after: string, count: number}>} [styled] marks such as `<sub>`
 * @returns {Array<{kind: string, name: string, wanted: number, found: number}>} one for each mark of
 *   the source, then those that only the translation has
 */
export function compareMarks(source, text, styled = []) {
  const wanted = counted(listMarks(source));
  const found = counted(listMarks(text));
  const rows = [];
  for (const one of new Set([...wanted.keys(), ...found.keys()])) {
    const [kind, name] = [one.slice(0, one.indexOf(" ")), one.slice(one.indexOf(" ") + 1)];
    rows.push({ kind, name, wanted: wanted.get(one) ?? 0, found: found.get(one) ?? 0 });
  }
  for (const { before, after, count } of styled) {
    rows.push({ kind: "styled", name: `${before}…${after}`, wanted: count, found: text.split(before).length - 1 });
  }
  return rows;
}

/** Links, notes and images without which a reader loses something. */
const BINDING = new Set(["link", "image", "note"]);

/** Return the links, images and notes that a text lost. @param {string} source @param {string} text */
export function lostMarks(source, text) {
  return compareMarks(source, text).filter((one) => BINDING.has(one.kind) && one.found < one.wanted);
}

/** How a mark is written around a chosen text. @param {string} kind @param {string} name @param {string} chosen */
export function writeMark(kind, name, chosen) {
  if (kind === "note") return { text: `${chosen}[^${name}]`, from: chosen.length + name.length + 3 };
  if (kind === "break") return { text: `${chosen}\\\n`, from: chosen.length + 2 };
  if (kind === "link") return { text: `[${chosen}](${name})`, from: 1 };
  if (kind === "image") return { text: `![${chosen}](${name})`, from: 2 };
  if (kind === "formula") return { text: `$${name}$`, from: name.length + 2 };
  if (kind === "code") return { text: `\`${chosen || name}\``, from: 1 };
  if (kind === "styled") {
    const [before, after] = name.split("…");
    return { text: `${before}${chosen}${after}`, from: before.length };
  }
  return kind === "strong" ? { text: `**${chosen}**`, from: 2 } : { text: `*${chosen}*`, from: 1 };
}

/** Return how a mark is shown on its button. @param {string} kind @param {string} name */
export function showMark(kind, name) {
  if (kind === "note") return `[^${name}]`;
  if (kind === "break") return "↵";
  if (kind === "link") return `[…](${name})`;
  if (kind === "image") return `![…](${name})`;
  if (kind === "formula") return `$${name}$`;
  if (kind === "code") return `\`${name}\``;
  if (kind === "styled") return name;
  return kind === "strong" ? "**…**" : "*…*";
}
