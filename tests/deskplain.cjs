// What people who have never seen a terminal met at the desk: each scene is a place that was not plain.
"use strict";

const { readFileSync, renameSync, writeFileSync } = require("node:fs");

const catalog = (work) => readFileSync(work.catalog, "utf8");

const edit = (work, from, to) => {
  const text = catalog(work);
  if (!text.includes(from)) throw new Error(`not in the catalog: ${from}`);
  writeFileSync(work.catalog, text.replace(from, to));
};

/** A doubtful sentence is corrected, and the doubt is settled, by keys. */
async function doubt({ open, work }) {
  const desk = await open();
  const source = 'msgid "In village 24 they met teachers and doctors."';
  edit(work, source, `# reviewer: Teachers or pupils?\n${source}`);
  await desk.until(() => document.querySelector("[data-filter=doubtful] .count").textContent === "1");
  const id = await desk.click("In village 24 ");
  const seen = await desk.page.evaluate(() => [document.querySelector("#desk-decisions [data-action=settle]")?.textContent, document.getElementById("desk-aids").textContent]);
  await desk.write("В селе 24 они встретили учеников и врачей.");
  await desk.keys("Alt", "d");
  await desk.until((id) => !location.hash.endsWith(id), id);
  await desk.until(() => document.querySelector("[data-filter=doubtful] .count").textContent === "0");
  return { seen, said: (await desk.look()).said, file: catalog(work) };
}

/** A text that is restored is judged before the next key. */
async function restored({ open, wait }) {
  const first = await open();
  await first.click("In village 25 ");
  await first.write("В селе 77 они встретили учителей и врачей.");
  await first.until(() => document.querySelector("#desk-found .error"));
  await wait(400);
  await first.page.evaluate(() => localStorage.clear());
  await first.page.close();
  const second = await open();
  await second.until(() => document.querySelector("[data-bar=restored]"));
  await second.click("In village 25 ");
  await second.until(() => document.querySelector("#desk-found .error"));
  const seen = await second.look();
  const codes = await second.page.evaluate(() => [...document.querySelectorAll("#desk-found code")].map((one) => [one.textContent, one.checkVisibility()]));
  // It was looked at, and is kept once: its saved text is taken, and nothing is left.
  await second.page.evaluate(() => document.querySelector("#desk-restored button").click());
  await wait(400);
  const left = await second.page.evaluate(async () => (await (await fetch("/api/typed")).json()).typed.filter((one) => one.text.includes("77")).length);
  return { seen, codes, left };
}

/** What is searched for is marked: in the list, on the page, in the source. */
async function hits({ open, wait }) {
  const desk = await open();
  const search = async (words) => {
    await desk.page.evaluate((words) => {
      const field = document.getElementById("desk-search");
      field.value = words;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }, words);
    await wait(300);
    return desk.page.evaluate(() => ({
      list: [...new Set([...document.querySelectorAll("#desk-rows mark")].map((one) => one.textContent))],
      page: [...new Set([...(CSS.highlights.get("desk-hit") ?? [])].map(String))],
      count: document.getElementById("desk-count").textContent,
    }));
  };
  const target = await search("УРОЖАЙ года");
  const source = await search("hárvest".normalize("NFC"));
  const both = await search("harvest полях");
  const decomposed = await search("й".normalize("NFD"));
  const none = await search("");
  return { target, source, both, decomposed, none };
}

/** Two languages side by side have the room that they need. */
async function room({ open, wait }) {
  const found = {};
  for (const width of [1280, 1000, 1600]) {
    const desk = await open({ width, height: 760 });
    await desk.page.click("[data-shows=pair]");
    await desk.until(() => document.querySelector("#page[data-shows=pair] [data-twin]"));
    await wait(150);
    found[width] = await desk.page.evaluate(() => {
      const box = (id) => document.getElementById(id).getBoundingClientRect();
      return { page: box("desk-page-part").width, list: box("desk-list-part").width, panel: box("desk-panel").width,
        columns: [...document.querySelectorAll("#page .pair")].map((one) => one.firstElementChild.getBoundingClientRect().width) };
    });
    if (width < 1600) {
      await desk.page.click("#desk-tabs [data-part=list]");
      found[width].folded = await desk.page.evaluate(() => document.getElementById("desk-list-part").getBoundingClientRect().width);
    }
    await desk.page.evaluate(() => localStorage.removeItem("desk:shows"));
    await desk.page.close();
  }
  return found;
}

/** The folder of the workspace is renamed while somebody works, and gets its name back. */
async function moved({ open, work, wait }) {
  const desk = await open();
  await desk.click("In village 26 ");
  await desk.write("В селе 26");
  await wait(400);
  renameSync(work.root, `${work.root}-2`);
  let bar;
  try {
    // What is typed meanwhile is not written at the old place, which would make the folder anew.
    await desk.page.keyboard.type(" ждут.");
    await wait(600);
    await desk.keys("Control", "s");
    bar = await desk.until(() => document.querySelector("[data-bar=unsaved] p")?.textContent);
  } finally {
    renameSync(`${work.root}-2`, work.root);
  }
  await desk.until(() => document.getElementById("desk-status").textContent === "Saved");
  return { bar, file: catalog(work).includes("В селе 26 ждут.") };
}

/** Refusals and findings are in the person's language; what is not known is marked as English. */
async function spoken({ open }) {
  const desk = await open({ query: "?interface=ar" });
  const told = await desk.page.evaluate(async () => {
    const { tellWhy } = await import(document.querySelector('link[rel=modulepreload][href$="/refusals.js"]').href);
    const tell = (message, hint) => tellWhy({ message, hint }).map((one) => (typeof one === "string" ? one : [one.lang, one.dir, one.textContent]));
    return {
      known: tell("this sentence is not what you saw: somebody changed it meanwhile", "read it again, then decide"),
      filled: tell("a sentence that occurs 3 times cannot be joined to the one before it", ""),
      within: tell("the reviewer: it must not contain an address", ""),
      other: tell("nobody has thought of this", "do that"),
    };
  });
  await desk.click("In village 27 ");
  await desk.write("В селе 78 они встретили учителей и врачей.");
  await desk.until(() => document.querySelector("#desk-found .error details"));
  const found = await desk.page.evaluate(() => {
    const line = document.querySelector("#desk-found .error div");
    return { title: line.children[1].textContent, english: line.querySelector("details [lang=en]")?.textContent, code: line.querySelector("details code").textContent };
  });
  const frame = await desk.page.evaluate(() => ({ html: [document.documentElement.lang, document.documentElement.dir], field: document.getElementById("desk-field").dir, source: document.getElementById("desk-source").dir }));
  return { told, found, frame };
}

module.exports = { doubt, restored, hits, room, moved, spoken };
