// Pictures of the main views, for the documents: see docs/make-desk-pictures.
"use strict";

/** Take a picture of each view. */
async function pictures({ open, work, wait }) {
  const shot = async (desk, name) => {
    await wait(600);
    await desk.page.screenshot({ path: `${work.shots}/${name}.png` });
  };
  const at = (id) => `#/${work.document}/${work.language}/${id}`;
  const desk = await open({ hash: at(work.sentence), width: 1280, height: 760 });
  desk.patience = 120000;
  await desk.shown(work.sentence);
  await shot(desk, "page");
  await desk.page.click("[data-shows=pdf]");
  await desk.until(() => [...document.querySelectorAll("#desk-pdf .sheet img")].some((one) => one.naturalWidth > 100));
  await wait(3000);
  await shot(desk, "pdf");
  await desk.page.click("[data-shows=translation]");
  await desk.page.evaluate(() => { location.hash = "#/work"; });
  await desk.until(() => document.querySelector("#desk-build-formats input"));
  await desk.page.click("#desk-build-formats input[value=epub]");
  await desk.page.click("#desk-work-build button.main");
  await desk.until(() => /done/.test(document.querySelector("#desk-jobs .badge")?.textContent ?? ""));
  await wait(4500);  // Until what was said is gone.
  await shot(desk, "work");
  for (const [name, part] of [["phone-page", "page"], ["phone-sentence", "panel"]]) {
    const phone = await open({ hash: at(work.sentence), width: 390, height: 760, scheme: part === "page" ? "light" : "dark" });
    await phone.shown(work.sentence);
    await phone.page.click(`#desk-tabs [data-part=${part}]`);
    await shot(phone, name);
  }
  return {};
}

module.exports = { pictures };
