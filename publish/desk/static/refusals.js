// What the program refuses, in the words of people at the desk and in their language.  Its own words,
// which are those of the command line too, are in English: what is not listed here stays so, marked.

import { make } from "./dom.js";
import { isTongue, language, t } from "./words.js";

/** The program's words, then those of the desk; words in braces are filled in. @type {Array<[string, string]>} */
const SAID = [
  // who may come in, and how much at once
  ["This browser has not been let in.", t("This browser has not been let in.")],
  ["press Enter in the terminal where publish desk runs, and open the new address", t("Whoever opened the desk gives you a new address: in the terminal, Enter prints one.")],
  ["This page is from before the desk was opened anew.", t("This page is from before the desk was opened anew.")],
  ["load the page again; what was typed is kept", t("Load the page again; what was typed is kept.")],
  ["You are not allowed to do this at this desk.", t("You are not allowed to do this at this desk.")],
  ["ask whoever opened the desk", t("Ask whoever opened the desk.")],
  ["This is too large for the desk.", t("This is too large for the desk.")],
  ["This came too slowly.", t("The network was too slow for this.")],
  ["Too much at once: wait a moment.", t("Too much at once: wait a moment.")],
  ["The desk is busy: wait a moment.", t("The desk is busy: wait a moment.")],
  ["The desk is open in too many tabs: close some.", t("The desk is open in too many tabs: close some.")],
  ["Something went wrong in the program. Nothing that was saved is lost.", t("Something went wrong in the program. Nothing that was saved is lost.")],
  ["load the page again; publish desk --debug prints what happened", t("Load the page again. If it happens once more, tell whoever opened the desk.")],
  ["There is no such address.", t("There is no such address.")],
  ["the folder of this workspace, {name}, is gone or has another name", t("The folder of the documents, {name}, was renamed, moved or deleted while the desk was open.")],
  ["{name} is not in a workspace", t("The folder of the documents, {name}, was renamed, moved or deleted while the desk was open.")],
  ["change to the folder of a workspace, or create one with publish init", t("Give it back its name and place, or close the desk and open it where the folder is now. What you typed is kept in this browser.")],
  ["give it back its name and place, or close the desk and open it where the folder is now", t("Give it back its name and place, or close the desk and open it where the folder is now. What you typed is kept in this browser.")],

  // texts and files that others change
  ["this sentence is not in the document any more", t("This sentence is not in the document any more.")],
  ["load the text again: its source has changed", t("The source has changed: load the page again.")],
  ["another command is writing in this workspace", t("Another command is writing in these documents.")],
  ["wait for its end, then save again; nothing was written yet", t("Wait for its end, then save again. Nothing was written yet.")],
  ["another program saves this catalog again and again", t("Another program saves the same file again and again.")],
  ["close it there, then save again; nothing was written yet", t("Close it there, then save again. Nothing was written yet.")],
  ["the catalog does not have this sentence of its source", t("The translations do not have this sentence of the source yet.")],
  ["update the catalog, as publish update does; the translations are kept", t("Whoever opened the desk updates them under “Work”. All translations are kept.")],
  ["the catalog lacks {count} of its source", t("The translations lack sentences of the source: it has changed.")],
  ["run publish update, then review the sentences", t("Whoever opened the desk updates them under “Work”; then go on.")],
  ["there is no catalog {file}", t("This text has no translations in this language yet.")],
  ["create it with publish update", t("Whoever opened the desk makes the file for them under “Work”, “Update catalogs”.")],
  ["this entry has plural forms, which no sentence of a document needs", t("Another program has given this sentence plural forms, which it does not need.")],
  ["delete msgid_plural and all forms but the first, in another program", t("Delete all forms but the first in that program.")],
  ["the file is empty: its translations are gone", t("The file of the translations is empty.")],
  ["restore it from git, or delete it to start again", t("Whoever opened the desk can restore it from git or from a copy.")],
  ["No space left on device: {file}", t("The disk is full: {file} could not be written.")],
  ["free some space on that disk and run the command again; no file is half written", t("Free some space on it, then do it again. No file is half written.")],
  ["Permission denied: {file}", t("The desk may not write the file {file}.")],
  ["Read-only file system: {file}", t("The disk may not be written: {file}.")],
  ["check who owns the file and its folder, and whether you may write to them", t("Whoever opened the desk should look who owns it.")],

  // what is saved
  ["the text has a character that no file can have (U+{code}, after {count} others)", t("The text has a character that no file can have. It stands after {count} others.")],
  ["delete it, then save again", t("Delete it, then save again.")],
  ["{joined} has no meaning in the source's own language", t("{joined} has no meaning in the language of the source.")],
  ["write the sentence as it should read, or leave it empty", t("Write the sentence as it should read, or leave it empty.")],
  ["the first sentence of a paragraph has none before it to be joined to", t("The first sentence of a paragraph has none before it to be joined to.")],
  ["a sentence that occurs {count} times cannot be joined to the one before it", t("A sentence that stands in {count} places cannot be joined to the one before it.")],
  ["translate this sentence", t("Translate it on its own.")],
  ["there is nothing to undo in this sentence", t("There is nothing to take back in this sentence.")],
  ["so much is typed and not saved that no more can be kept here", t("So much is typed and not saved that no more can be kept here.")],
  ["save or drop some of it", t("Save some of it, or take the saved texts.")],

  // decisions
  ["this sentence is not what you saw: somebody changed it meanwhile", t("Somebody changed this sentence meanwhile: it is not what you saw.")],
  ["read it again, then decide", t("Read it again, then decide.")],
  ["read it again; perhaps it says now what you propose", t("Read it again; perhaps it says now what you propose.")],
  ["the original is not reviewed sentence by sentence", t("The source is not reviewed sentence by sentence.")],
  ["correct it instead", t("Correct it instead.")],
  ["a rejection needs a reason", t("A rejection needs a reason.")],
  ["write what you ask", t("Write what you ask.")],
  ["say it in one line", t("Say it in one line.")],
  ["this sentence is joined to none before it, so there is no text to decide on", t("This sentence is joined to none before it, so there is no text to decide on.")],
  ["translate it", t("Translate it.")],
  ["this text was not imported, or it was accepted before", t("This text was not imported, or somebody confirmed it before.")],
  ["approve it instead", t("Approve it instead.")],
  ["this text is not accepted: it has errors", t("This text cannot be confirmed: it has errors.")],
  ["correct it", t("Correct them first.")],
  ["{place} is not approved: it has errors", t("This sentence cannot be approved: it has errors.")],
  ["fix them; if the text is right, accept a finding with the comment # ok: CODE", t("They stand under “Findings”. Correct the text, or reject it and say why.")],
  ["{place}: it is not translated", t("This sentence is not translated.")],
  ["{place}: it is not confirmed (fuzzy)", t("This translation still needs work.")],
  ["have a translator translate and confirm it first", t("A translator has to translate or confirm it first.")],
  ["the checks of this text still run", t("The checks of this text still run.")],
  ["approve it in a minute", t("Approve it in a minute.")],
  ["there is no approval to renew: none was given for it, or it holds", t("There is no approval to renew: none was given, or it holds.")],
  ["approve the sentence instead", t("Approve the sentence instead.")],
  ["the reviewer: {why}", t("The name under which you decide: {why}")],
  ["--as ROLE, a role or a pseudonym such as editor or second-reader: the ledger is passed on with the catalogs", t("Write a role or a pseudonym such as editor, not your name: it is passed on with the translations.")],
  ["the reason: {why}", t("The reason: {why}")],
  ["no name is given", t("none is given.")],
  ["it begins or ends with a space", t("it begins or ends with a space.")],
  ["it must not contain an address", t("it must not contain an address.")],
  ["it is longer than {count} characters", t("it has more than {count} letters.")],
  ["it has characters other than letters, digits, spaces, hyphens and full stops", t("only letters, digits, spaces, hyphens and full stops can stand in it.")],
  ["it has a line break or an invisible character", t("it has a line break or an invisible character.")],
  ["a spreadsheet would read it as a formula: begin with a word", t("begin with a word: a spreadsheet would take it for a formula.")],

  // proposals and questions
  ["this is the text that is there", t("This is the text that is there already.")],
  ["change it, then propose it", t("Change it, then propose it.")],
  ["there are {count} proposals for this sentence", t("There are {count} proposals for this sentence already.")],
  ["wait until a translator has decided on these", t("Wait until a translator has decided on these.")],
  ["the remark has a line break or an invisible character", t("The remark has a line break or an invisible character.")],
  ["write it on one line", t("Write it on one line.")],
  ["nothing is proposed", t("Nothing is proposed yet.")],
  ["write the text that you propose", t("Write the text that you propose.")],
  ["this has more than {count} characters", t("This has more than {count} letters.")],
  ["shorten it", t("Shorten it.")],
  ["a text is hidden here, in tag characters (U+E0000 to U+E007F)", t("A text is hidden here, in letters that nobody sees.")],
  ["type it again", t("Type it again.")],
  ["this proposal is not there any more", t("This proposal is not there any more.")],
  ["read the sentence again", t("Read the sentence again.")],

  // pages, history, files
  ["the pages of other texts are being read now", t("The pages of other texts are being read now.")],
  ["wait a moment, then open these again", t("Wait a moment, then open these again.")],
  ["these pages are not open", t("These pages are not open any more.")],
  ["load the page again", t("Load the page again.")],
  ["load the text again", t("Load the page again.")],
  ["reload the page", t("Load the page again.")],
  ["this sentence has no row", t("This sentence is not listed.")],
  ["there is no page {number}", t("There is no page {number}.")],
  ["page {number} cannot be drawn", t("Page {number} cannot be drawn.")],
  ["the document has no such image", t("The document has no such image.")],
  ["git has no commit before {day}", t("The history does not go back to {day}.")],
  ["choose a later day", t("Choose a later day.")],
  ["git knows no revision {name}", t("The history knows no {name}.")],
  ["name a commit, a tag or a branch of this workspace's repository", t("Write a day such as 2024-06-24, or a commit.")],
  ["this file is not there any more", t("This file is not there any more.")],
  ["make it again", t("Make it again.")],
  ["the file is empty", t("The file is empty.")],
  ["the file is not here", t("The file did not arrive.")],
  ["send it again", t("Send it again.")],
  ["too much is waiting already", t("Too much is waiting already.")],
  ["wait until some of it is done", t("Wait until some of it is done.")],
  ["this has ended already", t("This has ended already.")],
  ["the process that did this died", t("This was cut off before its end.")],
  ["it may have run out of memory: close other programs, and try again", t("The memory may not have been enough: close other programs, and try again.")],
  ["this takes more memory than there is", t("This takes more memory than there is.")],
  ["close other programs", t("Close other programs.")],
  ["this is a fault in the program, not in your files; what was written is whole", t("This is a fault of the program, not of your files. What was written is whole.")],

  // links
  ["{text} does not say who may do what", t("{text} does not say who may do what.")],
  ["the name of a link: {why}", t("The name of a link: {why}")],
  ["write a role or a pseudonym", t("Write a role or a pseudonym.")],
  ["there are {count} links, no more can be made", t("There are {count} links already, no more can be made.")],
  ["withdraw some of them", t("Withdraw some of them.")],
  ["{name} is the name of whoever opened this desk", t("{name} is the name of whoever opened this desk.")],
  ["choose another name for the link", t("Choose another name for the link.")],
  ["there is a link for {name} already", t("There is a link for {name} already.")],
  ["withdraw it first, or choose another name", t("Withdraw it first, or choose another name.")],
  ["there is no such link", t("There is no such link.")],
  ["it may have been withdrawn already", t("It may have been withdrawn already.")],
  ["this desk is not shared", t("This desk is not open to others.")],
  ["open it with publish desk --share", t("To let others in, close it and open it with: publish desk --share")],
];

const WORD = /\{\w+\}/g;

/** @param {string} text */
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @type {Array<{pattern: RegExp, names: string[], words: string}>|null} */
let patterns = null;

function readPatterns() {
  patterns ??= SAID.map(([text, words]) => ({
    pattern: new RegExp(`^${text.split(WORD).map(escaped).join("([^]*?)")}$`),
    names: (text.match(WORD) ?? []).map((one) => one.slice(1, -1)),
    words,
  }));
  return patterns;
}

/** Return what the program says in the words of the desk, null if they are not known. @param {string} text */
export function sayAgain(text) {
  for (const { pattern, names, words } of readPatterns()) {
    const found = pattern.exec(text);
    if (!found) continue;
    const values = new Map(names.map((name, at) => [name, sayAgain(found[at + 1]) ?? found[at + 1]]));
    return words.replace(/\{(\w+)\}/g, (whole, name) => values.get(name) ?? whole);
  }
  return null;
}

/** A sentence as people write it: with a capital letter, and a full stop. @param {string} text */
const sentence = (text) => (text ? `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?…:]$/.test(text) ? "" : "."}` : "");

/** @param {string} text @returns {string|HTMLElement} */
function spoken(text) {
  const known = sayAgain(text);
  if (known !== null) return known;
  return isTongue(language, "en") ? sentence(text) : make("span", { lang: "en", dir: "ltr", text: sentence(text) });
}

/**
 * Return why something was refused, and what to do, as text and elements; what the program says in
 * English only is marked.
 * @param {{message: string, hint?: string}} error
 * @param {string} [frame] an interface string with `{reason}` in it
 * @returns {Array<string|HTMLElement>}
 */
export function tellWhy(error, frame = "{reason}") {
  const [before, after = ""] = frame.split("{reason}");
  if (error instanceof Error && !("status" in error)) return [frame.replace("{reason}", error.message)];  // Said by the desk itself.
  const own = /^HTTP \d+$/.test(error.message) ? [t("The program does not answer. It may have been closed.")] : [error.message, error.hint ?? ""].filter(Boolean).map(spoken);
  const pieces = [before, ...own.flatMap((one, at) => (at ? [" ", one] : [one])), after];
  return pieces.filter((one) => one !== "");
}
