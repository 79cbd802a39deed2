// Scenes at the desk: each opens it, does what a person does, and returns what was to be seen.
"use strict";

const { readFileSync, writeFileSync } = require("node:fs");
const { spawn } = require("node:child_process");

const catalog = (work) => readFileSync(work.catalog, "utf8");

/** Exchange words in the catalog as another program does. */
const edit = (work, from, to) => {
  const text = catalog(work);
  if (!text.includes(from)) throw new Error(`not in the catalog: ${from}`);
  writeFileSync(work.catalog, text.replace(from, to));
};

const top = (desk, id) => desk.page.evaluate((id) =>
  document.querySelector(`#page [data-unit~="${id}"]`).getBoundingClientRect().top, id);

/** Click a sentence, change it, save with the keys, go on: the short way of every day. */
async function short({ open, work }) {
  const desk = await open();
  const id = await desk.click("In village 3 ");
  const before = await desk.look();
  await desk.page.keyboard.press("End");
  await desk.keys("Control", "End");
  await desk.page.keyboard.type(" Новое.");
  await desk.keys("Control", "Enter");
  await desk.reads("врачей. Новое.");
  await desk.until((id) => !location.hash.endsWith(id), id);
  const after = await desk.look();
  const tint = await desk.page.evaluate((id) =>
    document.querySelector(`#page [data-unit~="${id}"]`).getAttribute("data-state"), id);
  return { before, after, tint, id, file: catalog(work).includes("В селе 3 они встретили учителей и врачей. Новое.") };
}

/** What changes above leaves what is looked at where it is: by an own save, and by a change on disk. */
async function still({ open, work, wait }) {
  const desk = await open();
  const above = await desk.click("The harvest of year 22 ");
  const id = await desk.click("In village 23 ");
  const start = await top(desk, id);
  await desk.write(`Это село. ${"Здесь стало больше слов, чем было прежде. ".repeat(12)}`);
  await desk.keys("Control", "s");
  await desk.reads("больше слов, чем было прежде. Здесь");
  const saved = await top(desk, id);
  const height = await desk.page.evaluate((id) => document.querySelector(`#page [data-unit~="${id}"]`).parentElement.offsetHeight, above);
  edit(work, "Урожай года 22 описали", `${"Это изменено на диске и стало длиннее. ".repeat(12)}Урожай года 22 описали`);
  await desk.reads("на диске и стало длиннее");
  await wait(120);
  const grown = await desk.page.evaluate((id) => document.querySelector(`#page [data-unit~="${id}"]`).parentElement.offsetHeight, above);
  const disk = await top(desk, id);
  // Somebody reads on, nothing of the chosen sentence in sight: then the first line in sight stays.
  await desk.page.evaluate(() => { document.getElementById("desk-paper").scrollTop += 1500; });
  await wait(120);
  const line = await desk.page.evaluate(() => {
    const box = document.getElementById("desk-paper").getBoundingClientRect();
    const found = [...document.querySelectorAll("#page [data-unit]")].find((one) => one.getBoundingClientRect().top > box.top + 60);
    return found.getAttribute("data-unit").split(" ")[0];
  });
  const read = await top(desk, line);
  edit(work, "Это изменено на диске", "И снова дописано. И ещё раз, чтобы строк стало больше, чем было. Это изменено на диске");
  await desk.reads("И снова дописано.");
  await wait(120);
  const { focus } = await desk.look();
  return { moved: [saved - start, disk - start, (await top(desk, line)) - read], grew: grown - height, focus };
}

/** What is typed and not saved is there again, in another tab, and after the browser forgot it too. */
async function kept({ open, wait }) {
  const first = await open();
  const id = await first.click("In village 31 ");
  await first.write("Набрано, но не сохранено.");
  await wait(700);
  const browser = await first.page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith("desk:typed:")).map(([, text]) => JSON.parse(text).text));
  await first.page.close({ runBeforeUnload: false });
  const second = await open();
  await second.click("In village 31 ");
  const restored = await second.look();
  await second.page.evaluate(() => localStorage.clear());
  await second.page.close();
  const third = await open();
  await third.until(() => document.querySelector("[data-bar=restored]"));
  await third.click("In village 31 ");
  const journal = await third.look();
  const list = await third.page.evaluate(() => document.querySelector("[data-filter=typed] .count").textContent);
  await third.page.evaluate(() => document.querySelector("#desk-restored button").click());
  const dropped = await third.look();
  // What is restored in another tab and saved there is not restored once more.
  await third.click("In village 32 ");
  await third.write("В селе 32 они набрали и сохранили.");
  await wait(700);
  await third.page.close();
  const fourth = await open();
  await fourth.click("In village 32 ");
  await fourth.keys("Control", "s");
  await fourth.reads("В селе 32 они набрали");
  await fourth.until(() => document.getElementById("desk-status").textContent === "Saved");
  await wait(300);
  const left = await fourth.page.evaluate(async () => (await (await fetch("/api/typed")).json()).typed.map((one) => one.text));
  return { id, browser, restored, journal, list, dropped, left };
}

/** The entry changes on disk while somebody types: both texts are shown, and the person chooses. */
async function conflict({ open, work }) {
  const desk = await open();
  await desk.click("In village 5 ");
  await desk.write("Мой текст о селе.");
  edit(work, "В селе 5 они встретили учителей и врачей.", "Чужой текст о селе.");
  await desk.until(() => !document.getElementById("desk-conflict").hidden);
  const seen = await desk.look();
  await desk.keys("Control", "Enter");
  const refused = { ...(await desk.look()), file: catalog(work) };
  await desk.page.evaluate(() => document.querySelector("#desk-conflict .buttons button").click());
  await desk.reads("Мой текст о селе.");
  const mine = catalog(work);
  await desk.click("In village 6 ");
  await desk.write("Мой текст о другом селе.");
  edit(work, "В селе 6 они встретили учителей и врачей.", "Чужой текст о другом селе.");
  await desk.until(() => !document.getElementById("desk-conflict").hidden);
  await desk.page.evaluate(() => document.querySelectorAll("#desk-conflict .buttons button")[1].click());
  const theirs = await desk.look();
  return { seen, refused, mine, theirs, file: catalog(work) };
}

/** A sentence that changes on disk while nobody types in it is shown at once. */
async function live({ open, work }) {
  const desk = await open();
  await desk.click("In village 7 ");
  edit(work, "В селе 7 они встретили учителей и врачей.", "В селе 7 всё иначе.");
  const start = Date.now();
  await desk.reads("В селе 7 всё иначе.");
  const took = Date.now() - start;
  await desk.until(() => document.getElementById("desk-field").value === "В селе 7 всё иначе.");
  return { ...(await desk.look()), took };
}

/** Two tabs in one sentence: each hears of the other, and no text is overwritten. */
async function tabs({ open, work }) {
  const one = await open();
  await one.click("In village 8 ");
  const other = await open();
  await other.click("In village 8 ");
  await one.page.bringToFront();
  await one.write("Из первой вкладки.");
  await other.page.bringToFront();
  await other.until(() => !document.getElementById("desk-elsewhere").hidden);
  const told = await other.look();
  await other.write("Из второй вкладки.");
  await one.page.bringToFront();
  await one.keys("Control", "s");
  await one.reads("Из первой вкладки.");
  await other.page.bringToFront();
  await other.until(() => !document.getElementById("desk-conflict").hidden);
  return { told, both: await other.look(), file: catalog(work) };
}

/** More tabs than a browser has connections to one program: each can be worked in. */
async function crowd({ open }) {
  const tabs = [];
  for (let number = 0; number < 8; number++) tabs.push(await open());
  const last = tabs.at(-1);
  await last.click("In village 33 ");
  await last.write("Из последней вкладки.");
  await last.keys("Control", "s");
  await last.until(() => document.getElementById("desk-status").textContent === "Saved");
  await tabs[0].page.bringToFront();
  await tabs[0].reads("Из последней вкладки.");
  const hidden = await last.page.evaluate(() => document.hidden);
  for (const one of tabs) await one.page.close();
  return { tabs: tabs.length, hidden };
}

/** A style sheet of the workspace lets a paragraph lie over the whole window; what is on top is told. */
async function cover({ open }) {
  const desk = await open();
  await desk.until(() => [...document.querySelectorAll("#page p")].some((one) => getComputedStyle(one).position === "fixed"));
  return desk.page.evaluate(() => {
    const on = (id) => {
      const box = document.getElementById(id).getBoundingClientRect();
      return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)?.closest("#page") !== null;
    };
    return { panel: on("desk-field"), list: on("desk-list") };
  });
}

/** A link that is lost is said at once; the text is saved only when it is asked for twice. */
async function lost({ open, work }) {
  const desk = await open();
  await desk.click("See the law");
  const buttons = await desk.page.evaluate(() => [...document.querySelectorAll("#desk-marks button")].map((one) => one.textContent));
  await desk.write("См. закон и *примечание* об H2O.");
  const seen = await desk.look();
  await desk.keys("Control", "s");
  const first = { ...(await desk.look()), file: catalog(work) };
  await desk.page.evaluate(() => {
    const field = document.getElementById("desk-field");
    const at = field.value.indexOf("закон");
    field.focus();
    field.setSelectionRange(at, at + 5);
  });
  await desk.keys("Alt", "l");
  const linked = await desk.look();
  await desk.keys("Control", "End");
  await desk.keys("Alt", "m");
  await desk.page.evaluate(() => {
    const field = document.getElementById("desk-field");
    const at = field.value.indexOf("2");
    field.setSelectionRange(at, at + 1);
    [...document.querySelectorAll("#desk-marks button")].find((one) => one.textContent.includes("<sub>")).click();
  });
  const whole = await desk.look();
  await desk.keys("Control", "s");
  await desk.until(() => document.getElementById("desk-status").textContent === "Saved");
  return { buttons, seen, first, linked, whole, file: catalog(work) };
}

/** Undo takes the last save back, in the file and on the page. */
async function undo({ open, work }) {
  const desk = await open();
  await desk.click("In village 9 ");
  await desk.write("Не то.");
  await desk.keys("Control", "s");
  await desk.reads("Не то.");
  const saved = catalog(work).includes("Не то.");
  await desk.until(() => document.getElementById("desk-status").textContent === "Saved");
  await desk.keys("Control", "z");
  await desk.reads("Не то.", false);
  await desk.until(() => document.getElementById("desk-field").value.startsWith("В селе 9"));
  return { saved, ...(await desk.look()), file: catalog(work) };
}

/** Reviewing by keys: approve and go on; reject with a reason. */
async function review({ open }) {
  const desk = await open();
  const id = await desk.click("In village 10 ");
  await desk.keys("Alt", "a");
  await desk.until((id) => document.querySelector(`#page [data-unit~="${id}"]`)?.getAttribute("data-state") === "approved", id);
  await desk.until((id) => !location.hash.endsWith(id), id);
  const next = await desk.look();
  const other = await desk.click("In village 11 ");
  await desk.keys("Alt", "r");
  const asked = (await desk.look()).focus;
  await desk.page.keyboard.type("Село названо неверно.");
  await desk.keys("Control", "Enter");
  await desk.until((id) => document.querySelector(`#page [data-unit~="${id}"]`)?.getAttribute("data-state") === "rejected", other);
  await desk.until(() => document.getElementById("desk-verdict").textContent.includes("неверно"));
  return { next, asked, rejected: await desk.look() };
}

/** A reader who may not edit proposes another wording, and asks. */
async function proposes({ open, work }) {
  const desk = await open();
  const id = await desk.click("In village 15 ");
  const buttons = await desk.page.evaluate(() => [...document.querySelectorAll("#desk-panel button")].filter((one) => one.getClientRects().length).map((one) => one.textContent));
  await desk.write("В селе 15 они говорили с учителями и врачами.");
  await desk.keys("Control", "Enter");
  await desk.until((id) => !location.hash.endsWith(id), id);
  const said = (await desk.look()).said;
  await desk.click("In village 15 ");
  await desk.until(() => [...document.querySelectorAll("#desk-aids ins")].some((one) => one.textContent.includes("говорили")));
  const again = await desk.look();
  await desk.keys("Alt", "q");
  await desk.page.keyboard.type("Учителей точно двое?");
  await desk.keys("Control", "Enter");
  await desk.until(() => document.getElementById("desk-aids").textContent.includes("точно двое"));
  return { buttons, said, again, file: catalog(work) };
}

/** The server is killed while somebody types; the desk is opened anew at its port. */
async function crash({ browser, work, Desk, wait }) {
  const start = async (port) => {
    const [program, ...rest] = [...work.command, "--port", String(port)];
    const server = spawn(program, rest, { stdio: ["ignore", "pipe", "ignore"] });
    const address = await new Promise((done) => server.stdout.once("data", (data) => done(String(data).trim().split("\n")[0])));
    return { server, address };
  };
  const letIn = async (address) => {
    const page = await browser.newPage();
    await page.goto(address);
    await page.waitForFunction(() => location.pathname === "/");
    await page.close();
  };
  let { server, address } = await start(0);
  const { port } = new URL(address);
  work.address = address;
  await letIn(address);
  const desk = await Desk.open(browser);
  try {
    await desk.click("In village 12 ");
    await desk.write("До конца");
    server.kill("SIGKILL");
    await desk.page.keyboard.type(" и после него.");
    await desk.keys("Control", "Enter");
    await desk.until(() => document.querySelector("[data-bar=unsaved]"));
    const down = await desk.look();
    ({ server, address } = await start(port));
    await letIn(address);
    await desk.until(() => document.querySelector("[data-bar=closed]"));
    await Promise.all([desk.page.waitForNavigation(), desk.page.evaluate(() => document.querySelector("[data-bar=closed] button").click())]);
    await desk.until(() => document.querySelector("#page [aria-current]"));
    await desk.click("In village 12 ");
    const up = await desk.look();
    await desk.keys("Control", "s");
    await desk.reads("До конца и после него.");
    await wait(100);
    return { down, up, file: catalog(work), left: await desk.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("desk:typed"))) };
  } finally {
    server.kill("SIGKILL");
    await desk.close();
  }
}

module.exports = { short, still, kept, conflict, live, tabs, crowd, cover, lost, undo, review, proposes, crash };
