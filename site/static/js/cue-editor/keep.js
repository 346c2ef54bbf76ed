// What is not saved yet stays in this browser, until the server has said yes; after a crash it is
// offered again. Every open page keeps its own, and holds a lock by which others know that it lives.

const WAIT = 400; // ms

export class Keep {
  constructor(prefix) {
    this.prefix = `${prefix}:`;
    this.name = this.prefix + crypto.getRandomValues(new Uint32Array(1))[0].toString(36);
    navigator.locks?.request(this.name, () => new Promise(() => {})).catch(() => {});
  }

  /** Soon, so that typing does not wait for it. */
  later(changes) {
    this.changes = changes;
    this.timer ??= setTimeout(() => this.now(), WAIT);
  }

  now() {
    clearTimeout(this.timer);
    this.timer = null;
    const changes = this.changes?.() ?? [];
    try {
      if (changes.length) localStorage.setItem(this.name, JSON.stringify({ at: Date.now(), changes }));
      else localStorage.removeItem(this.name);
      return true;
    } catch {
      return false; // a browser that keeps nothing; leaving the page asks
    }
  }

  /** What pages that are gone have left: [{ name, at, changes }]. */
  async left() {
    const held = (await navigator.locks?.query().catch(() => null))?.held ?? [];
    const alive = new Set(held.map(({ name }) => name));
    return this.names().filter((name) => name !== this.name && !alive.has(name)).flatMap((name) => {
      try {
        return [{ name, ...JSON.parse(localStorage.getItem(name)) }];
      } catch {
        return [];
      }
    }).sort((one, other) => one.at - other.at);
  }

  names() {
    try {
      return Object.keys(localStorage).filter((name) => name.startsWith(this.prefix));
    } catch {
      return [];
    }
  }

  drop(name) {
    try {
      localStorage.removeItem(name);
    } catch {
      // nothing is kept, so nothing has to go
    }
  }
}
