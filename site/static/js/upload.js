// A file field that uploads at once, in parts: with progress, pause, and going on after a lost
// connection or a reload. Without this script it stays a plain file field.

const WAITS = [1, 2, 4, 8, 15, 30]; // seconds before the next try, the last for ever
const MOST_TRIES = 8; // where somebody answers, but never well
const STALLED = 45_000; // ms without a byte: the line is dead, even if nobody says so
const HEAD = 4096;
const MARKS = [0.25, 0.5, 0.75]; // spoken, so that a listener hears of it, but not all the time

/** The line is lost, or a server is in trouble: trying again helps. */
class Lost extends Error {}
/** Somebody answered that it cannot be done now. */
class Troubled extends Lost {}
/** A person has to do something, such as log in. */
class Held extends Error {}
/** It cannot be done. */
class Refused extends Error {}
/** We broke it off ourselves. */
class Stopped extends Error {}

export function fileSize(bytes) {
  if (bytes < 999_500) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  if (bytes < 999_950_000) return `${(bytes / 1e6).toFixed(1)} MB`;
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

export function timeLeft(seconds) {
  if (seconds < 10) return "a few seconds left";
  if (seconds < 100) return `about ${Math.round(seconds / 10) * 10} seconds left`;
  if (seconds < 5400) return `about ${Math.round(seconds / 60)} minutes left`;
  return `about ${Math.round(seconds / 3600)} hours left`;
}

/** The cookie changes when somebody logs in again in another tab; the form's own field does not. */
function csrf() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

function judge(status, words) {
  if (status === 403) return new Held("You are no longer logged in, or may no longer add recordings. Log in in another tab, then resume.");
  if (status === 409) return new Lost(); // a part came twice over a bad line: ask where to go on
  if (status === 408 || status === 429 || (status >= 500 && status !== 507)) return new Troubled(words);
  return new Refused(words || "The server does not take this file.");
}

/** Ask our own server; the answer is JSON. */
async function ask(method, url, { body, signal } = {}) {
  const headers = { "X-CSRFToken": csrf(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  let answer;
  let told;
  try {
    answer = await fetch(url, { method, headers, signal, body: body && JSON.stringify(body) });
    told = answer.status === 204 ? {} : await answer.json().catch(() => ({}));
  } catch {
    throw signal?.aborted ? new Stopped() : new Lost();
  }
  if (!answer.ok) throw judge(answer.status, told.problem);
  return told;
}

/** Send bytes; `fetch` cannot tell how far it is. */
function put(url, bytes, { headers = {}, signal, onProgress }) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    let stalled;
    const watch = () => {
      clearTimeout(stalled);
      stalled = setTimeout(() => request.abort(), STALLED);
    };
    const stop = () => request.abort();
    request.open("PUT", url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => { watch(); onProgress(event.loaded); };
    request.onloadend = () => {
      clearTimeout(stalled);
      signal.removeEventListener("abort", stop);
      if (signal.aborted) reject(new Stopped());
      else if (request.status === 0) reject(new Lost());
      else resolve(request);
    };
    signal.addEventListener("abort", stop);
    watch();
    request.send(bytes);
  });
}

/** Parts through our own server, each beginning where the last one ended. */
async function sendToDisk(upload, file, { signal, onBytes }) {
  while (upload.received < upload.size) {
    const offset = upload.received;
    const answer = await put(upload.url, file.slice(offset, offset + upload.part_size), {
      signal,
      headers: { "X-CSRFToken": csrf(), "X-Requested-With": "XMLHttpRequest", "Upload-Offset": offset },
      onProgress: (loaded) => onBytes(offset + loaded),
    });
    const told = parsed(answer.responseText);
    if (answer.status !== 200) throw judge(answer.status, told.problem);
    upload.received = told.received;
    onBytes(upload.received, true);
  }
}

/** Parts straight to the bucket, each by an address that our server signs. */
async function sendToBucket(upload, file, { signal, onBytes }) {
  const here = new Set(upload.parts);
  const last = Math.ceil(upload.size / upload.part_size);
  for (let number = 1; number <= last; number += 1) {
    if (here.has(number)) continue;
    const begins = (number - 1) * upload.part_size;
    const bytes = file.slice(begins, begins + upload.part_size);
    const { address } = await ask("POST", `${upload.url}parts/${number}/`, { signal });
    const before = upload.received;
    const answer = await put(address, bytes, { signal, onProgress: (loaded) => onBytes(before + loaded) });
    if (answer.status !== 200) throw new Troubled("The store does not take this part.");
    upload.received = before + bytes.size;
    onBytes(upload.received, true);
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

async function base64(blob) {
  const bytes = new Uint8Array(await blob.arrayBuffer());
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** Wait, but no longer than until the line is back. */
function pause(seconds, signal) {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      removeEventListener("online", done);
      resolve();
    };
    const timer = setTimeout(done, seconds * 1000);
    addEventListener("online", done);
    signal.addEventListener("abort", done);
  });
}

class FilmUpload extends HTMLElement {
  connectedCallback() {
    if (this.input) return;
    this.input = this.querySelector("input[type=file]");
    this.token = this.querySelector("[data-token]");
    this.url = this.dataset.url ?? "";
    this.state = this.url ? "done" : "empty";
    this.input.disabled = this.state === "done"; // a file that was sent is not sent again
    this.input.addEventListener("change", () => this.chosen());
    this.part("pause").addEventListener("click", () => (this.state === "paused" ? this.resume() : this.stop()));
    this.part("cancel").addEventListener("click", () => this.cancel());
    const row = this.closest("[data-inline-panel-child]");
    row?.querySelector("[id$=-DELETE-button]")?.addEventListener("click", () => this.cancel());
    if (this.input.form) holdUntilHere(this.input.form);
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  get isBusy() {
    return ["sending", "waiting", "paused"].includes(this.state);
  }

  chosen() {
    const [file] = this.input.files;
    if (!file) return;
    this.file = file;
    this.upload = null;
    this.part("name").textContent = file.name;
    this.part("size").textContent = fileSize(file.size);
    this.part("problem").textContent = "";
    this.input.disabled = true;
    this.part("choose").hidden = true;
    this.part("row").hidden = false;
    this.part("cancel").textContent = "Cancel";
    this.part("pause").hidden = false;
    this.part("bar").value = 0;
    this.part("pause").focus();
    this.say(`Uploading ${file.name}, ${fileSize(file.size)}.`);
    this.resume();
  }

  /** Send until everything is here, through whatever the line does meanwhile. */
  async resume() {
    this.stopping?.abort();
    this.stopping = new AbortController();
    const { signal } = this.stopping;
    this.tries = 0;
    for (;;) {
      this.enter("sending");
      try {
        await this.send(signal);
        return;
      } catch (problem) {
        if (signal.aborted || problem instanceof Stopped) return;
        if (!(await this.bear(problem, signal))) return;
      }
    }
  }

  async send(signal) {
    this.upload = this.upload ? await ask("GET", this.upload.url, { signal }) : await this.begin(signal);
    this.url = this.upload.url;
    this.began = { at: performance.now(), from: this.upload.received };
    if (this.upload.received && !this.upload.arrived) this.say(`Going on at ${this.percent(this.upload.received)}.`);
    const send = this.upload.place === "bucket" ? sendToBucket : sendToDisk;
    const onBytes = (bytes, whole) => this.show(bytes, whole);
    if (!this.upload.arrived) {
      await send(this.upload, this.file, { signal, onBytes });
      this.part("text").textContent = "All of it is here, and is being checked.";
      await ask("POST", `${this.upload.url}finish/`, { signal });
    }
    this.done();
  }

  async begin(signal) {
    const { name, size, lastModified: modified } = this.file;
    let head;
    try {
      head = await base64(this.file.slice(0, HEAD));
    } catch {
      throw new Refused("This file can no longer be read. Choose it again.");
    }
    const body = { name, size, modified, head };
    const upload = await ask("POST", this.dataset.begin, { body, signal });
    const others = [...document.querySelectorAll("film-upload")].filter((each) => each !== this);
    const isTaken = others.some((each) => each.url === upload.url);
    return isTaken ? ask("POST", this.dataset.begin, { body: { ...body, anew: true }, signal }) : upload;
  }

  /** Returns whether to try again. */
  async bear(problem, signal) {
    if (problem instanceof Refused) return this.fail(problem.message);
    if (problem instanceof Held) return this.hold(problem.message);
    if (!(problem instanceof Lost)) throw problem;
    if (!(await this.isReadable())) return this.fail("This file can no longer be read. Choose it again.");
    const wait = WAITS[Math.min(this.tries, WAITS.length - 1)];
    this.tries += 1;
    if (problem instanceof Troubled && this.tries > MOST_TRIES) {
      return this.hold(problem.message || "The server is in trouble. What has arrived is kept for a day.");
    }
    this.enter("waiting");
    const words = problem.message || "The connection is lost.";
    const text = `${words} Trying again; what has arrived is kept.`;
    this.part("text").textContent = text;
    if (this.tries === 2) this.say(text);
    await pause(wait, signal);
    return !signal.aborted;
  }

  async isReadable() {
    try {
      await this.file.slice(0, 1).arrayBuffer();
      return true;
    } catch {
      return false;
    }
  }

  enter(state) {
    this.state = state;
    this.dataset.state = state;
    this.part("pause").textContent = state === "paused" ? "Resume" : "Pause";
  }

  say(words) {
    this.part("spoken").textContent = words;
  }

  percent(bytes) {
    return `${Math.floor((100 * bytes) / this.upload.size)} %`;
  }

  show(bytes, whole = false) {
    const { size } = this.upload;
    const before = this.part("bar").value;
    this.part("bar").value = bytes / size;
    if (whole) this.tries = 0;
    const seconds = (performance.now() - this.began.at) / 1000;
    const rate = (bytes - this.began.from) / seconds;
    const left = seconds > 3 && rate > 0 ? `, ${timeLeft((size - bytes) / rate)}` : "";
    const then = held.get(this.input.form) ? ". The form is saved then." : "";
    this.part("text").textContent = `${this.percent(bytes)}: ${fileSize(bytes)} of ${fileSize(size)}${left}${then}`;
    if (MARKS.some((mark) => before < mark && bytes / size >= mark)) this.say(`${this.percent(bytes)} uploaded${left}.`);
  }

  stop() {
    this.stopping?.abort();
    this.hold("Paused. What has arrived is kept for a day.");
  }

  hold(words) {
    this.enter("paused");
    this.part("text").textContent = words;
    this.say(words);
    letGo(this.input.form, false);
    return false;
  }

  done() {
    this.enter("done");
    this.token.value = this.upload.token;
    this.token.dispatchEvent(new Event("change", { bubbles: true }));
    const hadFocus = this.part("pause") === document.activeElement;
    this.part("bar").value = 1;
    this.part("text").textContent = "Uploaded. It is kept with the recording once you save.";
    this.part("pause").hidden = true;
    this.part("cancel").textContent = "Remove";
    if (hadFocus) this.part("cancel").focus();
    this.say(`${this.file.name} is uploaded.`);
    letGo(this.input.form, true);
  }

  fail(words) {
    this.clear();
    this.enter("failed");
    this.part("problem").textContent = words;
    letGo(this.input.form, false);
    return false;
  }

  cancel() {
    if (this.state === "empty") return;
    this.stopping?.abort();
    if (this.url) ask("DELETE", this.url).catch(() => {}); // else it goes by itself after a day
    this.say("The upload is removed.");
    this.clear();
    this.enter("empty");
    letGo(this.input.form, false);
  }

  /** Back to an empty field. */
  clear() {
    const hadFocus = this.part("row").contains(document.activeElement);
    this.url = "";
    this.upload = null;
    this.token.value = "";
    this.input.value = "";
    this.input.disabled = false;
    this.part("row").hidden = true;
    this.part("choose").hidden = false;
    if (hadFocus) this.input.focus();
  }
}

const held = new WeakMap(); // forms, with the button that was pressed while files were on their way

function busyIn(form) {
  return [...form.querySelectorAll("film-upload")].filter((each) => each.isBusy);
}

/** A form that is sent while a file is on its way waits for it. */
function holdUntilHere(form) {
  if (held.has(form)) return;
  held.set(form, null);
  form.addEventListener("submit", (event) => {
    const busy = busyIn(form);
    if (!busy.length) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    held.set(form, event.submitter);
    for (const each of busy) each.say("The form is saved as soon as the file is here.");
  }, { capture: true });
}

/** Send a form that waits, or give its button back. */
function letGo(form, goes) {
  const submitter = form && held.get(form);
  if (!submitter || (goes && busyIn(form).length)) return;
  held.set(form, null);
  submitter.dataset.wProgressLoadingValue = "false";
  submitter.disabled = false;
  if (goes) form.requestSubmit(submitter);
}

addEventListener("beforeunload", (event) => {
  if ([...document.querySelectorAll("film-upload")].some((each) => each.isBusy)) event.preventDefault();
});

customElements.define("film-upload", FilmUpload);
