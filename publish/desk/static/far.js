// Long pages: parts that are far from the window are neither laid out nor painted with each change.
// They stay where they are, as high as they were, and are found and read aloud as all others.

/** A page with fewer sentences is laid out as a whole. */
const MANY = 3000;
/** A part with more sentences is cut at its own sections. */
const LARGE = 400;
/** A part with fewer is not worth it. */
const SMALL = 8;

/** The parts of one page. */
export class FarParts {
  /** @param {HTMLElement} page */
  constructor(page) {
    this.page = page;
    /** @type {HTMLElement[]} */
    this.parts = [];
    this.width = 0;
    this.asked = 0;
    new ResizeObserver(() => {
      // Lines end elsewhere in another width: all is measured anew.
      if (this.parts.length && page.clientWidth !== this.width) this.later();
    }).observe(page);
  }

  /** The page was exchanged. */
  renew() {
    this.parts = countSentences(this.page) < MANY ? [] : choose(this.page);
    for (const part of this.parts) part.setAttribute("data-far", "no");
    this.width = this.page.clientWidth;
    if (this.parts.length) this.later();
  }

  /** Measure the parts when the page has come to rest. */
  later() {
    clearTimeout(this.asked);
    this.asked = window.setTimeout(async () => {
      await document.fonts.ready;
      await this.measure();
    }, 300);
  }

  /** Lay all of it out once: the browser remembers how high each part is. */
  async measure() {
    if (!this.page.clientHeight) return;
    this.width = this.page.clientWidth;
    const parts = this.parts.filter((one) => one.isConnected);
    for (const part of parts) part.setAttribute("data-far", "no");
    await nextFrame();
    await nextFrame();
    for (const part of parts) part.setAttribute("data-far", "yes");
  }
}

const nextFrame = () => new Promise((done) => requestAnimationFrame(done));
const countSentences = (/** @type {Element} */ node) => node.querySelectorAll("[data-unit]").length;

/** @param {Element} root @returns {HTMLElement[]} */
function choose(root) {
  const found = [];
  for (const node of root.querySelectorAll("section")) {
    if (node.parentElement?.closest("[data-far]") || countSentences(node) < SMALL) continue;
    if (countSentences(node) > LARGE && node.querySelector("section")) continue;
    // Marked at once: what is within is no part of its own.
    node.setAttribute("data-far", "no");
    found.push(node);
  }
  return found;
}
