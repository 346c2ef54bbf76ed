// What was done is read out from one region of the page, and taken away again, so that the same
// words are read out next time too. Who speaks last decides how long: no earlier timer ends it.

export const SHOWN = 2500; // milliseconds

const timers = new WeakMap();

/** Without a region nothing is said. */
export function say(region, words) {
  if (!region) return;
  clearTimeout(timers.get(region));
  region.textContent = words;
  timers.set(region, setTimeout(() => { region.textContent = ""; }, SHOWN));
}
