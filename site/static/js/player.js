// The player: the native element, and what it lacks. Seek from links, mark what is spoken, resume,
// the next source when one fails, and the host of a film on a click. Each talk on a page is set up
// by itself. controls.js has speed, captions and keys, share.js the link to a second; to them the
// stage tells in data-second where the talk stands.

const KEPT_FOR_LESS_THAN = 5; // seconds at either end that are not worth resuming

/** Read `754`, `12m34s` or `1h2m3s`; null for anything else. */
function parseSeconds(text) {
  const match = /^(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?$/.exec((text ?? "").trim());
  if (!match || !match.slice(1).some(Boolean)) return null;
  const [hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return hours * 3600 + minutes * 60 + seconds;
}

/** Write a time as the page does: 0:05, 12:34, 1:02:03. */
function clock(seconds) {
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

/** Set up one talk. The address speaks to the first of a page; every one remembers for itself. */
function setUp(talk, place) {
  const stage = talk.querySelector("[data-player]");
  if (!stage?.querySelector("video, audio, [data-frame]")) return;
  // A talk that only a host has stands still in an element of its own, which nobody sees.
  const media = stage.querySelector("video, audio") ?? document.createElement("video");
  const cues = [...talk.querySelectorAll(".cue")];
  const chapters = [...talk.querySelectorAll("[data-chapters] a")];
  const sources = [...media.querySelectorAll("source")];
  const isHosted = !sources.length;
  const key = `resume:${stage.dataset.recording}`;
  const find = (name) => stage.querySelector(`[data-${name}]`);
  const asked = () => (place ? null : secondOfAddress());
  let follows = false;
  let plays = false; // whether the reader wants it to play, even while a source breaks off
  let wanted = 0; // the second asked for last, which a source that fails never reaches
  let frame = null; // the hosted player, once it stands in the place of ours

  /** Addresses name the second in which words begin; this is when they begin exactly. */
  function exactly(seconds) {
    const cue = cues.find((item) => Math.floor(Number(item.dataset.start) / 1000) === seconds);
    return cue ? Number(cue.dataset.start) / 1000 : seconds;
  }

  function seek(second, starts = true) {
    const seconds = exactly(second);
    wanted = seconds;
    stage.dataset.second = Math.floor(second);
    if (frame) return showFrame(Math.floor(seconds));
    if (isHosted) return toFacade(Math.floor(second));
    const go = () => { media.currentTime = seconds; };
    if (media.readyState > 0) go();
    else {
      media.addEventListener("loadedmetadata", go, { once: true });
      if (media.preload === "none") media.preload = "metadata";
      if (!starts) media.load();
    }
    if (starts) media.play().catch(() => {}); // a browser may refuse; the controls are there
  }

  /** Nothing is asked of a host by a link into the words: it leads to the one that plays. */
  function toFacade(second) {
    const facade = stage.querySelector("[data-frame]");
    if (!facade) return;
    const url = new URL(facade.href);
    url.searchParams.set("t", `${second}s`); // YouTube reads this, Vimeo the fragment
    url.hash = `t=${second}s`;
    facade.href = url.href;
    facade.focus();
  }

  function mark(items, current) {
    for (const item of items) {
      if (item === current) item.setAttribute("aria-current", "true");
      else item.removeAttribute("aria-current");
    }
  }

  function showNow(second = media.currentTime) {
    const at = second * 1000 + 50;
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
    if (!at || asked() !== null) return;
    const button = find("resume");
    find("resume-label").textContent = `Carry on from ${clock(at)}`;
    button.hidden = false;
    button.addEventListener("click", () => { button.hidden = true; seek(at); media.focus(); });
    media.addEventListener("play", () => { button.hidden = true; }, { once: true });
  }

  talk.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if ("frame" in link.dataset) {
      event.preventDefault();
      return frame || openFrame(link);
    }
    if ("switch" in link.dataset) return keepPlace(link);
    const seconds = secondOf(link);
    if (seconds === null) return;
    event.preventDefault();
    history.replaceState(null, "", link.href);
    seek(seconds);
    showNow(exactly(seconds));
  });

  /** The other source of the talk opens at the second at which this one stands. */
  function keepPlace(link) {
    const url = new URL(link.href);
    const second = Number(stage.dataset.second);
    if (second) url.searchParams.set("t", second);
    link.href = url.href;
  }

  // A source that cannot be loaded hands over to the next by itself, and the last one tells; one
  // that breaks off in the middle tells the element: the next goes on at the same second.
  sources.at(-1)?.addEventListener("error", fail);
  media.addEventListener("error", handOver);

  /** Words that come into a region are read out; words that were hidden in it often are not. */
  function fail() {
    const told = find("failed");
    if (!frame && !told.firstElementChild) told.append(find("failure").content.cloneNode(true));
  }

  function handOver() {
    const broken = sources.findIndex((source) => source.src === media.currentSrc);
    for (const source of sources.splice(0, broken + 1)) source.remove();
    if (!sources.length) return fail();
    const at = media.currentTime || wanted;
    media.load();
    seek(at, plays);
  }

  function showFrame(second) {
    const url = new URL(frame.dataset.address);
    url.searchParams.set("autoplay", "1");
    if (second) {
      url.searchParams.set("start", second); // YouTube reads this, Vimeo the fragment
      url.hash = `t=${second}s`;
    }
    frame.src = url.href;
  }

  function openFrame({ dataset }) {
    media.pause();
    frame = document.createElement("iframe");
    frame.className = "player__frame";
    frame.dataset.address = dataset.frame;
    frame.title = `${stage.dataset.title}, on ${dataset.host}`;
    frame.allow = "autoplay; fullscreen; picture-in-picture; encrypted-media";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    showFrame(Math.floor(media.currentTime || wanted));
    find("stand").replaceWith(frame);
    media.remove();
    find("failed").replaceChildren();
    if (find("tools")) find("tools").hidden = true;
    frame.focus();
  }

  function setUpTools() {
    find("tools").hidden = false;
    find("follow").hidden = !cues.length;
    find("follow").addEventListener("click", ({ currentTarget }) => {
      follows = !follows;
      currentTarget.setAttribute("aria-pressed", String(follows));
      if (follows) talk.querySelector(".cue[aria-current]")?.scrollIntoView({ block: "center" });
    });
    offerResume();
  }

  media.addEventListener("play", () => {
    plays = true;
    for (const other of document.querySelectorAll("video, audio")) if (other !== media) other.pause();
  });
  media.addEventListener("timeupdate", () => {
    if (media.paused && !media.currentTime) return;
    stage.dataset.second = Math.floor(media.currentTime);
    showNow();
  });
  media.addEventListener("pause", () => {
    plays = Boolean(media.error);
    keep();
  });
  media.addEventListener("ended", () => store(key, null));
  window.addEventListener("pagehide", () => { if (media.currentTime) keep(); });
  window.addEventListener("hashchange", () => {
    const seconds = asked();
    if (seconds !== null) seek(seconds);
  });

  if (find("tools")) setUpTools();
  const start = asked();
  const end = Number(stage.dataset.duration) || Infinity;
  if (start !== null && start * 1000 < end) {
    if (isHosted) wanted = start;
    else seek(start, false);
    const cue = cues.findLast((item) => Number(item.dataset.start) <= exactly(start) * 1000 + 50);
    if (cue && location.hash !== "#found") {
      mark(cues, cue);
      cue.scrollIntoView({ block: "center" });
    }
  }
}

document.querySelectorAll("[data-talk]").forEach(setUp);
