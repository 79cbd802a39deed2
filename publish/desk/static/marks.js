// The marks of inline Markdown, as a translator meets them: links by number, notes, emphasis.

/**
 * @typedef {object} Mark
 * @property {"link"|"image"|"note"|"strong"|"emphasis"|"code"|"formula"} kind
 * @property {string} name what tells it from others of its kind: `1` of `[law](1)`, `a` of `[^a]`
 * @property {number} from
 * @property {number} to
 */

const MARKS = [
  ["note", /\[\^([^\]\s]+)\]/g],
  ["image", /!\[[^\]]*\]\((\d+)[^)]*\)/g],
  ["link", /\]\((\d+)(?:\s[^)]*)?\)/g],
  ["formula", /(?<![\\$])\$(?!\s)((?:\\.|[^$\\])+?)(?<!\s)\$/g],
  ["code", /(?<!`)`([^`]+)`(?!`)/g],
  ["strong", /(?<![\\*])\*\*(?=\S)()(?:[^*]|\*(?!\*))+?\*\*/g],
  ["emphasis", /(?<![\\*])\*(?=[^\s*])()(?:\*\*[^*]+\*\*|[^*])+?(?<=[^\s\\])\*(?!\*)/g],
];

/** Return the marks of a text, in the order of their kinds. @param {string} text @returns {Mark[]} */
export function listMarks(text) {
  const found = [];
  for (const [kind, pattern] of MARKS) {
    for (const match of text.matchAll(pattern)) {
      if (kind === "link" && text.lastIndexOf("![", match.index) > text.lastIndexOf("](", match.index - 1)) continue;
      // A link begins where its words do.
      const from = kind === "link" ? Math.max(0, text.lastIndexOf("[", match.index)) : match.index;
      found.push({ kind, name: match[1] ?? "", from, to: match.index + match[0].length });
    }
  }
  return found;
}

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
  if (kind === "link") return `[…](${name})`;
  if (kind === "image") return `![…](${name})`;
  if (kind === "formula") return `$${name}$`;
  if (kind === "code") return `\`${name}\``;
  if (kind === "styled") return name;
  return kind === "strong" ? "**…**" : "*…*";
}
