// The box of words in the admin: numbers beside its lines, and links that lead to one of them.

const NUMBERS = "words-box__numbers";

const linesOf = (text) => text.split("\n");

/** The numbers of the lines that something is wrong with. */
const faultyLines = (links) => {
  const found = new Set();
  for (const { dataset } of links) {
    const first = Number(dataset.wordsLine);
    const last = Math.min(Number(dataset.wordsLast), first + 500);
    for (let line = first; line <= last; line += 1) found.add(line);
  }
  return found;
};

const drawNumbers = (gutter, count, faulty) => {
  const parts = [];
  for (let line = 1; line <= count; line += 1) {
    if (faulty.has(line)) {
      const mark = document.createElement("mark");
      mark.textContent = String(line);
      parts.push(mark, "\n");
    } else {
      parts.push(`${line}\n`);
    }
  }
  gutter.replaceChildren(...parts);
};

/** Put the cursor on a line, select it up to the last, and bring it into sight. */
const goTo = (box, first, last) => {
  const lines = linesOf(box.value);
  const before = lines.slice(0, first - 1).join("\n").length + (first > 1 ? 1 : 0);
  const chosen = lines.slice(first - 1, last).join("\n").length;
  box.focus({ preventScroll: true });
  box.setSelectionRange(before, before + chosen);
  const height = parseFloat(getComputedStyle(box).lineHeight);
  box.scrollTop = Math.max(0, (first - 4) * height);
  box.scrollIntoView({ block: "center" });
};

const number = (box) => {
  const links = [...document.querySelectorAll("[data-words-line]")];
  const faulty = faultyLines(document.querySelectorAll("[data-words-problems] [data-words-line]"));
  const frame = document.createElement("div");
  const gutter = document.createElement("div");
  frame.className = "words-box";
  gutter.className = NUMBERS;
  gutter.setAttribute("aria-hidden", "true");
  box.replaceWith(frame);
  frame.append(gutter, box);
  let count = 0;
  const update = () => {
    const now = linesOf(box.value).length;
    if (now !== count) drawNumbers(gutter, now, faulty);
    count = now;
    gutter.scrollTop = box.scrollTop;
  };
  box.addEventListener("input", update);
  box.addEventListener("scroll", update, { passive: true });
  for (const link of links) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      goTo(box, Number(link.dataset.wordsLine), Number(link.dataset.wordsLast));
    });
  }
  update();
};

const box = document.querySelector("textarea#id_words");
if (box) number(box);
