// Keeps a page where it is: the sentence that is looked at stays at its height, whatever changes above.

/**
 * @typedef {object} Anchor
 * @property {string} id of a sentence
 * @property {number} at which of its elements
 * @property {number} top pixels below the top of the box
 */

/** Keeps the place of a scrolling box that has sentences. */
export class PlaceKeeper {
  /**
   * @param {HTMLElement} box that scrolls
   * @param {() => Map<string, HTMLElement[]>} sentences their elements by id, in the page's order
   * @param {() => string} current the sentence that is chosen
   */
  constructor(box, sentences, current) {
    this.box = box;
    this.sentences = sentences;
    this.current = current;
    /** @type {Anchor|null} */
    this.anchor = null;
    let asked = 0;
    box.addEventListener("scroll", () => {
      asked ||= requestAnimationFrame(() => {
        asked = 0;
        this.note();
      });
    }, { passive: true });
  }

  /** Note what is looked at: the chosen sentence if it is in sight, else the first one in sight. */
  note() {
    const edge = this.box.getBoundingClientRect();
    if (!edge.height) return;
    const chosen = this.sentences().get(this.current()) ?? [];
    const at = chosen.findIndex((node) => inSight(node.getBoundingClientRect(), edge));
    if (at >= 0) {
      this.anchor = { id: this.current(), at, top: chosen[at].getBoundingClientRect().top - edge.top };
      return;
    }
    this.anchor = this.first(edge);
  }

  /** @param {DOMRect} edge @returns {Anchor|null} */
  first(edge) {
    const middle = (edge.left + edge.right) / 2;
    for (let down = 4; down < edge.height; down += 12) {
      for (const x of [middle, edge.left + edge.width / 3]) {
        const found = document.elementFromPoint(x, edge.top + down)?.closest("[data-unit]");
        if (!found || !this.box.contains(found)) continue;
        const id = (found.getAttribute("data-unit") ?? "").split(" ")[0];
        const at = (this.sentences().get(id) ?? []).indexOf(/** @type {HTMLElement} */ (found));
        if (at >= 0) return { id, at, top: found.getBoundingClientRect().top - edge.top };
      }
    }
    return null;
  }

  /** Go back to what was looked at. */
  restore() {
    const anchor = this.anchor;
    const node = anchor && (this.sentences().get(anchor.id) ?? [])[anchor.at];
    if (!node || !this.box.clientHeight) return;
    const moved = node.getBoundingClientRect().top - this.box.getBoundingClientRect().top - anchor.top;
    if (Math.abs(moved) >= 0.5) this.box.scrollTop += moved;
  }

  /** Change something without a jump. @param {() => void} change */
  keep(change) {
    this.note();
    change();
    this.restore();
  }
}

/** @param {DOMRect} box @param {DOMRect} edge */
function inSight(box, edge) {
  return box.height > 0 && box.bottom > edge.top && box.top < edge.bottom;
}

/**
 * Bring an element into sight with some room around it; nothing moves if it is in sight.
 * @param {HTMLElement} box @param {HTMLElement} node
 */
export function reveal(box, node) {
  const [edge, own] = [box.getBoundingClientRect(), node.getBoundingClientRect()];
  const room = Math.min(80, edge.height / 6);
  if (own.top >= edge.top + Math.min(room, 24) && own.bottom <= edge.bottom - room) return;
  const tall = own.height > edge.height - 2 * room;
  const aim = tall ? room : Math.max(room, (edge.height - own.height) / 3);
  box.scrollTop += own.top - edge.top - aim;
}
