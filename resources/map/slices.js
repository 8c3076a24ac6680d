// Long drawing in slices: so much of it in a frame that the frame still comes in time.

const SHARE_MS = 7; // of the 16.7 of a frame; the rest is for bringing the picture to the screen

export class Slices {
  constructor() {
    this.waiting = [];
    this.asked = 0;
    this.hurried = true; // while nothing is to be seen yet, nothing is gained by waiting for a frame
  }

  /** Do this soon, after what waits already. */
  add(job) {
    this.waiting.push(job);
    this.#ask();
  }

  #ask() {
    if (this.asked) return;
    if (this.hurried) {
      this.asked = 1;
      queueMicrotask(() => this.#slice());
    } else {
      this.asked = requestAnimationFrame(() => this.#slice());
    }
  }

  #slice() {
    this.asked = 0;
    const end = this.hurried ? Infinity : performance.now() + SHARE_MS;
    let done = 0;
    while (done < this.waiting.length && (!done || performance.now() < end)) this.waiting[done++]();
    this.waiting.splice(0, done);
    if (this.waiting.length) this.#ask();
  }
}
