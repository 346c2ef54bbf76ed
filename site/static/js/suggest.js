// Suggestions while typing: an ARIA 1.2 combobox on every search box. Without it, the form works.

const WAIT = 150;
const LEAST = 2;
let boxes = 0;

class Suggestions {
  constructor(input) {
    this.input = input;
    this.list = document.createElement("ul");
    this.list.className = "suggest";
    this.list.id = `suggest-${(boxes += 1)}`;
    this.list.hidden = true;
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.status = document.createElement("p");
    this.status.className = "visually-hidden";
    this.status.setAttribute("role", "status");
    input.parentElement.append(this.list);
    input.form.append(this.status);
    for (const [name, value] of Object.entries({
      role: "combobox",
      "aria-autocomplete": "list",
      "aria-controls": this.list.id,
      "aria-expanded": "false",
    })) {
      input.setAttribute(name, value);
    }
    this.listen();
  }

  listen() {
    this.input.addEventListener("input", () => this.soon());
    this.input.addEventListener("keydown", (event) => this.press(event));
    this.input.addEventListener("blur", () => this.close());
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => this.open(target.closest("[data-url]")));
  }

  soon() {
    clearTimeout(this.timer);
    this.request?.abort();
    if (this.input.value.trim().length < LEAST) this.close();
    else this.timer = setTimeout(() => this.fetch(this.input.value), WAIT);
  }

  async fetch(text) {
    this.request = new AbortController();
    try {
      const address = `${this.input.dataset.suggest}?${new URLSearchParams({ q: text })}`;
      const answer = await fetch(address, { signal: this.request.signal });
      if (!answer.ok) return this.close();
      const { suggestions } = await answer.json();
      if (document.activeElement === this.input) this.show(suggestions);
    } catch {
      // Aborted by the next letter, or no network: typing goes on undisturbed.
    }
  }

  show(suggestions) {
    this.list.replaceChildren(...suggestions.map((each, index) => this.option(each, index)));
    this.choose(-1);
    this.expand(suggestions.length > 0);
    const count = suggestions.length;
    this.status.textContent = count ? `${count} suggestion${count === 1 ? "" : "s"}` : "";
  }

  option({ title, url, kind, detail }, index) {
    const option = document.createElement("li");
    option.className = "suggest__option";
    option.id = `${this.list.id}-${index}`;
    option.dataset.url = url;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    const label = document.createElement("span");
    label.textContent = title;
    const note = document.createElement("span");
    note.className = "suggest__kind";
    note.textContent = [detail, kind].filter(Boolean).join(", ");
    option.append(label, " ", note);
    return option;
  }

  choose(index) {
    this.index = index;
    [...this.list.children].forEach((option, place) => {
      option.setAttribute("aria-selected", String(place === index));
    });
    const chosen = this.list.children[index];
    if (chosen) {
      this.input.setAttribute("aria-activedescendant", chosen.id);
      chosen.scrollIntoView({ block: "nearest" });
    } else {
      this.input.removeAttribute("aria-activedescendant");
    }
  }

  press(event) {
    if (event.isComposing || this.list.hidden) {
      if (event.key === "ArrowDown" && this.list.children.length) this.expand(true);
      return;
    }
    const last = this.list.children.length - 1;
    const moves = {
      ArrowDown: this.index >= last ? -1 : this.index + 1,
      ArrowUp: this.index < 0 ? last : this.index - 1,
    };
    if (event.key in moves) {
      event.preventDefault();
      this.choose(moves[event.key]);
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.close();
    } else if (event.key === "Enter" && this.index >= 0) {
      event.preventDefault();
      this.open(this.list.children[this.index]);
    }
  }

  open(option) {
    if (option) location.assign(option.dataset.url);
  }

  close() {
    this.expand(false);
    this.choose(-1);
  }

  expand(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }
}

document.querySelectorAll("[data-suggest]").forEach((input) => new Suggestions(input));
