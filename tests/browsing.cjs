// Opens the pages named on stdin and tells on stdout how each looks: see tests/browsing.py.
"use strict";

const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");

const work = JSON.parse(readFileSync(0, "utf8"));
const puppeteer = createRequire(`${work.modules}/x.js`)("puppeteer-core");

// How readers show a book: as it is; dark as the system asks for; dark by colours of their own.
const WAYS = {
  day: { scheme: "light", css: ":root { background: #fff }" },
  night: { scheme: "dark", css: ":root { color-scheme: light dark; background: Canvas }" },
  // A page of HTML, which knows day and night itself.
  light: { scheme: "light", css: "" },
  dark: { scheme: "dark", css: "" },
  theme: { scheme: "light", css: "body { background: #121212 !important; color: #ddd !important }" },
};

function seen() {
  const shown = (e) => `${e.localName}.${e.className}: ${e.textContent.trim().slice(0, 40)}`;
  const room = document.documentElement.clientWidth;
  const boxes = ".table, div.formula";
  const scrolls = (e) => e.closest(boxes) && !e.matches(boxes);
  const all = [...document.body.querySelectorAll("*")].filter((e) => e.getClientRects().length);
  const wide = all.filter((e) => e.getBoundingClientRect().right > room + 1 && !scrolls(e));
  wide.push(...all.filter((e) => e.getBoundingClientRect().left < -1 && !scrolls(e)));
  if (document.documentElement.scrollWidth > room) wide.push(document.body);

  const parts = (colour) => colour.match(/[\d.]+/g).map(Number);
  const channel = (c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  const luminance = ([r, g, b]) =>
    0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (e) => {
    for (; e; e = e.parentElement) {
      const found = parts(getComputedStyle(e).backgroundColor);
      if (found.length === 3 || found[3] === 1) return found;
    }
    return [255, 255, 255];
  };
  const contrast = (e) => {
    const ink = luminance(parts(getComputedStyle(e).color));
    const paper = luminance(ground(e));
    return (Math.max(ink, paper) + 0.05) / (Math.min(ink, paper) + 0.05);
  };
  const texts = all.filter((e) =>
    [...e.childNodes].some((n) => n.nodeType === 3 && n.data.trim()));
  const pale = texts.filter((e) => contrast(e) < 4.5);
  return { wide: wide.map(shown), pale: pale.map(shown), texts: texts.length };
}

// What axe says: the rules that are broken, each with the first element that breaks it.
async function rules(page) {
  await page.evaluate(readFileSync(`${work.modules}/axe-core/axe.min.js`, "utf8"));
  return page.evaluate(async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const told = await window.axe.run(document, { runOnly: tags });
    if (told.passes.length < 10) throw new Error("axe looked at nothing");
    return told.violations.map((one) => `${one.id}: ${one.nodes[0].html.slice(0, 200)}`);
  });
}

async function look(browser, url, way) {
  const asked = [], said = [];
  const folder = new URL(".", url).href;
  const page = await browser.newPage();
  const { width, height = 640, scale = 1 } = work;
  await page.setViewport({ width, height, deviceScaleFactor: scale });
  const own = (u) => work.axe ? u === url || u.startsWith("data:") : u.startsWith(folder);
  page.on("request", (r) => { if (!own(r.url())) asked.push(r.url()); });
  page.on("requestfailed", (r) => said.push(`failed: ${r.url()}`));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  const { scheme, css } = WAYS[way];
  await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
  await page.goto(url);
  if (css) await page.addStyleTag({ content: css });
  const found = await page.evaluate(seen);
  if (work.axe) found.rules = await rules(page);
  await page.close();
  return { page: url, way, asked, said, ...found };
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: work.chromium,
    headless: true,
    args: ["--no-sandbox", "--allow-file-access-from-files", "--disable-background-networking"],
  });
  try {
    const told = [];
    for (const url of work.pages)
      for (const way of work.ways) told.push(await look(browser, url, way));
    process.stdout.write(JSON.stringify(told));
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
