// Exchanges the token after the # of the launch address for a cookie, then opens the desk.

// A slash ends the token; the page of the desk to open comes after it.
const [token, ...page] = location.hash.slice(1).split("/");
history.replaceState(null, "", location.pathname);

/** Show one of the messages of the page. @param {string} id */
function show(id) {
  for (const one of ["opening", "refused", "away"]) {
    const element = document.getElementById(one);
    if (element) element.hidden = one !== id;
  }
}

async function open() {
  let status = 0;
  try {
    const answer = await fetch("/start", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ token }),
      credentials: "same-origin",
      cache: "no-store",
    });
    status = answer.status;
  } catch {
    show("away");
    return;
  }
  // A browser that is in already stays in, even where its address is used up.
  if (status === 204) location.replace(page.length ? `/#/${page.join("/")}` : "/");
  else show("refused");
}

void open();
