/* Registering: the price on the button follows what is typed. Without this the button shows the
   full price, and the page in front of it says who pays nothing. */

const form = document.querySelector("#form");
const button = form?.querySelector("button[data-price]");
const NUMBERS = ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

function people() {
  const rows = [...form.querySelectorAll("input[name^='person_']:not([name$='_email'])")];
  const named = rows.filter((row) => row.value.trim()).length;
  return named + (form.elements.attends?.checked ? 1 : 0);
}

function say() {
  const count = people();
  const free = "waiver" in button.dataset && form.elements.member?.checked;
  const whom = count ? ` ${NUMBERS[count] ?? count} ${count === 1 ? "person" : "people"}` : "";
  const cost = free || button.dataset.price === "Nothing" ? "nothing to pay" : button.dataset.price;
  button.textContent = `Register${whom}, ${cost}`;
}

if (button) {
  form.addEventListener("input", say);
  say();
}
document.querySelector("#errors")?.focus();
