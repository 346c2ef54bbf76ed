// The choice of appearance; kept in this browser only. Without a script the system decides.

const theme = document.querySelector(".theme");
const stored = kept() ?? "auto";

function kept() {
  try {
    return localStorage.getItem("theme");
  } catch {
    return null; // a browser that keeps nothing follows the system
  }
}

function keep(choice) {
  try {
    localStorage.setItem("theme", choice);
  } catch {
    // Then it holds for this page.
  }
}

function applyTheme(choice) {
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

applyTheme(stored);

if (theme) {
  theme.hidden = false;
  theme.querySelector(`[value="${stored}"]`).checked = true;
  theme.addEventListener("change", ({ target }) => {
    keep(target.value);
    applyTheme(target.value);
  });
}
