// The field that shows marks as such: it holds the letters that the plain field holds.
"use strict";

const { readFileSync } = require("node:fs");

const PIECES = ["слово", "ab", " ", "  ", "*", "**", "***", "[", "](1)", "](2 \"t\")", "![", "[^a]", "\\", "\\*", "\n", "\\\n", "`", "$x$", "<sub>", "</sub>", "\u00a0",
  "\u200b", "\u2060", "\u0301", "é", "👩‍👩‍👧", "שלום", "مرحبا", "<b>", "&amp;", "{joined}", "[law](1)", "**bold**", "*it*", "H<sub>2</sub>O"];

/** Numbers that are the same at every run. */
function chance(seed) {
  return (most) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return Math.floor((seed / 2 ** 32) * most);
  };
}

const texts = (count, pick) => Array.from({ length: count }, () => Array.from({ length: 1 + pick(9) }, () => PIECES[pick(PIECES.length)]).join(""));

/** The modules that the page runs, to ask them of many texts. */
const modules = (desk) => desk.page.evaluate(() => {
  const address = (name) => document.querySelector(`link[rel=modulepreload][href$="/${name}.js"]`).href;
  window.modules = Promise.all(["field", "richtext", "marks"].map((name) => import(address(name))));
  return window.modules.then(() => true);
});

const spot = (desk, from, to) => desk.page.evaluate(async (from, to) => {
  const [field] = await window.modules;
  field.focusField();
  field.chooseLetters(from, to);
}, from, to);

const look = (desk) => desk.page.evaluate(() => ({ text: document.getElementById("desk-field").value, rich: document.getElementById("desk-rich").textContent }));

/** Every text has the same letters in both views, also after one is exchanged for the other. */
async function letters(desk, all) {
  return desk.page.evaluate(async (all) => {
    const [field] = await window.modules;
    const wrong = [];
    for (const text of all) {
      field.setText(text, true);
      field.showMarks("[law](1)[^a]", { 1: "https://example.org/law" });
      const [kept, shown] = [field.field().value, document.getElementById("desk-rich").textContent];
      field.switchField();
      field.switchField();
      const again = [field.field().value, document.getElementById("desk-rich").textContent];
      if ([kept, shown, ...again].some((one) => one !== text)) wrong.push([text, kept, shown, ...again]);
    }
    return wrong;
  }, all);
}

/** What is cut out of a text takes no letter beside it, and no link, note or emphasis that goes on. */
async function cuts(desk, all, picks) {
  return desk.page.evaluate(async (all, picks) => {
    const [, { cutOut }, { readMarks }] = await window.modules;
    const wrong = [];
    for (const [number, text] of all.entries()) {
      const [one, other] = [picks[2 * number] % (text.length + 1), picks[2 * number + 1] % (text.length + 1)];
      const [from, to] = [Math.min(one, other), Math.max(one, other)];
      for (const words of ["", "X"]) {
        const marks = readMarks(text);
        const signs = marks.flatMap((own) => [[own.from, own.from + own.open], [own.to - own.close, own.to]]);
        const isSign = (at) => signs.some(([start, end]) => start <= at && at < end);
        const done = cutOut(text, from, to, words).text;
        // All that is no sign stands as it stood: before the words, and after them.
        const plain = [...text].length && Array.from({ length: text.length }, (_, at) => at).filter((at) => !isSign(at));
        const before = plain.filter((at) => at < from).map((at) => text[at]).join("");
        const after = plain.filter((at) => at >= to).map((at) => text[at]).join("");
        let at = 0;
        for (const letter of before + words + after) {
          at = done.indexOf(letter, at) + 1;
          if (!at) break;
        }
        const part = marks.filter((own) => own.close && plain.some((at) => own.from < at && at < own.to && (at < from || to <= at)));
        const kept = part.every((own) => done.includes(text.slice(own.from, own.from + own.open)) && done.includes(text.slice(own.to - own.close, own.to)));
        if ((!at && before + words + after) || !kept) wrong.push([text, from, to, words, done]);
        const far = signs.every(([start, end]) => end <= from || to <= start) && !marks.some((own) => own.close && from <= own.from + own.open && own.to - own.close <= to);
        if (far && done !== text.slice(0, from) + words + text.slice(to)) wrong.push(["other", text, from, to, words, done]);
      }
    }
    return wrong;
  }, all, picks);
}

/** The same keys in both views make the same text, where no sign of a mark is struck out. */
async function keyed(desk, pick) {
  const found = [];
  for (const start of ["", "Слово [закон](1) и *примечание*.[^a]", "مرحبا **بكم** هنا", "a\\\nb H<sub>2</sub>O", "one two"]) {
    const steps = Array.from({ length: 6 }, () => [pick(start.length + 1), ["x", "*", "Enter", "q", " ", "["][pick(6)], pick(2)]);
    const both = [];
    for (const view of ["plain", "rich"]) {
      await desk.page.evaluate(async (view, start) => {
        const [field, { signsOf }] = await window.modules;
        if (document.body.dataset.field !== view) field.switchField();
        field.replaceText(start);
        window.free = (at) => !signsOf(field.field().value).some(([one, other]) => one < at && at < other);
      }, view, start);
      for (const [at, key, takes] of steps) {
        if (!(await desk.page.evaluate((at) => window.free(at), at))) continue;
        await spot(desk, at, at);
        await desk.page.keyboard.press(key);
        if (takes && key !== "*" && key !== "[") await desk.page.keyboard.press("Backspace");
      }
      both.push(await look(desk));
    }
    found.push({ start, steps, plain: both[0].text, rich: both[1].text, shown: both[1].rich });
  }
  return found;
}

/** The field with marks as such: its letters, its keys, an input method, the clipboard, undo, a save. */
async function rich({ open, work, wait }) {
  const desk = await open();
  const pick = chance(7);
  await desk.click("In village 21 ");
  await modules(desk);
  await desk.keys("Alt", "t");
  const view = await desk.page.evaluate(() => document.body.dataset.field);
  const wrong = await letters(desk, texts(400, pick));
  const cut = await cuts(desk, texts(600, pick), Array.from({ length: 1200 }, () => pick(1 << 20)));
  const same = await keyed(desk, pick);
  const load = async (text) => {
    await desk.page.evaluate(async (text) => {
      const [field] = await window.modules;
      field.replaceText(text);
    }, text);
  };
  const told = {};
  // A letter beside a sign is taken, the sign is not; a note goes as a whole.
  await load("В [законе](1) и **речи**.[^a]");
  await spot(desk, 13, 13);
  await desk.page.keyboard.press("Backspace");
  told.back = (await look(desk)).text;
  await desk.keys("Control", "End");
  await desk.page.keyboard.press("Backspace");
  told.note = (await look(desk)).text;
  await desk.keys("Control", "z");
  told.undone = (await look(desk)).text;
  await desk.keys("Control", "Shift", "z");
  told.redone = (await look(desk)).text;
  // What an input method composes, and what is pasted.
  await load("**да** нет");
  await spot(desk, 4, 4);
  const client = await desk.page.createCDPSession();
  await client.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await client.send("Input.insertText", { text: "日本" });
  told.composed = await look(desk);
  await desk.page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "раз\r\nдва");
    data.setData("text/html", "<b onclick='window.ran=1'>раз</b>");
    document.activeElement.dispatchEvent(new InputEvent("beforeinput", { inputType: "insertFromPaste", dataTransfer: data, bubbles: true, cancelable: true }));
  });
  told.pasted = await look(desk);
  // Emphasis is set and taken by its key.
  await load("один два");
  await spot(desk, 5, 8);
  await desk.keys("Control", "b");
  told.bold = await desk.page.evaluate(() => [document.getElementById("desk-field").value, document.querySelector("#desk-rich strong")?.textContent]);
  await spot(desk, 8, 9);
  await desk.keys("Control", "b");
  told.bare = (await look(desk)).text;
  await load("В селе 21 они *встретили* всех.");
  await desk.keys("Control", "s");
  await desk.until(() => document.getElementById("desk-status").textContent === "Saved");
  told.file = readFileSync(work.catalog, "utf8").includes('msgstr "В селе 21 они *встретили* всех."');
  told.axe = await require("./desklooks.cjs").judge(desk, work);
  // A note that is struck out is missed at once.
  await desk.click("See the law");
  await desk.keys("Control", "End");
  await desk.page.keyboard.press("Backspace");
  told.lost = (await desk.look()).lost;
  await desk.keys("Control", "z");
  // The choice is kept.
  await desk.page.reload();
  await desk.until(() => document.querySelector("#page [data-unit][aria-current]"));
  told.kept = await desk.page.evaluate(() => [document.body.dataset.field, document.getElementById("desk-rich").hidden, document.getElementById("desk-field").hidden]);
  await desk.keys("Alt", "t");
  await wait(50);
  return { view, wrong, cut, same, ...told };
}

module.exports = { rich };
