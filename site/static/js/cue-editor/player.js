// The native player, as far as the editor needs it. Without a file everything answers, and nothing plays.

export class Player {
  constructor(root, { onTime }) {
    this.media = root.querySelector("[data-media]");
    if (!this.media) return;
    const clock = root.querySelector("[data-clock]");
    const speed = root.querySelector("[data-speed]");
    root.querySelector("[data-now]").hidden = false;
    speed.addEventListener("change", () => { this.media.playbackRate = Number(speed.value); });
    const tell = () => onTime(this.now, clock);
    for (const name of ["timeupdate", "seeked", "loadedmetadata"]) this.media.addEventListener(name, tell);
  }

  /** Milliseconds. */
  get now() {
    return this.media ? Math.round(this.media.currentTime * 1000) : 0;
  }

  get isHere() {
    return Boolean(this.media);
  }

  toggle() {
    if (this.media?.paused) this.media.play().catch(() => {}); // a browser may refuse; the controls are there
    else this.media?.pause();
  }

  playFrom(moment) {
    if (!this.media) return;
    this.media.currentTime = moment / 1000;
    this.media.play().catch(() => {});
  }
}
