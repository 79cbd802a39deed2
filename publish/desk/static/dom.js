// Small helpers to make elements. Texts are only ever set as text.

/**
 * Make an element.
 * @param {string} tag
 * @param {Record<string, any>} [given] attributes; `on` holds listeners, `text` the text
 * @param {...(Node|string|null|undefined|false)} children
 * @returns {HTMLElement}
 */
export function make(tag, given = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "on") {
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    } else if (name === "text") node.textContent = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.filter((child) => child || child === ""));
  return node;
}

/** Make a button. @param {string} label @param {() => void} act @param {Record<string, any>} [given] */
export function button(label, act, given = {}) {
  return make("button", { type: "button", text: label, ...given, on: { click: act } });
}

/** Make text that only screen readers meet. @param {string} text */
export function unseen(text) {
  return make("span", { class: "unseen", text });
}

/** Return the element with an id of the desk. @param {string} id @returns {HTMLElement} */
export function part(id) {
  const found = document.getElementById(`desk-${id}`);
  if (!found) throw new Error(`no part ${id}`);
  return found;
}

/** Set an attribute only if it is not so yet. @param {Element} node @param {string} name @param {string|null} value */
export function put(node, name, value) {
  if (value === null) {
    if (node.hasAttribute(name)) node.removeAttribute(name);
  } else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/**
 * Return a function that runs another after a pause; `flush` runs it at once.
 * @param {() => void} act
 * @param {number} pause milliseconds
 */
export function afterPause(act, pause) {
  let timer = 0;
  const later = () => {
    clearTimeout(timer);
    timer = window.setTimeout(run, pause);
  };
  const run = () => {
    clearTimeout(timer);
    timer = 0;
    act();
  };
  later.flush = () => {
    if (timer) run();
  };
  later.cancel = () => {
    clearTimeout(timer);
    timer = 0;
  };
  return later;
}
