// The keyboard. Keys are told apart by their place, so that Option on a Mac, which types other letters,
// does the same; AltGr, which writes letters in many languages, is left alone.

const WITH_ALT = {
  KeyK: "play",
  KeyJ: "follow",
  KeyM: "merge",
  KeyI: "insert",
  ArrowDown: "down",
  ArrowUp: "up",
  Comma: "begins-now",
  Period: "ends-now",
  Minus: "earlier",
  Equal: "later",
  Enter: "accept",
  NumpadEnter: "accept",
  Delete: "remove",
  Backspace: "remove",
  Slash: "find",
};
const WITH_CONTROL = { KeyZ: "undo", KeyY: "redo", KeyS: "save", Enter: "split", NumpadEnter: "split" };
const WITH_BOTH = { KeyZ: "redo", Enter: "split-now", NumpadEnter: "split-now" };
const ALONE = { Escape: "toggle", F8: "doubt", F3: "hit", F1: "help" };
const WITH_SHIFT = { F8: "doubt-before", F3: "hit-before" };

export function commandOf(event) {
  if (event.isComposing || event.getModifierState("AltGraph")) return null;
  const control = event.ctrlKey || event.metaKey;
  if (event.altKey) return control || event.shiftKey ? null : WITH_ALT[event.code] ?? null;
  if (control) return (event.shiftKey ? WITH_BOTH : WITH_CONTROL)[event.code] ?? null;
  return (event.shiftKey ? WITH_SHIFT : ALONE)[event.code] ?? null;
}
