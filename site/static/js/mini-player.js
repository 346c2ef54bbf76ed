// On a small screen the player scrolls away from its words. A bar then keeps play, the time and the
// way back; it stands there once the talk plays, or was opened at a second.

const { HAVE_CURRENT_DATA } = HTMLMediaElement;

/** Write a time as the page does: 0:05, 12:34, 1:02:03. */
function clock(seconds) {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds) % 60];
  const padded = String(rest).padStart(2, "0");
  return hours ? `${hours}:${String(minutes).padStart(2, "0")}:${padded}` : `${minutes}:${padded}`;
}

function setUp(talk) {
  const bar = talk.querySelector("[data-mini]");
  const stage = talk.querySelector("[data-player]");
  const media = stage?.querySelector("video, audio");
  if (!bar || !media) return;
  const find = (name) => bar.querySelector(`[data-mini-${name}]`);
  const failed = stage.querySelector("[data-failed]");
  const plays = () => !media.paused && media.readyState > HAVE_CURRENT_DATA;
  let isInSight = true;
  let isWanted = Number(stage.dataset.second) > 0;

  function show() {
    bar.hidden = isInSight || !isWanted || !media.isConnected;
    find("label").textContent = plays() ? "Pause" : "Play from";
    find("time").textContent = clock(Number(stage.dataset.second) || 0);
    find("icon=play").hidden = plays();
    find("icon=pause").hidden = !plays();
  }

  /** To the player, where it also says why it does not play. */
  function back() {
    stage.scrollIntoView({ block: "center" });
    media.focus({ preventScroll: true });
  }

  find("play").addEventListener("click", () => {
    if (failed.firstElementChild) back();
    else if (plays()) media.pause();
    else media.play().catch(() => {}); // what cannot be played is told beside the player
  });
  find("back").addEventListener("click", back);
  media.addEventListener("play", () => { isWanted = true; });
  for (const name of ["playing", "pause", "seeking", "timeupdate"]) media.addEventListener(name, show);
  new MutationObserver(() => { if (!bar.hidden && !media.paused) back(); }).observe(failed, { childList: true });
  new IntersectionObserver((entries) => {
    isInSight = entries.at(-1).isIntersecting;
    show();
  }).observe(media);
}

document.querySelectorAll("[data-talk]").forEach(setUp);
