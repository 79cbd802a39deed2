// The work beside the texts, as a person does it: import, update, build, take away, kits, a look before a release.
"use strict";

const { existsSync, readFileSync } = require("node:fs");
const { judge } = require("./desklooks.cjs");

/** What is listed of the newest job, once it has ended. */
async function ended(desk, before) {
  desk.patience = 120000;
  await desk.page.waitForFunction((before) => {
    const item = document.querySelector("#desk-jobs .job");
    return item && item.dataset.job !== before && /done|failed|stopped/.test(item.querySelector(".badge").textContent);
  }, { timeout: 120000, polling: 100 }, before);
  return desk.page.evaluate(() => {
    const item = document.querySelector("#desk-jobs .job");
    return { text: item.textContent, state: item.querySelector(".badge").textContent, said: document.getElementById("desk-said").textContent,
      links: [...item.querySelectorAll("a")].map((one) => one.getAttribute("href")) };
  });
}

/** Begin a job by the button of its form, and wait for its end. */
async function go(desk, kind) {
  const before = await desk.page.evaluate(() => document.querySelector("#desk-jobs .job")?.dataset.job ?? "");
  await desk.page.focus(`#desk-work-${kind} button.main`);
  await desk.page.keyboard.press("Enter");
  return ended(desk, before);
}

const choose = (desk, id, values) => desk.page.evaluate((id, values) => {
  for (const box of document.querySelectorAll(`#desk-${id} input[type=checkbox]`)) {
    if (box.checked !== values.includes(box.value)) box.click();
  }
}, id, values);

async function upload(desk, id, file) {
  const input = await desk.page.$(`#desk-${id}`);
  await input.uploadFile(file);
}

async function download(desk, work, selector, name) {
  const session = await desk.page.createCDPSession();
  await session.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: work.downloads });
  await desk.page.evaluate((selector) => document.querySelector(selector).click(), selector);
  const path = `${work.downloads}/${name}`;
  for (let tries = 0; tries < 200 && !existsSync(path); tries++) await new Promise((done) => setTimeout(done, 50));
  return existsSync(path) ? readFileSync(path).subarray(0, 4).toString("latin1") : "";
}

/** The whole way. */
async function work({ open, work, wait }) {
  const desk = await open({ hash: "#/" });
  await desk.page.click("#desk-work-open");
  await desk.until(() => document.body.dataset.view === "work" && document.querySelector("#desk-build-formats input"));
  const told = { focus: (await desk.look()).focus };
  await upload(desk, "import-file", work.word);
  await desk.page.type("#desk-import-name", "fresh");
  told.imported = await go(desk, "import");
  await desk.until(() => document.querySelector("#desk-build-documents input[value=fresh]"));
  told.updated = await go(desk, "update");
  await choose(desk, "build-documents", ["fresh"]);
  await choose(desk, "build-formats", ["html", "epub"]);
  told.built = await go(desk, "build");
  await wait(500);
  told.book = await download(desk, work, "#desk-files a[href$='en~fresh.epub']", "en-fresh.epub");
  told.files = await desk.page.evaluate(() => [...document.querySelectorAll("#desk-files li")].map((one) => one.textContent));
  await choose(desk, "kit-documents", ["r"]);
  await choose(desk, "kit-languages", ["ru"]);
  told.kit = await go(desk, "kit");
  await wait(500);
  told.archive = await download(desk, work, "#desk-files a[href$='kits~r.ru.zip']", "r.ru.zip");
  await upload(desk, "return-file", work.returned);
  told.returned = await go(desk, "return");
  await desk.page.select("#desk-release-require", "approved");
  told.release = await go(desk, "release");
  await wait(300);
  told.faults = await judge(desk, work);
  if (work.shots) await desk.page.screenshot({ path: `${work.shots}/work.png` });
  told.waits = await desk.page.evaluate(() => [...document.querySelectorAll("#desk-waiting tr")].map((one) => one.textContent));
  await desk.page.evaluate(() => document.querySelector("#desk-waiting a[href*='fresh'][href*='translator']").click());
  await desk.until(() => document.body.dataset.view === "text" && document.getElementById("desk-by-state").value === "@translator");
  told.filtered = await desk.page.evaluate(() => document.getElementById("desk-count").textContent);
  return told;
}

/** A form that lacks something says so beside it, and nothing is begun. */
async function lacking({ open }) {
  const desk = await open({ hash: "#/work" });
  await desk.until(() => document.querySelector("#desk-build-formats input"));
  await desk.page.click("#desk-work-import button.main");
  await desk.until(() => document.querySelector("#desk-work-import .fault").textContent);
  return desk.page.evaluate(() => ({
    fault: document.querySelector("#desk-work-import .fault").textContent,
    jobs: document.querySelectorAll("#desk-jobs .job").length,
  }));
}

/** A job that ends while somebody is in a text is said there. */
async function elsewhere({ open }) {
  const desk = await open();
  await desk.page.evaluate(async () => {
    const token = document.querySelector('meta[name="desk-token"]').content;
    await fetch("/api/jobs", { method: "POST", headers: { "Content-Type": "application/json", "X-Desk": token }, body: JSON.stringify({ kind: "build", languages: ["xx"] }) });
  });
  await desk.page.waitForFunction(() => document.getElementById("desk-alarm").textContent, { timeout: 60000 });
  return desk.look();
}

/** A desk for reading shows no button of work. */
async function reading({ open }) {
  const desk = await open({ hash: "#/work" });
  await desk.until(() => document.querySelector("#desk-waiting a, #desk-waiting td"));
  return desk.page.evaluate(() => ({
    buttons: [...document.querySelectorAll("#desk-work button, #desk-work form")].filter((one) => one.checkVisibility()).map((one) => one.textContent),
    note: document.getElementById("desk-work-read-only").checkVisibility(),
    waits: document.getElementById("desk-waiting").textContent,
  }));
}

/** The owner of a shared desk makes a link and withdraws it. */
async function links({ open, work }) {
  const desk = await open({ hash: "#/work" });
  await desk.until(() => document.getElementById("desk-links-form").checkVisibility());
  await desk.page.type("#desk-link-name", "aygul");
  await choose(desk, "link-rights", ["translate ru"]);
  await desk.page.click("#desk-links-form button.main");
  await desk.until(() => document.getElementById("desk-link-address").value);
  const made = await desk.page.evaluate(() => ({
    address: document.getElementById("desk-link-address").value, list: document.getElementById("desk-links").textContent,
  }));
  const faults = await judge(desk, work);
  await desk.page.click("#desk-links li button");
  await desk.until(() => !document.querySelector("#desk-links li"));
  return { ...made, faults, focus: (await desk.look()).focus };
}

module.exports = { work, lacking, elsewhere, reading, links };
