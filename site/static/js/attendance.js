// The attendance grid by keyboard: a letter notes a person and goes to the next. Works on top of
// plain radio buttons; without this file they are chosen with Tab, Space and the arrows.

const form = document.querySelector("[data-attendance]");

/** The buttons of one cell, by their letter. */
function choices(cell) {
  return new Map([...cell.querySelectorAll("input:enabled")].map((each) => [each.dataset.letter, each]));
}

/** The cell of the same session, `rows` further down. */
function neighbour(cell, rows) {
  const row = cell.parentElement;
  const other = rows > 0 ? row.nextElementSibling : row.previousElementSibling;
  return other?.cells[cell.cellIndex];
}

function enter(cell) {
  const input = cell?.querySelector("input:checked") ?? cell?.querySelector("input:enabled");
  input?.focus();
}

function press(event) {
  const cell = event.target.closest("td.attendance__cell");
  if (!cell || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const choice = choices(cell).get(event.key.toLowerCase());
  if (!rows && !choice) return;
  event.preventDefault();
  if (choice) {
    choice.checked = true;
    choice.dispatchEvent(new Event("change", { bubbles: true }));
  }
  enter(neighbour(cell, rows ?? 1) ?? (choice ? cell : null));
}

if (form) {
  let changed = false;
  form.querySelector("[data-attendance-keys]").hidden = false;
  form.addEventListener("keydown", press);
  form.addEventListener("change", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => changed && event.preventDefault());
}
