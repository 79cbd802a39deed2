// Looks at every view of the desk: axe, what sticks out, what keys reach, what is drawn.
"use strict";

const { readFileSync } = require("node:fs");

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** The views: what is clicked after the desk is open. */
const VIEWS = {
  workspace: { hash: "#/" },
  text: {},
  source: { click: "[data-shows=source]" },
  interleaved: { click: "[data-shows=interleaved]" },
  pair: { click: "[data-shows=pair]" },
  pdf: { click: "[data-shows=pdf]" },
  help: { click: "#desk-help-open" },
  sections: { click: "#desk-sections-open" },
  reject: { click: "[data-action=reject]" },
  filtered: { click: "[data-filter=changed]" },
  work: { hash: "#/work" },
  phoneWork: { hash: "#/work", width: 320 },
  phoneList: { click: "#desk-tabs [data-part=list]", width: 320 },
  phonePage: { click: "#desk-tabs [data-part=page]", width: 320 },
  phoneSentence: { click: "#desk-tabs [data-part=panel]", width: 320 },
  phoneWorkspace: { hash: "#/", width: 320 },
};

/** What axe finds in every view, and what sticks out to the side. */
async function looks({ open, work, wait }) {
  const found = {};
  for (const language of work.languages) {
    for (const scheme of work.schemes) {
      for (const [name, { hash = "#/r/ru", click, width = 1400 }] of Object.entries(VIEWS)) {
        if (work.views && !work.views.includes(name)) continue;
        const desk = await open({ hash, width, scheme, query: `?interface=${language}` });
        await desk.page.evaluate(() => localStorage.removeItem("desk:shows"));
        await wait(150);
        if (click) await desk.page.click(click);
        await wait(150);
        const faults = await judge(desk, work);
        const lang = await desk.page.evaluate(() => [document.documentElement.lang, document.documentElement.dir]);
        found[`${name} ${language} ${scheme}`] = { faults, lang };
        if (work.shots) await desk.page.screenshot({ path: `${work.shots}/${name}-${language}-${scheme}.png` });
        await desk.page.evaluate(() => localStorage.removeItem("desk:shows"));
        await desk.page.close();
      }
    }
  }
  return found;
}

async function judge(desk, work) {
  await desk.page.evaluate(`{${readFileSync(`${work.modules}/axe-core/axe.min.js`, "utf8")}}`);
  return desk.page.evaluate(async (tags) => {
    const told = await window.axe.run(document, { runOnly: tags });
    if (told.passes.length < 15) throw new Error("axe looked at nothing");
    const wide = document.documentElement.scrollWidth > document.documentElement.clientWidth ? ["sticks out"] : [];
    return [...told.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`), ...wide];
  }, TAGS);
}

/** The list: by keys, by filters; only the rows in sight are made. */
async function list({ open, wait }) {
  const desk = await open();
  const shown = () => desk.page.evaluate(() => ({
    made: document.querySelectorAll("#desk-rows [role=option]").length,
    count: document.getElementById("desk-count").textContent,
    size: document.querySelector("#desk-rows [role=option]")?.getAttribute("aria-setsize"),
    active: document.getElementById(document.getElementById("desk-list").getAttribute("aria-activedescendant"))?.textContent ?? "",
    id: location.hash.split("/")[3],
  }));
  await desk.page.focus("#desk-list");
  await desk.page.keyboard.press("Home");
  const first = await shown();
  await desk.page.keyboard.press("End");
  await wait(100);
  const last = await shown();
  await desk.page.keyboard.press("ArrowUp");
  const upper = await shown();
  await desk.page.keyboard.press("/");
  const search = (await desk.look()).focus;
  await desk.page.keyboard.type("teachers 17");
  await wait(50);
  const source = await shown();
  await desk.page.evaluate(() => { document.getElementById("desk-search").value = ""; });
  await desk.page.keyboard.type("СЕЛЕ 18");
  await wait(50);
  const target = await shown();
  await desk.keys("Control", "a");
  await desk.page.keyboard.press("Backspace");
  await desk.page.select("#desk-by-state", "fuzzy");
  const fuzzy = await shown();
  await desk.page.select("#desk-by-state", "");
  await desk.page.select("#desk-by-place", "part-2");
  const part = await shown();
  return { first, last, upper, search, source, target, fuzzy, part };
}

/** The pages of the PDF: a click finds the sentence, and the sentence its place. */
async function pdf({ open, wait }) {
  const desk = await open();
  desk.patience = 60000;
  await desk.page.click("[data-shows=pdf]");
  await desk.until(() => document.querySelector("#desk-pdf .sheet img")?.naturalWidth > 100);
  const told = await desk.page.evaluate(async () => (await fetch("/api/pdf/r/ru")).json());
  const id = await desk.id("In village 2 ");
  const [box] = told.boxes[id];
  await desk.page.evaluate((page) => document.querySelectorAll("#desk-pdf .sheet")[page].scrollIntoView(), box.page);
  await wait(300);
  const spot = await desk.page.evaluate((box) => {
    const sheet = document.querySelectorAll("#desk-pdf .sheet")[box.page].getBoundingClientRect();
    return [sheet.left + (box.x + box.width / 2) * sheet.width, sheet.top + (box.y + box.height / 2) * sheet.height];
  }, box);
  if (spot[1] > 800) {
    await desk.page.evaluate((down) => { document.getElementById("desk-pdf").scrollTop += down; }, spot[1] - 400);
    spot[1] = 400;
  }
  await desk.page.mouse.click(...spot);
  await desk.shown(id);
  const clicked = await desk.look();
  // A save lays the pages out anew: the picture is exchanged, and nothing moves.
  const picture = () => desk.page.evaluate((page) => [document.querySelectorAll("#desk-pdf .sheet")[page].querySelector("img").src, document.getElementById("desk-pdf").scrollTop], box.page);
  const [before, place] = await picture();
  await desk.write("В селе 2 они встретили учителей, врачей и водителей.");
  const start = Date.now();
  await desk.keys("Control", "s");
  await desk.until(([page, src]) => document.querySelectorAll("#desk-pdf .sheet")[page].querySelector("img").src !== src, [box.page, before]);
  const took = Date.now() - start;
  const moved = (await picture())[1] - place;
  await desk.keys("Alt", "ArrowDown");
  await desk.until((id) => !location.hash.endsWith(id), id);
  const targets = await desk.page.evaluate(() => [...document.querySelectorAll("#desk-pdf .target")].filter((one) => {
    const { top, bottom, height } = one.getBoundingClientRect();
    return height > 3 && top > 0 && bottom < innerHeight;
  }).length);
  return { id, clicked, took, moved, targets, next: await desk.look() };
}

/** A text that would be code if it were put in as anything but text. */
async function hostile({ open, work }) {
  const desk = await open();
  const found = [];
  for (const text of work.texts) {
    await desk.click("In village 14 ");
    await desk.write(text);
    await desk.keys("Control", "s");
    await desk.keys("Control", "s");
    await desk.until(() => ["Saved", "Not saved yet"].includes(document.getElementById("desk-status").textContent));
    found.push(await desk.page.evaluate(() => [
      ...document.querySelectorAll("script:not([src]):not([type='application/json']), iframe, object, embed, [onerror], [onload], [onclick], a[href^='javascript:']"),
    ].map((one) => one.outerHTML)));
  }
  return { found, ran: await desk.page.evaluate(() => window.ran ?? 0) };
}

/** How long a save takes, from the key to the paint of the changed page, in milliseconds. */
async function latency({ open, work, wait }) {
  const desk = await open({ hash: work.hash, patience: 90000 });
  await desk.page.evaluate(() => {
    window.took = [];
    let start = 0;
    document.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.ctrlKey) start = event.timeStamp;
    }, true);
    const painted = () => requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => {
        window.took.push(performance.now() - start);
        start = 0;
      };
      channel.port2.postMessage(null);
    });
    new MutationObserver((changes) => {
      if (start && changes.some((one) => one.addedNodes.length)) painted();
    }).observe(document.getElementById("page"), { childList: true, subtree: true });
  });
  const ids = await desk.page.evaluate(async () => {
    const [, name, tag] = location.hash.split("/");
    const { rows } = await (await fetch(`/api/text/${name}/${tag}`)).json();
    return rows.filter((row) => row.kind === "paragraph").map((row) => row.id);
  });
  const step = Math.max(1, Math.floor(ids.length / work.saves));
  for (let number = 0; number < work.saves; number++) {
    const id = ids[(number * step) % ids.length];
    await desk.page.evaluate((id) => { location.hash = location.hash.split("/").slice(0, 3).concat(id).join("/"); }, id);
    await desk.shown(id);
    await desk.page.focus("#desk-field");
    await desk.keys("Control", "End");
    await desk.page.keyboard.type(` ${number}.`);
    await wait(work.pause);
    const before = await desk.page.evaluate(() => window.took.length);
    await desk.keys("Control", "Enter");
    await desk.until((before) => window.took.length > before, before);
  }
  // The part of it that the program took, as the browser saw it.
  const asked = await desk.page.evaluate(() => performance.getEntriesByType("resource")
    .filter((one) => one.name.endsWith("/api/save")).map((one) => one.duration));
  return { took: await desk.page.evaluate(() => window.took), asked, rows: ids.length };
}

/** How long opening takes: from the address to the first page, and the list of documents. */
async function opening({ open, work }) {
  const measure = async (hash, test) => {
    const start = Date.now();
    const desk = await open({ hash, patience: 90000 });
    await desk.until(test);
    return Date.now() - start;
  };
  return {
    documents: await measure("#/", () => document.querySelectorAll(".document").length),
    page: await measure(work.hash, () => document.querySelector("#page [data-unit][data-state]")),
    workspace: await measure("#/", () => document.querySelector(".document")),
  };
}

module.exports = { judge, latency, opening, looks, list, pdf, hostile };
