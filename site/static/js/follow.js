// Addresses of feeds: a press copies one, or selects it where a browser does not let us copy.

const SHOWN = 2500; // milliseconds

for (const box of document.querySelectorAll("[data-address]")) {
  const button = box.querySelector("button");
  const field = box.querySelector("input");
  const label = button.querySelector("span");
  const [before, name] = [label.textContent, button.getAttribute("aria-label")];
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      label.textContent = "Copied";
      button.setAttribute("aria-label", name.replace("Copy", "Copied"));
    } catch {
      field.focus();
      field.select();
      return;
    }
    setTimeout(() => {
      label.textContent = before;
      button.setAttribute("aria-label", name);
    }, SHOWN);
  });
}
