// Two gaps in Wagtail 8.0's saving by itself, closed: it takes for saved whatever the form holds when
// a save ends, and for unchanged whatever it holds two seconds after the page was opened. What was
// typed meanwhile would wait for the next change, and be lost without a warning where none came.
// Here one save more follows, and until it has ended Wagtail asks whoever leaves the page.

// The server fills these; Wagtail does not watch them either.
const UNWATCHED = /^(csrfmiddlewaretoken|next|loaded_revision_|overwrite_revision_id|comments-)/;

const written = (value) => (value instanceof File ? `${value.name} ${value.size} ${value.type}` : value);

// All that a person can change, as one text; `mended` are values that the server set after a save.
function content(data, mended = {}) {
  const pairs = [...data].filter(([name]) => !UNWATCHED.test(name));
  return JSON.stringify(pairs.map(([name, value]) => [name, mended[name] ?? written(value)]).sort());
}

function saveOnceMore(form) {
  form.dataset.wUnsavedForceValue = true; // until Wagtail's own clear(), at the end of a save
  form.dataset.wUnsavedHasEditsValue = true;
  form.dispatchEvent(
    new CustomEvent("w-unsaved:add", { bubbles: true, cancelable: true, detail: { type: "edits" } }),
  );
}

const title = document.querySelector("[data-edit-form] [name=title]");
let typedEarly = Boolean(title && title.value !== title.defaultValue); // before this script was there
let sent = null;
let sentAgain = null;

const noteTyping = (event) => {
  typedEarly ||= Boolean(event.isTrusted && event.target.closest("[data-edit-form]"));
};

document.addEventListener("input", noteTyping);

document.addEventListener("w-unsaved:watch-edits", (event) => {
  document.removeEventListener("input", noteTyping);
  if (typedEarly) saveOnceMore(event.target);
  typedEarly = false;
});

document.addEventListener("w-autosave:save", (event) => {
  sent = event.detail.formData;
});

document.addEventListener("w-autosave:success", (event) => {
  const now = content(new FormData(event.target));
  const saved = now === content(sent, event.detail.data.field_updates);
  const more = !saved && now !== sentAgain; // what the server changes by itself is sent again once
  sentAgain = more ? now : null;
  if (more) saveOnceMore(event.target);
});
