// What can be done to lines: each is one step that can be undone.

import { newKey } from "./lines.js";

const STEP = 100; // ms
const SHORTEST = 200; // ms that either half of a split line keeps
const NEW_LINE = 2000; // ms

function cut(marks, from, to) {
  return marks.flatMap(([first, last, ...more]) => (first >= from && last <= to ? [[first - from, last - from, ...more]] : []));
}

function half(line, from, to, parts) {
  const raw = line.text.slice(from, to);
  const text = raw.trim();
  const begins = from + raw.length - raw.trimStart().length;
  const [doubts, misses] = [line.doubts, line.misses].map((marks) => cut(marks, begins, begins + text.length));
  return { ...line, ...parts, text, doubts, misses };
}

/** Split at a letter; the time goes by the letters, or is that which plays. Returns the new key. */
export function split(lines, key, place, moment = null) {
  const line = lines.all.get(key);
  const length = line.end - line.start;
  if (!line.text.slice(0, place).trim() || !line.text.slice(place).trim() || length < 2 * SHORTEST) return null;
  const share = Math.round(line.start + (length * place) / line.text.length);
  const plays = moment !== null && moment > line.start && moment < line.end;
  const at = Math.min(Math.max(plays ? moment : share, line.start + SHORTEST), line.end - SHORTEST);
  const other = newKey();
  lines.apply([
    { key, before: line, after: half(line, 0, place, { end: at }) },
    { key: other, before: null, after: half(line, place, line.text.length, { start: at, key: other }) },
  ]);
  return other;
}

/** Put the next line behind this one. Returns where the second begins, or null if there is none. */
export function merge(lines, key) {
  const line = lines.all.get(key);
  const next = lines.next(key);
  if (!next) return null;
  const begins = line.text.length + 1;
  const go = (marks) => marks.map(([first, last, ...more]) => [first + begins, last + begins, ...more]);
  lines.apply([
    {
      key,
      before: line,
      after: {
        ...line,
        end: Math.max(line.end, next.end),
        speaker: line.speaker || next.speaker,
        text: `${line.text} ${next.text}`,
        doubts: [...line.doubts, ...go(next.doubts)],
        misses: [...line.misses, ...go(next.misses)],
      },
    },
    { key: next.key, before: next, after: null },
  ]);
  return begins;
}

/** An empty line behind this one, as long as there is room. */
export function insert(lines, key) {
  const line = lines.all.get(key);
  const next = lines.next(key);
  const other = newKey();
  const room = next && next.start > line.end ? next.start - line.end : NEW_LINE;
  const after = { key: other, start: line.end, end: line.end + Math.min(room, NEW_LINE), speaker: line.speaker, text: "", doubts: [], misses: [] };
  lines.apply([{ key: other, before: null, after }]);
  return other;
}

/** Returns the line on which one stands then. */
export function remove(lines, key) {
  const neighbour = lines.next(key) ?? lines.next(key, -1);
  lines.apply([{ key, before: lines.all.get(key), after: null }]);
  return neighbour?.key ?? null;
}

/** This line and all after it, so many tenths of a second; never before the beginning. */
export function shift(lines, key, steps) {
  const from = lines.indexOf(key);
  const moment = Math.max(steps * STEP, -lines.at(from).start);
  const keys = lines.order.slice(from);
  lines.apply(keys.map((each) => {
    const before = lines.all.get(each);
    return { key: each, before, after: { ...before, start: before.start + moment, end: before.end + moment } };
  }));
}

export function setTime(lines, key, name, moment) {
  lines.change(key, { [name]: Math.round(moment) });
}

/** How often each speaker's name stands, in the order in which they first speak. */
export function speakers(lines) {
  const found = new Map();
  for (const key of lines.order) {
    const { speaker } = lines.all.get(key);
    found.set(speaker, (found.get(speaker) ?? 0) + 1);
  }
  return found;
}

/** Map<old, new>: all lines at once. Returns how many changed. */
export function rename(lines, names) {
  const steps = lines.order.flatMap((key) => {
    const before = lines.all.get(key);
    const name = names.get(before.speaker);
    return name === undefined || name === before.speaker ? [] : [{ key, before, after: { ...before, speaker: name } }];
  });
  lines.apply(steps);
  return steps.length;
}

/** Doubtful words and near misses of a line, in order: [first, last, term or ""]. */
export function doubtful({ doubts, misses }) {
  const free = doubts.filter(([first, last]) => !misses.some(([a, b]) => first < b && last > a));
  return [...misses, ...free.map(([first, last]) => [first, last, ""])].sort((one, other) => one[0] - other[0]);
}

/** The doubtful word after (or before) a place: { key, first, last, term }, round the end once. */
export function nextDoubt(lines, key, place, by) {
  const count = lines.order.length;
  const from = Math.max(lines.indexOf(key), 0);
  for (let step = 0; step <= count; step += 1) {
    const line = lines.at((from + by * step + count * 2) % count);
    const marks = doubtful(line).filter(([first, last]) => step || (by > 0 ? first >= place : last <= place));
    const mark = by > 0 ? marks[0] : marks.at(-1);
    if (mark) return { key: line.key, first: mark[0], last: mark[1], term: mark[2] };
  }
  return null;
}

/** Take the suggestion at a place, or say that the word is right. Returns what stands there now. */
export function accept(lines, key, place) {
  const line = lines.all.get(key);
  const mark = doubtful(line).find(([first, last]) => first <= place && place <= last);
  if (!mark) return null;
  const [first, last, term] = mark;
  const others = ([a, b]) => b <= first || a >= last;
  const words = term || line.text.slice(first, last);
  const text = line.text.slice(0, first) + words + line.text.slice(last);
  const shift = words.length - (last - first);
  const go = (marks) => marks.filter(others).map(([a, b, ...more]) => (a >= last ? [a + shift, b + shift, ...more] : [a, b, ...more]));
  lines.change(key, { text, doubts: go(line.doubts), misses: go(line.misses) });
  return { words, first, last: first + words.length };
}
