// The choice of appearance; kept in this browser only. Without a script the system decides.

const theme = document.querySelector(".theme");
const stored = localStorage.getItem("theme") ?? "auto";

function applyTheme(choice) {
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
}

applyTheme(stored);

if (theme) {
  theme.hidden = false;
  theme.querySelector(`[value="${stored}"]`).checked = true;
  theme.addEventListener("change", ({ target }) => {
    localStorage.setItem("theme", target.value);
    applyTheme(target.value);
  });
}
