/*
  Replays the re-draws of a [data-replay] one at a time. Nothing moves by itself: the person presses "Play", and it stops after
  the last one. Where less motion is asked for, frames change without moving. On a page with app.js it hears "ashar:shown" for
  what comes later; on the projector's page it starts by itself.

    [data-replay]             the figure; .one while a single frame is shown, whose li has .now
    [data-replay-keys]        the buttons, [hidden] until this file runs
    [data-replay-play]        plays and pauses; data-other is what it says while it plays
    [data-replay-step]        one frame on or back
    [data-replay-all]         all frames beside each other again
    [data-replay-says]        is told the name of the frame when the person steps
*/
(() => {
  "use strict";

  const wait = 1900; // ms for each frame: long enough to read who is first
  const glide = 450;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // Which of so many frames is shown. -1 is all of them.
  class Reel {
    constructor(length, { show, timer = setTimeout, stop = clearTimeout }) {
      Object.assign(this, { length, show, timer, stop, at: -1, waiting: null });
    }

    get playing() {
      return this.waiting !== null;
    }

    turn(to) {
      const from = this.at;
      this.at = to;
      this.show(to, from);
    }

    // Past an end it stays there.
    step(by) {
      this.pause();
      this.turn(this.at < 0 ? (by > 0 ? 0 : this.length - 1) : Math.min(Math.max(this.at + by, 0), this.length - 1));
    }

    play() {
      if (!this.playing) this.#go(this.at < 0 || this.at === this.length - 1 ? 0 : this.at + 1);
    }

    #go(to) {
      this.waiting = to < this.length - 1 ? this.timer(() => this.#go(to + 1), wait) : null;
      this.turn(to);
    }

    pause() {
      if (!this.playing) return;
      this.stop(this.waiting);
      this.waiting = null;
      this.show(this.at, this.at);
    }

    all() {
      this.pause();
      this.turn(-1);
    }
  }

  // The rows of the frame begin where they stood in the one before, and go to their own places.
  function move(frame, before) {
    if (still.matches || !before || before === frame) return;
    for (const row of frame.querySelectorAll("[data-key]")) {
      const old = before.querySelector(`[data-key="${row.dataset.key}"]`);
      if (!old || old.dataset.y === row.dataset.y) continue;
      row.animate([{ transform: `translate(0px, ${old.dataset.y}px)` }, { transform: `translate(0px, ${row.dataset.y}px)` }], { duration: glide, easing: "ease-in-out" });
    }
  }

  const known = new WeakSet();

  function prepare(figure) {
    if (known.has(figure)) return;
    known.add(figure);
    const find = (name) => figure.querySelector(`[data-replay-${name}]`);
    const frames = [...figure.querySelectorAll(".frames > li")];
    const play = find("play"), says = find("says"), words = { play: play.textContent, pause: play.dataset.other };

    function show(now, before) {
      if (!figure.isConnected) return reel.pause();
      figure.classList.toggle("one", now >= 0);
      frames.forEach((frame, i) => frame.classList.toggle("now", i === now));
      play.textContent = reel.playing ? words.pause : words.play;
      find("all").hidden = now < 0;
      if (now < 0) return;
      if (!reel.playing) says.textContent = frames[now].querySelector("svg").getAttribute("aria-label");
      move(frames[now], frames[before]);
    }

    const reel = new Reel(frames.length, { show, timer: (then, ms) => setTimeout(then, ms), stop: (id) => clearTimeout(id) });
    play.addEventListener("click", () => (reel.playing ? reel.pause() : reel.play()));
    for (const button of figure.querySelectorAll("[data-replay-step]")) button.addEventListener("click", () => reel.step(Number(button.dataset.replayStep)));
    find("all").addEventListener("click", () => reel.all());
    find("all").hidden = true;
    find("keys").hidden = false;
    document.addEventListener("visibilitychange", () => document.hidden && reel.pause());
    figure.addEventListener("ashar:away", () => reel.pause()); // its slide has been left
    if (figure.closest(".slide")) reel.step(1); // a wall has room for one
  }

  function look(root) {
    if (root.matches && root.matches("[data-replay]")) prepare(root);
    root.querySelectorAll("[data-replay]").forEach(prepare);
  }

  document.addEventListener("ashar:shown", ({ detail: { root } }) => look(root));
  look(document);

  window.ashar = Object.assign(window.ashar || {}, { Reel });
})();
