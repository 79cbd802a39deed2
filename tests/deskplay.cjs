// Opens the desk in a browser and plays the scenes named on stdin: see tests/deskcases.py.
"use strict";

const { createRequire } = require("node:module");
const { readFileSync } = require("node:fs");
const scenes = { ...require("./deskscenes.cjs"), ...require("./desklooks.cjs"), ...require("./deskrich.cjs"), ...require("./deskplain.cjs"), ...require("./deskwork.cjs"), ...require("./deskpictures.cjs"), ...require("./desklong.cjs") };

const work = JSON.parse(readFileSync(0, "utf8"));
const puppeteer = createRequire(`${work.modules}/x.js`)("puppeteer-core");

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

/** A tab of the desk, with what a person does there. */
class Desk {
  constructor(browser, page) {
    Object.assign(this, { browser, page, said: [] });
    page.on("console", (line) => {
      // A refused request is a line of the console too.
      if (line.type() === "error" && !/Failed to load resource/.test(line.text())) this.said.push(line.text());
    });
    page.on("pageerror", (error) => this.said.push(error.stack));
    page.on("dialog", (dialog) => {
      this.said.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      const url = request.url();
      if (!url.startsWith(new URL(work.address).origin) && !url.startsWith("data:")) this.said.push(`asked ${url}`);
    });
  }

  static async open(browser, { width = 1400, height = 860, scheme = "light", hash = "#/r/ru", query = "", patience = 8000 } = {}) {
    const page = await browser.newPage();
    const desk = new Desk(browser, page);
    desk.patience = patience;
    await page.setViewport({ width, height });
    await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
    await page.goto(`${new URL(work.address).origin}/${query}${hash}`);
    if (!["#/", "#/work"].includes(hash)) await desk.until(() => document.querySelector("#page [data-unit][aria-current]"));
    await desk.until(() => document.body.dataset.view !== "start");
    return desk;
  }

  /** Wait until a function of the page returns something. */
  async until(test, ...given) {
    const found = await this.page.waitForFunction(test, { timeout: this.patience, polling: 20 }, ...given);
    return found.jsonValue();
  }

  /** Return the id of the first sentence whose source begins so. */
  id(start) {
    return this.page.evaluate(async (start) => {
      const [, name, tag] = location.hash.split("/");
      const { rows } = await (await fetch(`/api/text/${name}/${tag}`)).json();
      return rows.find((row) => row.source.startsWith(start))?.id;
    }, start);
  }

  /** Click a sentence on the page, and wait until it is in the field. */
  async click(start) {
    const id = await this.id(start);
    await this.page.evaluate((id) => {
      document.querySelector(`#page [data-unit~="${id}"]`).scrollIntoView({ block: "center" });
    }, id);
    await wait(60);
    const spot = await this.page.evaluate((id) => {
      const { left, top, height } = document.querySelector(`#page [data-unit~="${id}"]`).getClientRects()[0];
      return [left + 12, top + height / 2];
    }, id);
    await this.page.mouse.click(...spot);
    await this.shown(id);
    return id;
  }

  /** Wait until a sentence is chosen and its text is in the field. */
  shown(id) {
    return this.until((id) => location.hash.endsWith(id)
      && !document.getElementById("desk-field").hasAttribute("aria-busy"), id);
  }

  async keys(...names) {
    for (const name of names) await this.page.keyboard.down(name);
    for (const name of names.reverse()) await this.page.keyboard.up(name);
  }

  /** Put a text in the place of what is in the field. */
  async write(text) {
    await this.page.focus("#desk-field");
    await this.keys("Control", "a");
    await this.page.keyboard.type(text);
  }

  /** What a person sees of the sentence that is open. */
  look() {
    return this.page.evaluate(() => {
      const text = (id) => document.getElementById(`desk-${id}`).textContent.trim();
      const shown = (id) => !document.getElementById(`desk-${id}`).hidden;
      return {
        id: location.hash.split("/")[3], text: document.getElementById("desk-field").value,
        focus: document.activeElement.id, place: text("sentence-place"), state: text("sentence-state"),
        source: text("source"), status: text("status"), alarm: text("alarm"), said: text("said"),
        bars: text("bars"), lost: shown("lost") ? text("lost") : "", found: text("found"),
        conflict: shown("conflict") ? text("conflict") : "", restored: text("restored"),
        elsewhere: shown("elsewhere") ? text("elsewhere") : "", verdict: text("verdict"),
      };
    });
  }

  /** Wait until the page has some words, or has them no longer; typography is left aside. */
  reads(words, wanted = true) {
    return this.until((words, wanted) => document.getElementById("page").textContent
      .replace(/\u00a0/g, " ").replace(/\u2060/g, "").includes(words) === wanted, words, wanted);
  }

  close() {
    return this.page.close();
  }
}

/** Every scene begins in a browser that keeps nothing of the one before. */
async function forget(browser) {
  const page = await browser.newPage();
  const client = await page.createCDPSession();
  const { origin } = new URL(work.address);
  await client.send("Storage.clearDataForOrigin", { origin, storageTypes: "local_storage" });
  await page.close();
}

async function main() {
  const browser = await puppeteer.launch({
    executablePath: work.chromium,
    headless: true,
    args: ["--no-sandbox", "--disable-background-networking", ...(work.flags ?? [])],
  });
  const told = {};
  try {
    if (work.address) {
      const first = await browser.newPage();
      await first.goto(work.address);
      await first.waitForFunction(() => location.pathname === "/");
      await first.close();
    }
    for (const name of work.scenes) {
      if (work.address) await forget(browser);
      const desks = [];
      const open = async (how) => {
        const desk = await Desk.open(browser, how);
        desks.push(desk);
        return desk;
      };
      try {
        told[name] = await scenes[name]({ browser, work, open, wait, Desk });
      } catch (error) {
        const seen = await Promise.all(desks.map((desk) => desk.look().catch(() => null)));
        told[name] = { error: `${error.stack}\n${JSON.stringify(seen)}` };
        const shot = desks.at(-1);
        if (work.shots && shot) await shot.page.screenshot({ path: `${work.shots}/${name}.png` }).catch(() => {});
      }
      const errors = desks.flatMap((desk) => desk.said);
      if (errors.length) told[name].error = [told[name].error, ...errors].filter(Boolean).join("\n");
      for (const desk of desks) await desk.close().catch(() => {});
    }
    process.stdout.write(JSON.stringify(told));
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  process.stderr.write(`${error.stack}\n`);
  process.exit(1);
});
