// Find words in all lines; the marks stay until the question changes.

function pattern(words, { whole, matchCase }) {
  const escaped = words.trim().split(/\s+/).map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replace(/['’]/g, "['’]"));
  const body = escaped.join("\\s+");
  return new RegExp(whole ? `(?<![\\p{L}\\p{N}])${body}(?![\\p{L}\\p{N}])` : body, matchCase ? "gu" : "giu");
}

export class Find {
  constructor(form, count, lines, rows) {
    Object.assign(this, { form, count, lines, rows, key: "", place: 0 });
    form.addEventListener("input", () => this.look());
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.step(event.submitter?.value === "previous" ? -1 : 1, false);
    });
  }

  look() {
    const { find, whole, case: matchCase } = this.form.elements;
    const hits = new Map();
    this.all = [];
    if (find.value.trim()) {
      const found = pattern(find.value, { whole: whole.checked, matchCase: matchCase.checked });
      for (const key of this.lines.order) {
        const places = [...this.lines.all.get(key).text.matchAll(found)].map((hit) => [hit.index, hit.index + hit[0].length]);
        if (places.length) hits.set(key, places);
        for (const [first, last] of places) this.all.push({ key, first, last });
      }
    }
    this.rows.showHits(hits);
    this.count.textContent = find.value.trim() ? `${this.all.length} found` : "";
  }

  /** The last place that ends before a letter of a line; -1 if there is none. */
  before(line, place) {
    return this.all.findLastIndex(({ key, last }) => {
      const at = this.lines.indexOf(key);
      return at < line || (at === line && last <= place);
    });
  }

  /** To the next place, from where the cursor is. */
  step(by, fromField = true) {
    this.look();
    if (!this.all.length) return;
    const key = fromField ? this.rows.current : this.key;
    const field = this.rows.fieldOf(key);
    const place = fromField && field ? field.selectionEnd : this.place;
    const line = this.lines.indexOf(key);
    const isAfter = ({ key: other, first }) => {
      const at = this.lines.indexOf(other);
      return at > line || (at === line && first >= place);
    };
    const next = this.all.findIndex(isAfter);
    const ahead = next < 0 ? 0 : next;
    const index = by > 0 ? ahead : (this.before(line, field?.selectionStart ?? 0) + this.all.length) % this.all.length;
    const hit = this.all[index];
    [this.key, this.place] = [hit.key, hit.last];
    this.count.textContent = `${index + 1} of ${this.all.length}`;
    this.rows.focus(hit.key, hit.first, hit.last);
  }
}
