// The address of the second at which a talk stands: copied, or, where a browser does not let us
// copy, put where addresses stand. Without a script it is the plain link that it is.

const SHOWN = 2500; // milliseconds

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
    said.textContent = words;
    timer = setTimeout(() => {
      label.textContent = before;
      said.textContent = "";
    }, SHOWN);
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

document.querySelectorAll("[data-player]").forEach(setUp);
