// Saves by itself: soon after the last key, again and again while the line is lost, and never twice
// at the same time. Says in words how it stands.

import { rowOf, same } from "./lines.js";
import { problem } from "./text.js";

const IDLE = 1200; // ms after the last change
const LONGEST = 6000; // ms that a change waits while somebody goes on typing
const AT_ONCE = 500; // changes in one request
const PATIENCE = 30_000; // ms for an answer
const WAITS = [2, 4, 8, 15, 30]; // seconds before the next try, the last for ever

function csrf() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

export class Saving {
  constructor(root, lines, { show, onVersion }) {
    this.url = root.dataset.save;
    this.login = root.dataset.login;
    this.lines = lines;
    this.show = show; // (state, words, link)
    this.onVersion = onVersion;
    this.version = "";
    this.busy = null;
    this.tries = 0;
    addEventListener("online", () => this.now());
    document.addEventListener("visibilitychange", () => { if (document.hidden) this.now(); });
  }

  /** Keys of lines that can be sent as they are. */
  ready() {
    const { dirty, conflicts, refusals, all } = this.lines;
    return [...dirty].filter((key) => {
      if (conflicts.has(key)) return false;
      const line = all.get(key);
      if (refusals.has(key) && same(refusals.get(key).row, rowOf(line))) return false;
      return !line || !problem(line);
    });
  }

  /** Something changed. */
  soon() {
    if (!this.lines.dirty.size) return this.rest();
    this.since ??= Date.now();
    clearTimeout(this.timer);
    if (this.tries) return undefined; // the next try is under way
    const wait = Math.max(0, Math.min(IDLE, this.since + LONGEST - Date.now()));
    this.timer = setTimeout(() => this.now(), wait);
    this.show("waiting", "Not saved yet");
    return undefined;
  }

  /** Returns whether everything is at the server. */
  async now() {
    clearTimeout(this.timer);
    while (this.busy) await this.busy;
    this.busy = this.send();
    const went = await this.busy;
    this.busy = null;
    if (went && this.ready().length) return this.now();
    return went && !this.lines.dirty.size;
  }

  async send() {
    const keys = this.ready().slice(0, AT_ONCE);
    if (!keys.length) {
      this.rest();
      return true;
    }
    this.show("saving", "Saving …");
    const changes = keys.map((key) => this.lines.changeOf(key));
    for (const { key, after } of changes) this.lines.unknown.set(key, after);
    this.since = null;
    try {
      const answer = await this.ask({ version: this.version, changes });
      this.version = answer.version;
      this.tries = 0;
      this.lines.confirm(changes, answer);
      this.onVersion(answer);
      this.rest();
      return true;
    } catch (trouble) {
      this.bear(trouble);
      return false;
    }
  }

  async ask(body) {
    const stop = AbortSignal.timeout(PATIENCE);
    let answer;
    try {
      answer = await fetch(this.url, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-CSRFToken": csrf(), "X-Requested-With": "XMLHttpRequest" },
        body: JSON.stringify(body),
        signal: stop,
      });
    } catch {
      throw new Error("No connection.");
    }
    const said = await answer.json().catch(() => null);
    if (answer.ok && said?.version) return said;
    if (answer.status === 403 || answer.redirected) throw Object.assign(new Error("You are signed out, or may no longer change this talk."), { signedOut: true });
    throw new Error(said?.problem ?? `The server cannot save just now (${answer.status}).`);
  }

  bear(trouble) {
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.now(), wait * 1000);
    const rest = trouble.signedOut
      ? "Sign in there, and it goes on here by itself. Your changes are kept in this browser."
      : "Trying again; your changes are kept in this browser.";
    this.show("trouble", `Not saved. ${trouble.message} ${rest}`, trouble.signedOut ? this.login : "");
  }

  /** How it stands while nothing is on its way. */
  rest() {
    const { dirty, conflicts } = this.lines;
    if (conflicts.size) this.show("held", `${conflicts.size === 1 ? "One line was" : `${conflicts.size} lines were`} changed by somebody else too: choose which to keep. All others are saved.`);
    else if (dirty.size && !this.ready().length) this.show("held", `${dirty.size === 1 ? "One line" : `${dirty.size} lines`} cannot be saved as they stand. All others are saved.`);
    else if (!dirty.size) this.show("saved", "All saved");
  }
}
