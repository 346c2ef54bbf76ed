// The words of one line: how they are cleaned, where marks go when they change, what is hard to read.

const CONTROLS = /[\p{Cc}\p{Cs}]/gu;
const WIDEST = 37; // letters in a line of captions
const MOST_LINES = 2;
const FASTEST = 17; // letters a second

/** As the server keeps them: no control characters, no empty lines, no spaces at either end. */
export function clean(text) {
  const lines = text.replace(/\r\n?/g, "\n").replace(/\t/g, " ").split("\n");
  return lines.map((line) => line.replace(CONTROLS, "").trim()).filter(Boolean).join("\n");
}

function shared(one, other, from) {
  const most = Math.min(one.length, other.length);
  let at = 0;
  while (at < most && (from ? one.at(-1 - at) === other.at(-1 - at) : one[at] === other[at])) at += 1;
  return at;
}

/** Where marks are once a text was changed; those that were changed themselves go. */
export function moved(marks, before, after) {
  if (!marks.length || before === after) return marks;
  const head = shared(before, after, false);
  const room = Math.min(before.length, after.length) - head;
  const tail = Math.min(shared(before, after, true), room);
  const [end, shift] = [before.length - tail, after.length - before.length];
  return marks.flatMap(([first, last, ...more]) => {
    if (last <= head) return [[first, last, ...more]];
    return first >= end ? [[first + shift, last + shift, ...more]] : [];
  });
}

/** How many lines of captions these words fill. */
export function captionLines(text) {
  let count = 0;
  for (const line of text.split("\n")) {
    let width = Infinity;
    for (const word of line.split(" ")) {
      if (width + 1 + word.length > WIDEST) {
        count += 1;
        width = word.length;
      } else width += 1 + word.length;
    }
  }
  return count;
}

/** What makes a line hard to read as a caption, in words; hints, not errors. */
export function hints({ start, end, text }, next) {
  const found = [];
  const rate = (1000 * text.replace(/\s+/g, " ").length) / (end - start);
  const lines = captionLines(text);
  if (end > start && rate > FASTEST) found.push(`${Math.ceil(rate)} letters a second; ${FASTEST} can be read with ease`);
  if (lines > MOST_LINES) found.push(`${lines} lines of captions; ${MOST_LINES} can be read with ease`);
  if (next && end > next.start) found.push("ends after the next line begins");
  return found;
}

/** Why a line cannot be saved, in words; empty if it can. */
export function problem({ start, end, text }) {
  if (!clean(text)) return "There are no words in this line. Write some, or delete the line.";
  if (end <= start) return "The line ends before it begins. Its second time must be the later one.";
  return "";
}
