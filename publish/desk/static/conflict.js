// Two texts for one sentence: both are shown with their differences, and one is chosen.

import { alarm } from "./announce.js";
import { compareTexts, showPieces } from "./diff.js";
import { button, make, part } from "./dom.js";
import { state } from "./state.js";
import { t } from "./words.js";

/**
 * Show both texts.
 * @param {string} theirs what the file has now
 * @param {string} mine what is in the field
 * @param {{mine: () => void, theirs: () => void, edit: () => void}} answers
 */
export function showConflict(theirs, mine, answers) {
  const box = part("conflict");
  const direction = state.text?.direction ?? "auto";
  box.hidden = false;
  box.replaceChildren(
    make("h3", { text: t("Changed elsewhere while you typed") }),
    make("p", { text: t("Both texts are kept until you choose.") }),
    make("h4", { text: t("In the file now") }),
    make("p", { class: "quoted", dir: direction, text: theirs || t("(empty)") }),
    make("h4", { text: t("Your text, with what differs") }),
    showPieces(compareTexts(theirs, mine), { dir: direction, class: "difference quoted" }),
    make("p", { class: "buttons" },
      button(t("Save my text"), answers.mine),
      button(t("Take the other text"), answers.theirs),
      button(t("Edit on from my text"), answers.edit)),
  );
  alarm(t("This sentence was changed elsewhere while you typed. Both texts are shown; choose one."));
}

/** Take the two texts away. */
export function hideConflict() {
  const box = part("conflict");
  box.hidden = true;
  box.replaceChildren();
}
