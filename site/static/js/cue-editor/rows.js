// The list: every line is a field for its words; the one with the focus has its tools below it.
// A key changes its own row and nothing else, however long the talk. Rows out of sight are not laid out.

import { hints, problem } from "./text.js";
import { brief, typed, written } from "./times.js";

const PARTS = [".line__time", ".line__speaker", ".line__mirror", "textarea", ".line__hint", ".line__say"];

export class Rows {
  constructor(list, lines, { onCommand }) {
    this.list = list;
    this.lines = lines;
    this.onCommand = onCommand;
    this.rows = new Map(); // key: li
    this.hits = new Map(); // key: [[first, last]]
    this.open = null; // key of the row with the tools
    const template = (name) => document.querySelector(`template[data-${name}]`).content.firstElementChild;
    this.template = template("line");
    this.conflict = document.querySelector("template[data-conflict]").content;
    this.tools = template("tools").cloneNode(true);
    this.listen();
  }

  listen() {
    this.list.addEventListener("input", ({ target }) => {
      if (target.localName !== "textarea") return;
      const key = this.keyOf(target);
      this.lines.change(key, { text: target.value }, { joins: `text:${key}` });
    });
    this.list.addEventListener("focusin", ({ target }) => {
      const key = this.keyOf(target);
      if (key && key !== this.open) this.openRow(key);
    });
    this.tools.addEventListener("change", ({ target }) => this.commit(target));
    this.list.addEventListener("click", ({ target }) => {
      const button = target.closest("button");
      if (!button) return;
      const key = this.keyOf(button);
      this.onCommand(button.classList.contains("line__time") ? "play" : button.dataset.do, key);
    });
  }

  keyOf(element) {
    return element.closest?.(".line")?.dataset.key;
  }

  /** The line in which the person is at work. */
  get current() {
    return this.keyOf(document.activeElement) ?? this.open;
  }

  fieldOf(key) {
    return this.rows.get(key)?.querySelector("textarea");
  }

  fill() {
    const all = this.lines.order.map((key) => this.rowFor(key));
    this.list.replaceChildren(...all);
    this.list.hidden = false;
  }

  rowFor(key) {
    const row = this.template.cloneNode(true);
    row.dataset.key = key;
    this.rows.set(key, row);
    this.paint(key);
    return row;
  }

  /** Show what the model says, after any change. */
  update(keys, isOrder) {
    if (isOrder) this.arrange();
    const beside = isOrder ? keys.flatMap((key) => [key, this.lines.next(key)?.key, this.lines.next(key, -1)?.key]) : keys;
    for (const key of new Set(beside)) if (key && this.lines.all.has(key)) this.paint(key);
    if (this.open && keys.includes(this.open)) this.fillTools();
  }

  /** Rows in the order of the model, moving as few as can be. */
  arrange() {
    for (const [key, row] of this.rows) {
      if (this.lines.all.has(key)) continue;
      row.remove();
      this.rows.delete(key);
      if (this.open === key) this.open = null;
    }
    let place = this.list.firstElementChild;
    for (const key of this.lines.order) {
      const row = this.rows.get(key) ?? this.rowFor(key);
      if (row === place) place = place.nextElementSibling;
      else this.move(row, place);
    }
  }

  /** A row that is moved would lose the focus. */
  move(row, place) {
    const focused = row.contains(document.activeElement) ? document.activeElement : null;
    this.list.insertBefore(row, place);
    focused?.focus({ preventScroll: true });
  }

  paint(key) {
    const line = this.lines.all.get(key);
    const row = this.rows.get(key);
    if (!row) return;
    const [time, speaker, mirror, field, hint, say] = PARTS.map((name) => row.querySelector(name));
    if (field.value !== line.text) this.setText(field, line.text);
    this.mark(mirror, line, key);
    this.setOnce(time, brief(line.start), `Play from ${written(line.start)}`);
    const before = this.lines.next(key, -1);
    const name = before?.speaker === line.speaker ? "" : line.speaker || "No speaker";
    if (speaker.textContent !== name) speaker.textContent = name;
    const label = `Words at ${brief(line.start)}${line.speaker ? `, ${line.speaker}` : ""}`;
    if (field.getAttribute("aria-label") !== label) field.setAttribute("aria-label", label);
    this.hint(hint, line, key, field);
    this.meet(say, key);
  }

  setOnce(button, text, label) {
    if (button.textContent === text && button.getAttribute("aria-label") === label) return;
    button.textContent = text;
    button.setAttribute("aria-label", label);
  }

  setText(field, text) {
    const { selectionStart, selectionEnd } = field;
    field.value = text;
    if (document.activeElement === field) field.setSelectionRange(Math.min(selectionStart, text.length), Math.min(selectionEnd, text.length));
  }

  /** The same words behind the field: they give it its height, and carry the marks. */
  mark(mirror, { text, doubts, misses }, key) {
    const marks = [
      ...(this.hits.get(key) ?? []).map(([first, last]) => [first, last, "hit"]),
      ...misses.map(([first, last]) => [first, last, "miss"]),
      ...doubts.map(([first, last]) => [first, last, "doubt"]),
    ].sort((one, other) => one[0] - other[0]);
    if (!marks.length) {
      if (mirror.textContent !== `${text} `) mirror.textContent = `${text} `;
      return;
    }
    const parts = [];
    let at = 0;
    for (const [first, last, kind] of marks) {
      if (first < at) continue;
      const mark = document.createElement("mark");
      mark.className = `line__mark line__mark--${kind}`;
      mark.textContent = text.slice(first, last);
      parts.push(text.slice(at, first), mark);
      at = last;
    }
    mirror.replaceChildren(...parts, `${text.slice(at)} `);
  }

  hint(hint, line, key, field) {
    const wrong = problem(line) || this.lines.refusals.get(key)?.message;
    const words = wrong || hints(line, this.lines.next(key)).join("; ");
    const shown = words && !wrong ? words[0].toUpperCase() + words.slice(1) : words;
    if (hint.textContent === shown) return;
    hint.textContent = shown;
    hint.classList.toggle("line__hint--wrong", Boolean(wrong));
    hint.id = shown ? `hint-${key}` : "";
    if (shown) field.setAttribute("aria-describedby", hint.id);
    else field.removeAttribute("aria-describedby");
    if (wrong) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }

  /** Both versions of a line that two people changed. */
  meet(say, key) {
    const isMet = this.lines.conflicts.has(key);
    if (isMet !== say.hidden) return;
    say.hidden = !isMet;
    if (!isMet) return say.replaceChildren();
    const theirs = this.lines.conflicts.get(key);
    say.replaceChildren(this.conflict.cloneNode(true));
    const quote = say.querySelector("[data-theirs]");
    quote.textContent = theirs ? `${written(theirs[0])} – ${written(theirs[1])} ${theirs[2]}: ${theirs[3]}` : "They deleted it.";
    return undefined;
  }

  openRow(key) {
    this.rows.get(this.open)?.classList.remove("line--open");
    this.open = key;
    const row = this.rows.get(key);
    row.classList.add("line--open");
    row.querySelector(".line__words").after(this.tools);
    this.fillTools();
  }

  fillTools() {
    const line = this.lines.all.get(this.open);
    if (!line) return;
    const values = { start: written(line.start), end: written(line.end), speaker: line.speaker };
    for (const [name, value] of Object.entries(values)) {
      const field = this.tools.querySelector(`[name=${name}]`);
      field.value = value;
      field.removeAttribute("aria-invalid");
    }
  }

  /** A time or a name was typed. */
  commit({ name, value, ...field }) {
    const target = this.tools.querySelector(`[name=${name}]`);
    if (name === "speaker") return this.lines.change(this.open, { speaker: value.trim() });
    const moment = typed(value);
    if (moment === null) {
      target.setAttribute("aria-invalid", "true");
      return this.onCommand("no-time", this.open);
    }
    return this.lines.change(this.open, { [name]: moment });
  }

  focus(key, first, last = first) {
    const field = this.fieldOf(key);
    if (!field) return;
    field.focus({ preventScroll: true });
    if (first !== undefined) field.setSelectionRange(first, last);
    this.rows.get(key).scrollIntoView({ block: "nearest" });
  }

  /** The line that is being spoken. */
  showNow(key) {
    if (this.now === key) return;
    this.rows.get(this.now)?.removeAttribute("aria-current");
    this.now = key;
    this.rows.get(key)?.setAttribute("aria-current", "true");
  }

  showHits(hits) {
    const keys = new Set([...this.hits.keys(), ...hits.keys()]);
    this.hits = hits;
    for (const key of keys) if (this.lines.all.has(key)) this.paint(key);
  }
}
