// Times as editors type them, to the thousandth of a second.

/** 62500 is 1:02.500. */
export function written(moment) {
  const seconds = Math.floor(moment / 1000);
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const front = hours ? `${hours}:${String(minutes).padStart(2, "0")}` : String(minutes);
  return `${front}:${String(rest).padStart(2, "0")}.${String(moment % 1000).padStart(3, "0")}`;
}

/** As the list shows it: 1:02. */
export function brief(moment) {
  return written(moment).slice(0, -4);
}

/** Milliseconds; null for what is no time. */
export function typed(text) {
  const found = /^\s*(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,2})(?:[.,](\d{1,3}))?\s*$/.exec(text);
  if (!found) return null;
  const [hours, minutes, seconds] = found.slice(1, 4).map((part) => Number(part ?? 0));
  if (seconds > 59 || (found[1] && minutes > 59)) return null;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number((found[4] ?? "").padEnd(3, "0"));
}
