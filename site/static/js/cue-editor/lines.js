// All lines of a talk, what was done to them, and what the server knows of them.
// A line never changes: a new one takes its place. So undoing is putting the old one back.

import { clean, moved } from "./text.js";

const ONE_STROKE = 1500; // ms between keys that are undone together

export function newKey() {
  return [...crypto.getRandomValues(new Uint8Array(6))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** As it travels: [start, end, speaker, text, doubts]. */
export function rowOf(line) {
  if (!line) return null;
  const text = clean(line.text);
  return [line.start, line.end, line.speaker.trim(), text, moved(line.doubts, line.text, text).map(([a, b]) => [a, b])];
}

export function lineOf([key, [start, end, speaker, text, doubts], misses = []]) {
  return { key, start, end, speaker, text, doubts, misses };
}

/** Whether two rows say the same; doubts only follow the words. */
export function same(one, other) {
  if (!one || !other) return one === other || (!one && !other);
  return one.slice(0, 4).every((part, at) => part === other[at]);
}

function sameDoubts(one, other) {
  return JSON.stringify(one?.[4] ?? []) === JSON.stringify(other?.[4] ?? []);
}

export class Lines {
  constructor(onChange) {
    this.onChange = onChange; // (keys, isOrder) after every change, whoever made it
    this.order = []; // keys
    this.places = new Map(); // key: where in the order
    this.all = new Map(); // key: line
    this.base = new Map(); // key: row that the server has
    this.unknown = new Map(); // key: row that was sent and not answered; it may have arrived
    this.dirty = new Set();
    this.conflicts = new Map(); // key: row of somebody else
    this.refusals = new Map(); // key: { row, message }
    this.done = [];
    this.undone = [];
  }

  load(items) {
    for (const item of items) {
      const line = lineOf(item);
      this.order.push(line.key);
      this.all.set(line.key, line);
      this.base.set(line.key, rowOf(line));
    }
    this.count();
  }

  count() {
    this.places = new Map(this.order.map((key, at) => [key, at]));
  }

  at(index) {
    return this.all.get(this.order[index]);
  }

  indexOf(key) {
    return this.places.get(key) ?? -1;
  }

  next(key, by = 1) {
    const place = this.places.get(key);
    return place === undefined ? undefined : this.at(place + by);
  }

  /** The line that is spoken, or was spoken last, at this moment. */
  spokenAt(moment) {
    let [low, high] = [0, this.order.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.at(middle).start <= moment) low = middle + 1;
      else high = middle;
    }
    return this.at(Math.max(0, low - 1));
  }

  /** Do something that can be undone: [{ key, before, after }]. Strokes that join are undone as one. */
  apply(steps, { joins = "" } = {}) {
    const real = steps.filter(({ before, after }) => before !== after);
    if (!real.length) return;
    const last = this.done.at(-1);
    const now = Date.now();
    if (joins && last?.joins === joins && now - last.at < ONE_STROKE && real.length === 1) {
      last.steps = [{ ...last.steps[0], after: real[0].after }];
      last.at = now;
    } else this.done.push({ steps: real, joins, at: now });
    this.undone = [];
    this.put(real.map(({ key, after }) => [key, after]));
  }

  change(key, parts, options) {
    const before = this.all.get(key);
    if (!before) return;
    const after = { ...before, ...parts };
    if (parts.text !== undefined) {
      after.doubts = parts.doubts ?? moved(before.doubts, before.text, parts.text);
      after.misses = parts.misses ?? moved(before.misses, before.text, parts.text);
    }
    this.apply([{ key, before, after }], options);
  }

  undo() {
    const deed = this.done.pop();
    if (!deed) return null;
    this.undone.push(deed);
    this.put(deed.steps.map(({ key, before }) => [key, before]));
    return deed.steps[0].key;
  }

  redo() {
    const deed = this.undone.pop();
    if (!deed) return null;
    this.done.push({ ...deed, joins: "" });
    this.put(deed.steps.map(({ key, after }) => [key, after]));
    return deed.steps[0].key;
  }

  put(pairs) {
    let isOrder = false;
    for (const [key, line] of pairs) {
      const before = this.all.get(key);
      if (line) this.all.set(key, line);
      else this.all.delete(key);
      if (!before !== !line || before?.start !== line?.start) isOrder = true;
      this.look(key);
    }
    if (isOrder) this.sort();
    this.onChange(pairs.map(([key]) => key), isOrder);
  }

  sort() {
    const known = new Set(this.order);
    const keys = this.order.filter((key) => this.all.has(key));
    for (const key of this.all.keys()) if (!known.has(key)) keys.push(key);
    this.order = keys.sort((one, other) => this.all.get(one).start - this.all.get(other).start);
    this.count();
  }

  /** Whether the server has still to hear of a line. */
  look(key) {
    const [base, row] = [this.base.get(key), rowOf(this.all.get(key))];
    if (same(base, row) && sameDoubts(base, row) && !this.unknown.has(key)) this.dirty.delete(key);
    else this.dirty.add(key);
  }

  changeOf(key) {
    const [before, after, sent] = [this.base.get(key) ?? null, rowOf(this.all.get(key)), this.unknown.get(key)];
    return sent === undefined ? { key, before, after } : { key, before, after, sent };
  }

  /** Take in what the server said to these changes. */
  confirm(changes, { alone, lines, conflicts, refusals }) {
    const asked = new Map(changes.map((change) => [change.key, change]));
    const told = new Map(lines.map((item) => [item[0], item]));
    const changed = new Set();
    for (const { key, theirs } of conflicts) this.conflicts.set(key, theirs);
    for (const { key, message } of refusals) this.refusals.set(key, { row: asked.get(key).after, message });
    for (const { key, after } of changes) {
      this.unknown.delete(key);
      if (!this.conflicts.has(key) && !this.refusals.has(key)) this.settle(key, after, told.get(key), changed);
      told.delete(key);
      this.look(key);
      changed.add(key);
    }
    this.adopt(told, changed);
    if (!alone) this.dropWhatIsGone(new Set(lines.map(([key]) => key)), changed);
    if (changed.size) {
      this.sort();
      this.onChange([...changed], true);
    }
  }

  /** A change has arrived; `item` is the line as it is now at the server. */
  settle(key, sent, item, changed) {
    if (!item) {
      this.base.delete(key);
      return;
    }
    const line = this.all.get(key);
    const theirs = item[1];
    const mine = rowOf(line);
    const base = !mine ? sent : theirs.map((part, at) => (at < 4 && mine[at] !== sent[at] && theirs[at] !== sent[at] ? sent[at] : part));
    this.base.set(key, base);
    if (!line) return;
    const [start, end, speaker] = [0, 1, 2].map((at) => (mine[at] === sent[at] ? theirs[at] : mine[at]));
    if (mine[3] !== sent[3]) this.all.set(key, { ...line, start, end, speaker });
    else if (theirs[3] === mine[3]) this.all.set(key, { ...line, start, end, speaker, misses: moved(item[2], theirs[3], line.text) });
    else this.all.set(key, { ...lineOf(item), start, end, speaker });
    changed.add(key);
  }

  /** Lines that somebody else changed, unless they are being changed here too: then they will meet. */
  adopt(told, changed) {
    for (const [key, item] of told) {
      if (this.dirty.has(key) || (same(this.base.get(key), item[1]) && this.all.has(key))) continue;
      this.all.set(key, lineOf(item));
      this.base.set(key, item[1]);
      changed.add(key);
    }
  }

  dropWhatIsGone(here, changed) {
    for (const key of [...this.all.keys()]) {
      if (here.has(key) || this.dirty.has(key)) continue;
      this.all.delete(key);
      this.base.delete(key);
      changed.add(key);
    }
  }

  keepMine(key) {
    const theirs = this.conflicts.get(key);
    this.conflicts.delete(key);
    if (theirs) this.base.set(key, theirs);
    else this.base.delete(key);
    this.look(key);
    this.onChange([key], false);
  }

  takeTheirs(key) {
    const theirs = this.conflicts.get(key);
    this.conflicts.delete(key);
    const before = this.all.get(key) ?? null;
    if (theirs) this.base.set(key, theirs);
    else this.base.delete(key);
    this.apply([{ key, before, after: theirs ? lineOf([key, theirs]) : null }]);
    this.look(key);
    this.onChange([key], true);
  }

  /** Those of another visit's changes that are not there: what a page sends as it goes is saved, though it never hears so. */
  stillToSave(changes) {
    return [...changes].filter(({ key, after }) => !same(rowOf(this.all.get(key)), after));
  }

  /** Changes that another visit could not save: [{ key, before, after }]. */
  bringBack(changes) {
    const steps = this.stillToSave(changes);
    for (const { key, before } of steps) {
      if (before) this.base.set(key, before);
      else this.base.delete(key);
    }
    this.apply(steps.map(({ key, after }) => (
      { key, before: this.all.get(key) ?? null, after: after ? lineOf([key, after]) : null }
    )));
  }
}
