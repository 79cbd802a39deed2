// What the person may do here: the program decides, this hides what would be refused.

import { state } from "./state.js";

/** @param {string} what @param {string} tag */
function has(what, tag) {
  const rights = state.workspace?.person?.rights ?? [];
  if (state.workspace?.readOnly && what !== "read") return false;
  if (Array.isArray(rights)) {
    return rights.some((one) => one === "all" || one === what || one === `${what} ${tag}`
      || one === `${what}:${tag}`);
  }
  const given = rights[what];
  if (rights.all) return true;
  return given === true || (Array.isArray(given) && (given.includes(tag) || given.includes("*")));
}

/** Whether translations into this language may be saved. @param {string} tag */
export const mayTranslate = (tag) => has("translate", tag);

/** Whether sentences in this language may be approved and rejected. @param {string} tag */
export const mayReview = (tag) => has("review", tag);

/** Whether another wording may be proposed. @param {string} tag */
export const mayPropose = (tag) => has("propose", tag) || mayTranslate(tag);

/** @type {{workspace: any, tag: string, translates: boolean, reviews: boolean}} */
let asked = { workspace: null, tag: "", translates: false, reviews: false };

/** What may be done in a language, asked once for all rows of a text. @param {string} tag */
function known(tag) {
  const workspace = state.workspace;
  if (asked.workspace !== workspace || asked.tag !== tag) asked = { workspace, tag, translates: mayTranslate(tag), reviews: mayReview(tag) };
  return asked;
}

/**
 * Whether a sentence waits for this person: for a reviewer what is to be reviewed, for a translator all
 * else, and what others asked or proposed.
 * @param {import("./state.js").Row} row
 * @param {string} [tag] the language of the open text
 */
export function needsMe(row, tag = state.text?.language ?? "") {
  const { translates, reviews } = known(tag);
  if (translates && row.questions + row.proposals > 0) return true;
  return row.needs.some((one) => (one === "review" ? reviews : translates));
}

/** Whether anything can wait for this person in a language. @param {string} tag */
export const works = (tag) => mayTranslate(tag) || mayReview(tag);

/** Whether this is whoever opened the desk. */
export const isOwner = () => (state.workspace?.person?.rights ?? []).includes("all");

/** Whether builds, kits and imports may be begun here. */
export const mayWork = () => isOwner() && !state.workspace?.readOnly;
