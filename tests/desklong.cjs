// Long texts at the desk: a page of thousands of sentences, and a sentence of a million letters.
"use strict";

/** A long page: parts that are far are left out of the work, and nothing moves or is lost by it. */
async function far({ open, wait }) {
  const desk = await open({ patience: 60000 });
  const { page } = desk;
  const settled = () => desk.until(() => {
    const parts = [...document.querySelectorAll("#page [data-far]")];
    return parts.length > 20 && parts.every((one) => one.dataset.far === "yes");
  });
  await settled();
  const heights = () => page.evaluate(() => {
    const [own, parts] = [document.getElementById("page"), [...document.querySelectorAll("#page [data-far]")]];
    const told = own.scrollHeight;
    for (const one of parts) one.dataset.far = "no";
    const real = own.scrollHeight;
    for (const one of parts) one.dataset.far = "yes";
    return [told, real];
  });
  /** The heights when the page has come to rest. */
  const rested = async () => {
    let told = await heights();
    for (let turn = 0; turn < 20 && Math.abs(told[0] - told[1]) >= 2; turn++) {
      await wait(300);
      told = await heights();
    }
    return told;
  };
  const first = await heights();
  const ids = await page.evaluate(() => [...document.querySelectorAll("#page [data-unit]")].map((one) => one.dataset.unit.split(" ")[0]));
  const moved = [];
  for (const part of [0.5, 0.97, 0.25, 0.75]) {
    const id = ids[Math.floor(ids.length * part)];
    await page.evaluate((id) => { location.hash = location.hash.split("/").slice(0, 3).concat(id).join("/"); }, id);
    await desk.shown(id);
    moved.push(await page.evaluate(async (id) => {
      const tops = [];
      for (let frame = 0; frame < 20; frame++) {
        await new Promise((done) => requestAnimationFrame(done));
        tops.push(document.querySelector(`#page [data-unit~="${id}"]`).getBoundingClientRect().top);
      }
      return [Math.max(...tops) - Math.min(...tops), tops.at(-1)];
    }, id));
  }
  const place = () => page.evaluate(() => document.getElementById("desk-paper").scrollTop);
  const start = await place();
  await page.mouse.move(640, 450);
  for (let turn = 0; turn < 12; turn++) {
    await page.mouse.wheel({ deltaY: 700 });
    await wait(60);
  }
  await wait(300);
  const rolled = (await place()) - start;
  const before = await page.evaluate(() => document.getElementById("page").clientWidth);
  await page.setViewport({ width: 1150, height: 860 });
  await desk.until((before) => document.getElementById("page").clientWidth !== before, before);
  const narrow = await rested();
  // What is far is found by the browser, and read aloud.
  const hidden = await page.evaluate(() => [...document.querySelectorAll("#page [data-unit]")].at(40).textContent);
  const found = await page.evaluate((text) => window.find(text, true), hidden);
  const client = await page.createCDPSession();
  await client.send("Accessibility.enable");
  const { nodes } = await client.send("Accessibility.getFullAXTree");
  const read = nodes.filter((one) => !one.ignored && one.role?.value === "StaticText").map((one) => one.name?.value ?? "");
  return { first, moved, rolled, narrow, found, read: [50, 1700, 3300].map((number) => read.some((one) => one.includes(` ${number} they met`))) };
}

/** A text that is far too long is kept in the browser, a long one by the program too. */
async function paste({ open, work }) {
  const desk = await open();
  const told = [];
  for (const size of work.sizes) {
    await desk.click("In village 3 ");
    await desk.page.evaluate((size) => {
      document.getElementById("desk-field").select();
      document.execCommand("insertText", false, "Слова и слова. ".repeat(size / 10).slice(0, size));
    }, size);
    if (size > 1e6) await desk.until(() => document.querySelector("[data-bar=unkept]"));
    else await desk.until(async () => (await (await fetch("/api/typed")).json()).typed.length);
    const typed = await desk.page.evaluate(async () => (await (await fetch("/api/typed")).json()).typed.map((one) => one.text.length));
    const kept = await desk.page.evaluate(() => Object.keys(localStorage).filter((one) => one.startsWith("desk:typed:")).map((one) => JSON.parse(localStorage[one]).text.length));
    told.push({ typed, kept, ...(await desk.look()), text: "", lost: "" });
  }
  return { told };
}

module.exports = { far, paste };
