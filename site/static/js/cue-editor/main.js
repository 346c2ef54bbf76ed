// The editor of a talk's words: brings its parts together.

import * as commands from "./commands.js";
import { Find } from "./find.js";
import { Keep } from "./keep.js";
import { commandOf } from "./keys.js";
import { Lines } from "./lines.js";
import { Player } from "./player.js";
import { Rows } from "./rows.js";
import { Saving } from "./saving.js";
import { written } from "./times.js";

const root = document.querySelector("[data-words]");
const part = (name) => root.querySelector(`[data-${name}]`);

const LONG_ENOUGH = 12_000; // ms to read what was said
let silence = 0;

function say(words) {
  part("spoken").textContent = words;
  clearTimeout(silence);
  silence = setTimeout(() => { part("spoken").textContent = ""; }, LONG_ENOUGH);
}

function showStatus(state, words, link = "") {
  const status = part("status");
  if (status.dataset.is === state && status.dataset.words === words) return;
  [status.dataset.is, status.dataset.words] = [state, words];
  status.textContent = words;
  if (!link) return;
  const anchor = Object.assign(document.createElement("a"), { href: link, target: "_blank", rel: "noopener", textContent: "Sign in" });
  status.append(" ", anchor);
}

const lines = new Lines((keys, isOrder) => {
  rows.update(keys, isOrder);
  keep.later(unsaved);
  saving.soon();
});
const unsaved = () => [...lines.dirty].map((key) => lines.changeOf(key));
const rows = new Rows(part("lines"), lines, { onCommand: run });
const keep = new Keep(root.dataset.keep);
const saving = new Saving(root, lines, { show: showStatus, onVersion: showChecked });
const find = new Find(part("find-form"), part("find-count"), lines, rows);
const player = new Player(root, {
  onTime(moment, clock) {
    clock.textContent = written(moment);
    const line = lines.order.length ? lines.spokenAt(moment + 30) : null;
    if (line) rows.showNow(line.key);
  },
});

function showChecked({ version, checked }) {
  root.querySelector("[data-check] [name=version]").value = version;
  if (checked.is && checked.since) {
    part("checked").textContent = `Checked${checked.by ? ` by ${checked.by}` : ""}${checked.on ? ` on ${checked.on}` : ""}, corrected since. Readers read “checked”; small corrections leave it so.`;
  }
}

function caret(key) {
  const field = rows.fieldOf(key);
  return field ? [field.selectionStart, field.selectionEnd] : [0, 0];
}

function go(key, by) {
  const next = lines.next(key, by);
  if (next) rows.focus(next.key, 0);
}

function splitAt(key, moment) {
  const other = commands.split(lines, key, caret(key)[0], moment);
  if (!other) return say("Put the cursor between two words of a line that is long enough.");
  rows.focus(other, 0);
  return say("Split.");
}

function goToDoubt(key, by) {
  const [first, last] = key ? caret(key) : [0, 0];
  const doubt = commands.nextDoubt(lines, key, by > 0 ? last : first, by);
  if (!doubt) return say("No doubtful words.");
  rows.focus(doubt.key, doubt.first, doubt.last);
  const words = lines.all.get(doubt.key).text.slice(doubt.first, doubt.last);
  return say(doubt.term ? `“${words}”: perhaps ${doubt.term}? Alt Enter takes it.` : `“${words}” was not heard surely. Alt Enter says that it is right.`);
}

function undo(key, what) {
  if (key === null) return say(`Nothing to ${what}.`);
  if (lines.all.has(key)) rows.focus(key);
  return say(what === "undo" ? "Undone." : "Done again.");
}

const DEEDS = {
  toggle: () => player.toggle(),
  play: (key) => key && player.playFrom(lines.all.get(key).start),
  follow: () => player.isHere && rows.focus(lines.spokenAt(player.now + 30).key),
  down: (key) => go(key, 1),
  up: (key) => go(key, -1),
  "begins-now": (key) => setNow(key, "start"),
  "ends-now": (key) => setNow(key, "end"),
  earlier: (key) => shift(key, -1),
  later: (key) => shift(key, 1),
  split: (key) => splitAt(key, null),
  "split-now": (key) => splitAt(key, player.isHere ? player.now : null),
  merge(key) {
    const begins = commands.merge(lines, key);
    if (begins === null) return say("There is no next line.");
    rows.focus(key, begins);
    return say("Merged.");
  },
  insert: (key) => rows.focus(commands.insert(lines, key), 0),
  remove(key) {
    const other = commands.remove(lines, key);
    if (other) rows.focus(other, 0);
    say("Line deleted. Control Z brings it back.");
  },
  accept(key) {
    const now = commands.accept(lines, key, caret(key)[0]);
    if (!now) return say("There is no doubtful word here.");
    rows.focus(key, now.last);
    return say(`“${now.words}”.`);
  },
  doubt: (key) => goToDoubt(key, 1),
  "doubt-before": (key) => goToDoubt(key, -1),
  hit: () => find.step(1),
  "hit-before": () => find.step(-1),
  find() {
    part("find").open = true;
    part("find-form").elements.find.select();
    part("find-form").elements.find.focus();
  },
  help() {
    part("keys").open = !part("keys").open;
    part("keys").querySelector("summary").focus();
  },
  save: () => saving.now(),
  undo: () => undo(lines.undo(), "undo"),
  redo: () => undo(lines.redo(), "redo"),
  "keep-mine": (key) => { lines.keepMine(key); rows.focus(key); },
  "take-theirs": (key) => { lines.takeTheirs(key); rows.focus(key); },
  "no-time": () => say("A time looks like this: 1:02.500"),
};
const NEEDS_A_LINE = new Set(["play", "down", "up", "begins-now", "ends-now", "earlier", "later", "split", "split-now", "merge", "insert", "remove", "accept"]);

function setNow(key, name) {
  if (!player.isHere) return;
  commands.setTime(lines, key, name, player.now);
  say(`${name === "start" ? "Begins" : "Ends"} at ${written(player.now)}.`);
}

function shift(key, by) {
  commands.shift(lines, key, by);
  say(`This and all later lines are 100 milliseconds ${by < 0 ? "earlier" : "later"}.`);
}

function run(name, key = rows.current) {
  if (NEEDS_A_LINE.has(name) && !lines.all.has(key)) return;
  DEEDS[name]?.(key);
}

/** Undo of other fields, such as the search, is theirs. */
function isOurs(name, target) {
  const inOther = target.closest("input, select, textarea") && !target.closest(".lines");
  if (name === "toggle" && target.closest("dialog, [role=dialog]")) return false;
  return !inOther || !["undo", "redo", "split", "remove", "merge", "insert", "accept"].includes(name);
}

function listen() {
  root.addEventListener("keydown", (event) => {
    const name = commandOf(event);
    if (!name || !isOurs(name, event.target)) return;
    event.preventDefault();
    event.stopPropagation();
    run(name);
  });
  part("speakers-form").addEventListener("submit", (event) => {
    event.preventDefault();
    const names = new Map([...event.target.querySelectorAll("input")].map((input) => [input.dataset.was, input.value.trim()]));
    const count = commands.rename(lines, names);
    say(`${count} ${count === 1 ? "line has" : "lines have"} another speaker.`);
    showSpeakers();
  });
  part("speakers").addEventListener("toggle", showSpeakers);
  for (const link of root.querySelectorAll("[data-links] a, [data-replace]")) link.addEventListener("click", leaveWhenSaved);
  part("replace").addEventListener("click", takeQuestionAlong, { capture: true });
  part("check").addEventListener("submit", holdUntilSaved);
  addEventListener("pagehide", () => keep.now());
  addEventListener("beforeunload", (event) => {
    if (lines.dirty.size && !(keep.now() && !saving.ready().length)) event.preventDefault();
  });
}

async function holdUntilSaved(event) {
  if (!lines.dirty.size) return;
  event.preventDefault();
  const { submitter, target } = event;
  if (await saving.now()) target.requestSubmit(submitter);
  else say("Not every line is saved yet.");
}

/** Pages that show the words as they are kept wait for what is on its way. */
async function leaveWhenSaved(event) {
  if (!lines.dirty.size || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const { href } = event.currentTarget;
  if (await saving.now()) location.assign(href);
  else say("Not every line is saved yet.");
}

function takeQuestionAlong({ currentTarget }) {
  const { find: words, whole, case: matchCase } = part("find-form").elements;
  const url = new URL(currentTarget.href);
  for (const name of ["find", "whole", "case"]) url.searchParams.delete(name);
  if (words.value.trim()) url.searchParams.set("find", words.value.trim());
  if (whole.checked) url.searchParams.set("whole", "on");
  if (matchCase.checked) url.searchParams.set("case", "on");
  currentTarget.href = url.href;
}

async function fetchNames() {
  const answer = await fetch(root.dataset.names, { headers: { "X-Requested-With": "XMLHttpRequest" } }).catch(() => null);
  const names = answer?.ok ? (await answer.json()).names : [];
  part("speaker-names").replaceChildren(...names.map((value) => Object.assign(document.createElement("option"), { value })));
}

/** Only when names or counts are others than those shown, for somebody may stand in a field. */
function showSpeakers() {
  const found = [...commands.speakers(lines)];
  const now = JSON.stringify(found);
  if (part("speakers").dataset.shown === now) return;
  part("speakers").dataset.shown = now;
  const rowsOf = found.map(([name, count]) => {
    const label = document.createElement("label");
    label.className = "words__speaker";
    const input = Object.assign(document.createElement("input"), { value: name, maxLength: 120, autocomplete: "off" });
    input.setAttribute("list", "speaker-names");
    input.dataset.was = name;
    label.append(Object.assign(document.createElement("span"), { textContent: `${name || "No speaker"} (${count} ${count === 1 ? "line" : "lines"})` }), input);
    return label;
  });
  part("speakers-list").replaceChildren(...rowsOf);
}

async function offerWhatIsLeft() {
  const left = await keep.left();
  const changes = lines.stillToSave(new Map(left.flatMap((each) => each.changes).map((change) => [change.key, change])).values());
  if (!changes.length) return left.forEach(({ name }) => keep.drop(name));
  const count = changes.length === 1 ? "one line" : `${changes.length} lines`;
  const day = new Date(left.at(-1).at).toLocaleString("en-GB", { dateStyle: "long", timeStyle: "short" });
  part("rescue-text").textContent = `Changes of yours in ${count} were not saved (${day}). They are still in this browser.`;
  part("rescue").hidden = false;
  const end = () => {
    part("rescue").hidden = true;
    for (const { name } of left) keep.drop(name);
    rows.fieldOf(lines.order[0])?.focus();
  };
  part("rescue-take").addEventListener("click", () => { lines.bringBack(changes); keep.now(); end(); });
  part("rescue-drop").addEventListener("click", end);
}

async function begin() {
  const answer = await fetch(root.dataset.state, { headers: { "X-Requested-With": "XMLHttpRequest" } });
  if (!answer.ok) throw new Error(`The words could not be fetched (${answer.status}). Load the page again.`);
  const told = await answer.json();
  saving.version = told.version;
  lines.load(told.lines);
  rows.fill();
  part("plain").remove();
  part("panels").hidden = false;
  part("plain-replace").hidden = true;
  showChecked(told);
  showSpeakers();
  listen();
  const second = /^#t=(\d+)/.exec(location.hash);
  if (second) rows.focus(lines.spokenAt(Number(second[1]) * 1000).key, 0);
  showStatus("saved", "All saved");
  await offerWhatIsLeft();
  fetchNames();
  root.dataset.ready = "";
}

if (root && !part("plain").querySelector("[role=alert]")) {
  begin().catch((trouble) => showStatus("trouble", trouble.message));
}
