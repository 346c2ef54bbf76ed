// The words: find in the talk while typing, step from place to place, copy a quote with its source.

import { SHOWN, say } from "./said.js";

const WAIT = 200; // milliseconds after the last key

function pattern(query) {
  const words = query.trim().split(/\s+/).filter(Boolean);
  if (!words.length) return null;
  const escaped = words.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(escaped.join("\\s+").replace(/['’]/g, "['’]"), "giu");
}

/** Put marks around every place in a paragraph; returns them. */
function markIn(text, found) {
  const words = text.textContent;
  const parts = [];
  const marks = [];
  let at = 0;
  for (const match of found ? words.matchAll(found) : []) {
    if (match.index > at) parts.push(words.slice(at, match.index));
    const mark = document.createElement("mark");
    mark.textContent = match[0];
    parts.push(mark);
    marks.push(mark);
    at = match.index + match[0].length;
  }
  parts.push(words.slice(at));
  text.replaceChildren(...parts);
  return marks;
}

function setUpSearch(talk) {
  const form = talk.querySelector("[data-talk-search]");
  if (!form) return;
  const texts = [...talk.querySelectorAll(".cue__text")];
  const count = form.querySelector("[data-count]");
  const steps = [...form.querySelectorAll("[name=to]")];
  const field = form.elements.find;
  let marks = [];
  let here = -1;
  let timer = 0;

  function show(scrolls) {
    marks.forEach((mark, at) => {
      mark.classList.toggle("is-here", at === here);
      if (at === here) mark.id = "found";
      else mark.removeAttribute("id");
    });
    count.textContent = field.value.trim() ? (marks.length ? `${here + 1} of ${marks.length}` : "Not said") : "";
    for (const step of steps) step.disabled = !marks.length;
    if (scrolls && marks[here]) marks[here].scrollIntoView({ block: "center" });
  }

  function search(scrolls) {
    const found = pattern(field.value);
    marks = texts.flatMap((text) => markIn(text, found));
    here = marks.length ? 0 : -1;
    show(scrolls);
  }

  function step(by) {
    if (!marks.length) return;
    here = (here + by + marks.length) % marks.length;
    show(true);
  }

  form.classList.add("talk-search--live");
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => search(false), WAIT);
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    const way = event.submitter?.value;
    const fresh = marks.length && marks[0].isConnected && sameQuery(marks[0], field.value);
    if (!fresh) search(true);
    else step(way === "previous" ? -1 : 1);
  });

  if (field.value) {
    const before = Number(form.elements.at.value) - 1;
    search(false);
    if (marks.length) here = Math.min(Math.max(before, 0), marks.length - 1);
    show(true);
  }
}

function sameQuery(mark, query) {
  return pattern(query)?.test(mark.textContent) ?? false;
}

/** Who speaks is written where it changes. */
function speakerOf(cue) {
  const cues = [...cue.closest("[data-transcript]").querySelectorAll(".cue")];
  return cues.slice(0, cues.indexOf(cue) + 1).findLast((item) => "speaker" in item.dataset)?.dataset.speaker;
}

function quoteOf(cue, title) {
  const words = cue.querySelector(".cue__text").textContent.trim();
  const time = cue.querySelector(".cue__time");
  const link = new URL(time.getAttribute("href"), location.origin + location.pathname).href;
  const who = [speakerOf(cue), `“${title}”`, time.textContent.trim()].filter(Boolean).join(", ");
  return `“${words}”\n${who}\n${link}`;
}

function setUpQuotes(talk) {
  const drawn = talk.querySelector("[data-copy]")?.content.firstElementChild;
  if (!navigator.clipboard || !drawn) return;
  const title = talk.querySelector("h1")?.textContent.trim() ?? document.title;
  const said = talk.querySelector("[data-said]"); // read out; a new name of the button is not
  for (const cue of talk.querySelectorAll(".cue")) {
    const button = cue.appendChild(drawn.cloneNode(true));
    const label = button.querySelector(".cue__copy-label");
    const before = label.textContent;
    const name = (does) => `${does} at ${cue.querySelector(".cue__time").textContent}`;
    button.setAttribute("aria-label", name("Copy quote"));
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(quoteOf(cue, title));
        label.textContent = "Copied";
      } catch {
        label.textContent = "Not copied";
      }
      say(said, label.textContent);
      button.setAttribute("aria-label", name(label.textContent)); // what one sees is in the name
      button.classList.add("cue__copy--done");
      setTimeout(() => {
        label.textContent = before;
        button.setAttribute("aria-label", name("Copy quote"));
        button.classList.remove("cue__copy--done");
      }, SHOWN);
    });
  }
}

/** One sign goes along with the paragraph that the player marks: “Now playing” while it plays. */
function setUpNow(talk) {
  const words = talk.querySelector("[data-transcript]");
  const drawn = words?.querySelector("[data-now]")?.content.firstElementChild;
  if (!drawn) return;
  const sign = words.querySelector(".cue__now") ?? drawn.cloneNode(true);
  const follow = () => {
    const cue = words.querySelector(".cue[aria-current]");
    if (cue && sign.parentElement !== cue) cue.querySelector(".cue__time").before(sign);
    else if (!cue) sign.remove();
  };
  const media = talk.querySelector("video, audio");
  const label = sign.querySelector("[data-now-label]");
  const tell = () => { label.textContent = media.paused || media.readyState < 3 ? "You are here" : "Now playing"; };
  for (const name of ["playing", "pause"]) media?.addEventListener(name, tell);
  new MutationObserver(follow).observe(words, { attributeFilter: ["aria-current"], subtree: true });
  follow();
}

for (const talk of document.querySelectorAll("[data-talk]")) {
  setUpNow(talk);
  setUpSearch(talk);
  setUpQuotes(talk);
}
