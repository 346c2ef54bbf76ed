// The player: the native element, and what it lacks. Seek from links, mark what is spoken, resume,
// speed, keys, the next source when one fails. Each talk on a page is set up by itself.

const KEPT_FOR_LESS_THAN = 5; // seconds at either end that are not worth resuming

/** Read `754`, `12m34s` or `1h2m3s`; null for anything else. */
export function parseSeconds(text) {
  const match = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/.exec((text ?? "").trim());
  if (!match || !match.slice(1).some(Boolean)) return null;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

/** Write a time as the page does: 0:05, 12:34, 1:02:03. */
export function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const padded = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
}

/** The second that a link opens, if it leads to this page and to nothing but a time. */
function secondOf(link) {
  const url = new URL(link.href, location.href);
  if (url.pathname !== location.pathname || !url.searchParams.has("t")) return null;
  return parseSeconds(url.searchParams.get("t"));
}

function secondOfAddress() {
  const fragment = new URLSearchParams(location.hash.slice(1)).get("t");
  return parseSeconds(fragment ?? new URLSearchParams(location.search).get("t"));
}

function store(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // A browser that keeps nothing only forgets where one stopped.
  }
}

function kept(key) {
  try {
    return Number(localStorage.getItem(key)) || 0;
  } catch {
    return 0;
  }
}

function setUp(talk) {
  const stage = talk.querySelector("[data-player]");
  const media = stage?.querySelector("video, audio");
  if (!media) return;
  const cues = [...talk.querySelectorAll(".cue")];
  const chapters = [...talk.querySelectorAll("[data-chapters] a")];
  const key = `resume:${location.pathname}`;
  const find = (name) => stage.querySelector(`[data-${name}]`);
  let follows = false;

  /** Addresses name the second in which words begin; this is when they begin exactly. */
  function exactly(seconds) {
    const cue = cues.find((item) => Math.floor(Number(item.dataset.start) / 1000) === seconds);
    return cue ? Number(cue.dataset.start) / 1000 : seconds;
  }

  function seek(second, plays = true) {
    const seconds = exactly(second);
    const go = () => { media.currentTime = seconds; };
    if (media.readyState > 0) go();
    else {
      media.addEventListener("loadedmetadata", go, { once: true });
      if (media.preload === "none") media.preload = "metadata";
      if (!plays) media.load();
    }
    if (plays) media.play().catch(() => {}); // a browser may refuse; the controls are there
  }

  function mark(items, current) {
    for (const item of items) {
      if (item === current) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
  }

  function showNow() {
    const at = media.currentTime * 1000 + 50;
    const cue = cues.findLast((item) => Number(item.dataset.start) <= at) ?? cues[0];
    const chapter = chapters.findLast((item) => Number(item.dataset.start) * 1000 <= at);
    if (cue && cue.getAttribute("aria-current") !== "true") {
      mark(cues, cue);
      if (follows) cue.scrollIntoView({ block: "center" });
    }
    if (chapter) mark(chapters, chapter);
  }

  function keep() {
    const at = Math.floor(media.currentTime);
    const ends = media.duration - at < KEPT_FOR_LESS_THAN;
    store(key, at < KEPT_FOR_LESS_THAN || ends ? null : at);
  }

  function offerResume() {
    const at = kept(key);
    if (!at || secondOfAddress() !== null) return;
    const button = find("resume");
    find("resume-label").textContent = `Carry on from ${clock(at)}`;
    button.hidden = false;
    button.addEventListener("click", () => { button.hidden = true; seek(at); media.focus(); });
    media.addEventListener("play", () => { button.hidden = true; }, { once: true });
  }

  function speedUp(step) {
    const speed = find("speed");
    speed.selectedIndex = Math.min(Math.max(speed.selectedIndex + step, 0), speed.options.length - 1);
    media.playbackRate = Number(speed.value);
  }

  function toggleCaptions() {
    const track = media.textTracks?.[0];
    if (track) track.mode = track.mode === "showing" ? "hidden" : "showing";
  }

  const keys = {
    k: () => (media.paused ? media.play().catch(() => {}) : media.pause()),
    j: () => { media.currentTime = Math.max(0, media.currentTime - 10); },
    l: () => { media.currentTime += 10; },
    c: toggleCaptions,
    "<": () => speedUp(-1),
    ">": () => speedUp(1),
  };

  talk.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    const seconds = secondOf(link);
    if (seconds === null) return;
    event.preventDefault();
    history.replaceState(null, "", link.href);
    seek(seconds);
    showNow();
  });

  stage.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("select")) return;
    const action = keys[event.key.toLowerCase()];
    if (action) {
      event.preventDefault();
      action();
    }
  });

  // The last source that fails tells the element; each failing source tells only itself.
  const sources = media.querySelectorAll("source");
  sources[sources.length - 1]?.addEventListener("error", fail);
  media.addEventListener("error", fail);
  function fail() {
    find("failed").hidden = false;
  }

  const frame = find("frame");
  frame?.addEventListener("click", (event) => {
    event.preventDefault();
    media.pause();
    const player = document.createElement("iframe");
    player.className = "player__frame";
    player.src = `${frame.dataset.frame}${frame.dataset.frame.includes("?") ? "&" : "?"}autoplay=1`;
    player.title = `${stage.dataset.title}, on ${frame.dataset.host}`;
    player.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    player.referrerPolicy = "strict-origin-when-cross-origin";
    (stage.querySelector(".player__art") ?? media).replaceWith(player);
    media.remove();
    find("tools").hidden = true;
    player.focus();
  });

  find("tools").hidden = false;
  find("follow").hidden = !cues.length;
  find("follow").addEventListener("click", ({ currentTarget }) => {
    follows = !follows;
    currentTarget.setAttribute("aria-pressed", String(follows));
    if (follows) talk.querySelector(".cue[aria-current]")?.scrollIntoView({ block: "center" });
  });
  find("speed").addEventListener("change", ({ target }) => { media.playbackRate = Number(target.value); });

  media.addEventListener("play", () => {
    for (const other of document.querySelectorAll("video, audio")) if (other !== media) other.pause();
  });
  media.addEventListener("timeupdate", () => { if (!media.paused || media.currentTime) showNow(); });
  media.addEventListener("pause", keep);
  media.addEventListener("ended", () => store(key, null));
  window.addEventListener("pagehide", () => { if (media.currentTime) keep(); });
  window.addEventListener("hashchange", () => {
    const seconds = secondOfAddress();
    if (seconds !== null) seek(seconds);
  });

  offerResume();
  const start = secondOfAddress();
  const end = Number(stage.dataset.duration) || Infinity;
  if (start !== null && start * 1000 < end) {
    seek(start, false);
    const cue = cues.findLast((item) => Number(item.dataset.start) <= exactly(start) * 1000 + 50);
    if (cue && location.hash !== "#found") {
      mark(cues, cue);
      cue.scrollIntoView({ block: "center" });
    }
  }
}

for (const talk of document.querySelectorAll("[data-talk]")) setUp(talk);
