// The address of the second at which a talk stands: copied, or, where a browser does not let us
// copy, put where addresses stand. Without a script it is the plain link that it is. And the code
// for other sites, which then begins at that second too.

import { SHOWN, say } from "./said.js";

/** Write a time as the page does: 0:05, 12:34, 1:02:03. */
function clock(seconds) {
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  const rest = String(parts[1]).padStart(2, "0");
  return hours ? `${hours}:${String(parts[0]).padStart(2, "0")}:${rest}` : `${parts[0]}:${rest}`;
}

function setUp(stage) {
  const link = stage.querySelector("[data-share]");
  if (!link) return;
  const label = link.querySelector("[data-share-label]");
  const said = stage.querySelector("[data-said]");
  const before = "Share this moment";
  let timer = 0;
  label.textContent = before;

  function tell(text, words) {
    clearTimeout(timer);
    label.textContent = text;
    say(said, words);
    timer = setTimeout(() => { label.textContent = before; }, SHOWN);
  }

  link.addEventListener("click", async (event) => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const second = Number(stage.dataset.second) || 0;
    const url = new URL(stage.dataset.page || location.pathname, location.origin);
    if (second) url.searchParams.set("t", second);
    link.href = url.href;
    try {
      await navigator.clipboard.writeText(url.href);
      tell(`Copied: ${clock(second)}`, `The link to ${clock(second)} is copied.`);
    } catch {
      history.replaceState(null, "", url.href);
      tell(`In the address bar: ${clock(second)}`, `The address of this page now leads to ${clock(second)}.`);
    }
  });
}

function setUpCode(stage) {
  const box = stage.querySelector("[data-embed]");
  if (!box) return;
  const code = box.querySelector("textarea");
  const button = box.querySelector("[data-embed-copy]");
  const start = box.querySelector("[data-embed-start]");
  const said = stage.querySelector("[data-said]");
  button.hidden = false;

  function bringUpToDate() {
    const second = Number(stage.dataset.second) || 0;
    code.value = code.value.replace(/(src="[^"?]*)(?:\?t=\d+)?"/, second ? `$1?t=${second}"` : '$1"');
    start.textContent = second ? ` from ${clock(second)}` : "";
  }

  box.addEventListener("toggle", () => {
    if (box.open) bringUpToDate();
  });
  button.addEventListener("click", async () => {
    bringUpToDate();
    try {
      await navigator.clipboard.writeText(code.value);
      button.textContent = "Copied";
      say(said, "The code is copied.");
      setTimeout(() => { button.textContent = "Copy"; }, SHOWN);
    } catch {
      code.focus();
      code.select();
      say(said, "The code is selected: copy it with your keyboard.");
    }
  });
}

document.querySelectorAll("[data-player]").forEach((stage) => {
  setUp(stage);
  setUpCode(stage);
});
