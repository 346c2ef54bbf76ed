// Speed, captions and keys of the native element. What is chosen is kept in the browser and holds
// for every talk; where a browser keeps nothing, it holds for this page.

const SPEED = "player:speed";
const CAPTIONS = "player:captions";

function keep(key, value) {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Then the next page begins as usual.
  }
}

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function has(select, value) {
  return [...select.options].some((option) => option.value === value);
}

function setUpSpeed(media, select) {
  /** The default too: it is what the next source begins with. */
  function set() {
    media.defaultPlaybackRate = Number(select.value);
    media.playbackRate = media.defaultPlaybackRate;
  }

  function choose(value) {
    select.value = value;
    set();
    keep(SPEED, value);
  }

  const before = kept(SPEED);
  if (before && has(select, before)) select.value = before;
  set();
  select.addEventListener("change", () => choose(select.value));
  return (step) => {
    const at = Math.min(Math.max(select.selectedIndex + step, 0), select.options.length - 1);
    choose(select.options[at].value);
  };
}

/** One language at a time; what the browser's own menu chooses shows in ours. */
function setUpCaptions(media, select) {
  if (!select) return () => {};
  const tracks = [...media.textTracks];
  let last = select.options[1].value;

  function show(language) {
    for (const track of tracks) {
      const mode = track.language === language ? "showing" : "disabled";
      if (track.mode !== mode) track.mode = mode;
    }
  }

  function choose(language) {
    select.value = language;
    last = language || last;
    show(language);
    keep(CAPTIONS, language);
  }

  const before = kept(CAPTIONS);
  if (before && has(select, before)) {
    select.value = last = before;
    show(before);
  }
  select.addEventListener("change", () => choose(select.value));
  media.textTracks.addEventListener("change", () => {
    const shown = tracks.find((track) => track.mode === "showing")?.language ?? "";
    if (shown !== select.value) choose(shown);
  });
  return () => choose(select.value ? "" : last);
}

function setUpKeys(stage, media, speedUp, toggleCaptions) {
  const skip = (seconds) => { media.currentTime = Math.max(0, media.currentTime + seconds); };
  const keys = {
    k: () => (media.paused ? media.play().catch(() => {}) : media.pause()),
    j: () => skip(-10),
    l: () => skip(10),
    c: toggleCaptions,
    m: () => { media.muted = !media.muted; },
    f: () => (document.fullscreenElement ? document.exitFullscreen() : media.requestFullscreen?.()),
    "<": () => speedUp(-1),
    ">": () => speedUp(1),
  };
  // The browser's own steps are a hundredth of the talk, whatever that is.
  const arrows = { ArrowLeft: () => skip(-5), ArrowRight: () => skip(5) };

  // Before the browser's own controls, which would take a step of theirs as well.
  stage.addEventListener("keydown", (event) => {
    if (!media.isConnected || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("select")) return;
    const action = keys[event.key.toLowerCase()] ?? (event.target === media && arrows[event.key]);
    if (action) {
      event.preventDefault();
      event.stopPropagation();
      action();
    }
  }, { capture: true });
}

for (const stage of document.querySelectorAll("[data-player]")) {
  const media = stage.querySelector("video, audio");
  if (media) {
    const speedUp = setUpSpeed(media, stage.querySelector("[data-speed]"));
    const toggle = setUpCaptions(media, stage.querySelector("[data-captions]"));
    setUpKeys(stage, media, speedUp, toggle);
  }
}
