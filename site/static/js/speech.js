// The panel of the listening: shows how far it is, and asks for it without leaving the form.
// Without this script its links do the same by loading pages.

const EVERY_MS = 3000;
const panel = document.querySelector("[data-speech]");
let timer;

function isOpen() {
  return panel.querySelector("[data-speech-open]") !== null;
}

async function refresh() {
  clearTimeout(timer);
  try {
    const answer = await fetch(panel.dataset.speech);
    if (answer.ok && !answer.redirected) {
      const wasOpen = isOpen();
      panel.innerHTML = await answer.text();
      const fresh = panel.querySelector("[data-speech-fresh]");
      if (fresh && wasOpen) fresh.hidden = false;
    }
  } catch {
    // No connection just now: the next look may have one.
  }
  later();
}

function later() {
  clearTimeout(timer);
  if (isOpen()) timer = setTimeout(refresh, EVERY_MS);
}

async function ask(link) {
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;
  link.setAttribute("aria-disabled", "true");
  try {
    await fetch(link.href, { method: "POST", headers: { "X-CSRFToken": token }, redirect: "manual" });
  } catch {
    location.assign(link.href);
    return;
  }
  await refresh();
  panel.tabIndex = -1;
  panel.focus();
}

if (panel) {
  panel.addEventListener("click", (event) => {
    const link = event.target.closest("[data-speech-ask], [data-speech-look]");
    if (!link) return;
    event.preventDefault();
    if (link.getAttribute("aria-disabled")) return;
    if (link.matches("[data-speech-look]")) refresh();
    else ask(link);
  });
  later();
}
