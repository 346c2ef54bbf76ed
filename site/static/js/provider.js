// “Words by AssemblyAI”: says what would be sent, sends it on a second click, shows how it stands.
// Nothing of the form is saved by this; what is typed elsewhere in it stays as it is.

const FAST = 4_000;
const SLOW = 30_000; // when nobody looks at the page

function csrf() {
  const cookie = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
  return cookie ? cookie[1] : document.querySelector("[name=csrfmiddlewaretoken]")?.value ?? "";
}

async function ask(url, body) {
  const headers = { "X-CSRFToken": csrf(), "X-Requested-With": "XMLHttpRequest", Accept: "application/json" };
  const answer = await fetch(url, body ? { method: "POST", headers, body: new URLSearchParams(body) } : { headers });
  const told = await answer.json().catch(() => ({}));
  if (answer.ok) return told;
  if (answer.status === 403) throw new Error("You are no longer logged in, or may no longer send recordings.");
  throw new Error(told.problem || "The server did not understand. Load the page again.");
}

class ProviderWords extends HTMLElement {
  connectedCallback() {
    this.timer = 0;
    this.on("check-button", () => this.check());
    this.on("send", () => this.send());
    this.on("cancel", () => this.answered());
    this.begin();
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
  }

  part(name) {
    return this.querySelector(`[data-${name}]`);
  }

  on(name, act) {
    this.part(name)?.addEventListener("click", () => this.guard(act));
  }

  /** Whatever fails is said where the button is; nothing is lost by it. */
  async guard(act) {
    const problem = this.part("problem");
    problem.textContent = "";
    try {
      await act();
    } catch (error) {
      problem.textContent = error instanceof TypeError ? "The server cannot be reached. Try again." : error.message;
    }
  }

  async begin() {
    await this.guard(async () => {
      const open = await ask(this.dataset.open);
      if (open[this.dataset.handle]) this.wait();
    });
  }

  async check() {
    const told = await ask(this.dataset.check, { video_id: this.dataset.handle });
    this.ticket = told.token;
    this.part("file").textContent = told.file;
    this.part("size").textContent = told.size;
    this.part("start").hidden = true;
    this.part("question").hidden = false;
    this.part("question").focus();
  }

  answered() {
    this.part("question").hidden = true;
    this.part("start").hidden = false;
    this.part("check-button").focus();
  }

  async send() {
    const told = await ask(this.dataset.ask.replace("TICKET", this.ticket), { video_id: this.dataset.handle });
    this.part("question").hidden = true;
    this.show(told);
    this.wait();
  }

  wait() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), document.hidden ? SLOW : FAST);
  }

  async look() {
    try {
      const told = await ask(`${this.dataset.state}?${new URLSearchParams({ video_id: this.dataset.handle })}`);
      this.show(told);
      if (!told.is_open) {
        this.part("reload").hidden = told.state !== "done";
        return;
      }
    } catch {
      // The line is away: it is looked again.
    }
    this.wait();
  }

  show(told) {
    this.part("shown").hidden = !told.state;
    for (const [name, text] of [["label", told.label], ["note", told.note]]) {
      if (this.part(name).textContent !== text) this.part(name).textContent = text;
    }
    this.part("bar").hidden = !told.is_open;
    this.part("bar").value = told.percent;
    const start = this.part("start");
    if (start) {
      start.hidden = told.is_open;
      this.part("check-button").textContent = told.button;
    }
    this.part("document").hidden = !told.document;
    const link = this.part("document").querySelector("a");
    link.href = told.document;
    link.textContent = told.document_title;
  }
}

customElements.define("provider-words", ProviderWords);
