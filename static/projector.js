/*
  Slides for the wall, one at a time. Without this file they stand under each other, and the links go from one to the next.

    .slide#slide-1 …        in order; [data-slide-to] links inside go to others
    arrows, space, Page Up, Page Down (a clicker), Home, End
    [data-fullscreen]       fills the screen; [hidden] until this file runs
*/
(() => {
  "use strict";

  const slides = [...document.querySelectorAll(".slide")];
  const moves = { ArrowRight: 1, ArrowDown: 1, PageDown: 1, " ": 1, ArrowLeft: -1, ArrowUp: -1, PageUp: -1, Home: -Infinity, End: Infinity };
  let now = 0;

  // Where a key leads from slide at of so many; null where the key means something else.
  function lead(at, count, { key, target, altKey, ctrlKey, metaKey, shiftKey }) {
    if (!(key in moves) || altKey || ctrlKey || metaKey) return null;
    if (key === " " && target && target.closest && target.closest("a, button, summary, input, select, textarea")) return null;
    const by = key === " " && shiftKey ? -1 : moves[key];
    return Math.min(Math.max(at + by, 0), count - 1);
  }

  function show(to, focus) {
    if (to !== now) for (const figure of slides[now].querySelectorAll("[data-replay]")) figure.dispatchEvent(new Event("ashar:away"));
    now = to;
    slides.forEach((slide, i) => slide.classList.toggle("now", i === now));
    history.replaceState(null, "", "#" + slides[now].id);
    scrollTo(0, 0);
    if (focus) slides[now].querySelector("h2").focus({ preventScroll: true });
  }

  function addressed() {
    return Math.max(0, slides.findIndex((slide) => "#" + slide.id === location.hash));
  }

  if (slides.length > 0) {
    document.addEventListener("keydown", (event) => {
      const to = lead(now, slides.length, event);
      if (to === null) return;
      event.preventDefault();
      if (to !== now) show(to, true);
    });
    document.addEventListener("click", (event) => {
      const link = event.target.closest("[data-slide-to]");
      if (!link) return;
      event.preventDefault();
      const to = slides.findIndex((slide) => "#" + slide.id === link.hash);
      show(to, false);
      // The same button of the new slide, so that it can be pressed again; its heading where there is none.
      const same = slides[to].querySelector(`[data-slide-to="${link.dataset.slideTo}"]`);
      (same || slides[to].querySelector("h2")).focus({ preventScroll: true });
    });
    addEventListener("hashchange", () => show(addressed(), true));
    document.body.classList.add("one");
    show(addressed(), false);
  }

  for (const button of document.querySelectorAll("[data-fullscreen]")) {
    if (!document.documentElement.requestFullscreen) continue;
    button.hidden = false;
    button.addEventListener("click", () => (document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen()));
  }

  window.ashar = Object.assign(window.ashar || {}, { lead });
})();
