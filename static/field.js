/*
  The tally pad counts at once and sends in order; what could not be sent waits on the tablet and is said in the bar.
  Without this file the pad is a row of plain forms that work. It needs app.js before it. What the page must hold stands at
  the top of field.css; the texts of the bar come from its data- attributes.
*/
(() => {
  "use strict";

  const { fragment, newID, show } = window.ashar;
  const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  // ---------- the outbox: taps wait in line until the server has said what became of them ----------

  // send(tap) answers "kept", "refused" or "later". A tap that is to be sent later stays where it is, with its id: the
  // server may have it already, and putting it twice keeps it once. Nothing overtakes it.
  class Outbox {
    constructor({ load, save, send, changed, timer = (then, ms) => setTimeout(then, ms) }) {
      Object.assign(this, { save, send, changed, timer, taps: load(), busy: false, tries: 0, refused: 0 });
    }

    get size() { return this.taps.length }
    get stuck() { return this.tries > 0 }

    add(tap) {
      this.taps.push(tap);
      this.save(this.taps);
      this.changed();
      return this.flush();
    }

    // The last tap, if it has never been under way: then it can be taken back as if it had not been.
    takeBack() {
      const last = this.taps[this.taps.length - 1];
      if (!last || last.tried) return null;
      this.taps.pop();
      this.save(this.taps);
      this.changed();
      return last;
    }

    waiting(keys) {
      return this.taps.filter((tap) => keys.has(tap.key));
    }

    async flush() {
      if (this.busy) return;
      this.busy = true;
      try {
        while (this.taps.length && (await this.sendFirst()));
      } finally {
        this.busy = false;
      }
    }

    async sendFirst() {
      const tap = this.taps[0];
      tap.tried = true;
      this.save(this.taps);
      const { became, after } = await this.send(tap);
      if (became === "later") {
        this.tries++;
        this.timer(() => this.flush(), Math.min(60, 2 ** this.tries) * 1000);
        this.changed();
        return false;
      }
      this.tries = 0;
      if (became === "refused") this.refused++;
      this.taps.shift();
      this.save(this.taps);
      if (after) after();
      this.changed();
      return true;
    }
  }

  const shelf = {
    name: "ashar.taps",
    load() {
      try {
        return JSON.parse(sessionStorage.getItem(this.name)) || [];
      } catch {
        return [];
      }
    },
    save(taps) {
      try {
        sessionStorage.setItem(this.name, JSON.stringify(taps));
      } catch {
        // A full or forbidden shelf: the taps are still in memory and still on their way.
      }
    },
  };

  async function post(tap) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), 20000);
    try {
      const response = await fetch(tap.url, {
        method: "POST", body: tap.body, keepalive: true, signal: abort.signal,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", Accept: "text/html",
          "HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": tap.target, "HX-Current-URL": location.href,
        },
      });
      return { response, text: await response.text() };
    } catch {
      return {};
    } finally {
      clearTimeout(timer);
    }
  }

  // Only an answer of ours says that a tap was kept or refused. Asking to sign in, to wait, or nothing at all says "later".
  async function sendTap(tap) {
    const { response, text } = await post(tap);
    if (!response || fragment(response) === null || response.status >= 500) return { became: "later" };
    if ([401, 403, 408, 425, 429].includes(response.status)) return { became: "later" };
    const became = response.ok ? "kept" : "refused";
    return { became, after: () => settle(tap, became, response, text) };
  }

  const outbox = new Outbox({
    load: () => shelf.load(), save: (taps) => shelf.save(taps), send: sendTap, changed: () => tellBar(),
  });

  // ---------- the pad ----------

  let keptAt = 0; // when the last tap was answered: what was asked for before does not know of it

  const cells = (root) => [...root.querySelectorAll("form.pad-cell")];
  const number = (cell) => parseInt(cell.querySelector(".count").textContent, 10) || 0;

  // A cell is known by where it posts and by its hidden fields, so that it is found again after a reload. Its id is new each
  // time, and the page to come back to may be another view of the same cell.
  function keyOf(cell) {
    const fields = new URLSearchParams(new FormData(cell));
    fields.delete("id");
    fields.delete("back");
    return new URL(cell.getAttribute("action"), document.baseURI).pathname + "?" + fields;
  }

  const keysOf = (root) => new Set(cells(root).map(keyOf));

  function count(cell, step) {
    const sum = number(cell) + step;
    cell.querySelector(".count").textContent = sum;
    const over = cell.querySelector("[data-over]");
    if (over) over.hidden = sum <= Number(cell.dataset.most);
    const total = cell.closest(".pad").querySelector(".pad-cell.total");
    if (total) total.querySelector(".count").textContent = number(total) + step;
  }

  function tap(cell, button) {
    const step = button.classList.contains("minus") ? -1 : 1;
    if (number(cell) + step < 0) return;
    const pad = cell.closest(".pad");
    const id = newID();
    const fields = new URLSearchParams(new FormData(cell));
    fields.set("id", id);
    if (button.name) fields.set(button.name, button.value);
    const url = cell.getAttribute("action");
    count(cell, step);
    outbox.add({ id, key: keyOf(cell), step, url, body: fields.toString(), target: `${pad.localName}#${pad.id}` });
  }

  // What the server drew is shown once nothing of this pad is on its way any more: until then our own sum is newer.
  function settle(tap, became, response, text) {
    keptAt = performance.now();
    const pad = document.getElementById(tap.target.split("#")[1]);
    const here = pad && keysOf(pad);
    if (!here || !here.has(tap.key)) return;
    if (became === "refused") count(cells(pad).find((cell) => keyOf(cell) === tap.key), -tap.step);
    if (became === "refused" || outbox.waiting(here).length === 0) show(pad, response, text);
  }

  function takeBack() {
    const last = outbox.takeBack();
    const cell = last && cells(document).find((cell) => keyOf(cell) === last.key);
    if (cell) count(cell, -last.step);
    return last !== null;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    const taps = form.matches(".pad .pad-cell") && event.submitter;
    if (!taps && (outbox.size === 0 || form.method !== "post")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (taps) {
      tap(form, event.submitter);
    } else if (!(form.matches("[data-undo]") && takeBack()) && !inLine.has(form)) {
      inLine.set(form, () => form.requestSubmit(event.submitter));
      outbox.flush();
    }
  }, true);

  const inLine = new Map(); // forms that were sent while taps wait (an undo, a close): they go after the taps

  function sendLine() {
    const line = [...inLine.values()];
    inLine.clear();
    for (const send of line) send();
  }

  // ---------- the bar ----------

  let slow;

  function tellBar() {
    if (outbox.size === 0) sendLine();
    if (outbox.size === 0 || outbox.stuck) slow = clearTimeout(slow);
    if (outbox.stuck) return say("unsent", "bad", outbox.size);
    if (outbox.refused) return say("refused", "bad", outbox.refused);
    if (outbox.size === 0) return say("saved", "", 0);
    // What goes through at once needs no word.
    slow = slow || setTimeout(() => say("sending", "warn", outbox.size), 1000);
  }

  function say(what, look, n) {
    const bar = document.querySelector(".saved-bar");
    if (!bar || !bar.dataset[what]) return;
    bar.classList.remove("warn", "bad");
    if (look) bar.classList.add(look);
    (bar.querySelector(".saved-text") || bar).textContent = fill(bar.dataset[what], { n });
    const again = bar.querySelector("[data-retry]");
    if (again) again.hidden = what !== "unsent";
  }

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-retry]")) outbox.flush();
  });
  window.addEventListener("online", () => outbox.flush());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) outbox.flush();
  });

  document.addEventListener("ashar:showing", (event) => {
    const { target, asked } = event.detail;
    const pads = target instanceof Element ? [...document.querySelectorAll(".pad")].filter((pad) => target.contains(pad) || pad.contains(target)) : [];
    if (pads.some((pad) => asked < keptAt || outbox.waiting(keysOf(pad)).length > 0)) event.preventDefault();
  });

  // ---------- what is new on the page ----------

  const known = new WeakSet();

  function meet(root, selector, greet) {
    for (const one of [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)]) {
      if (known.has(one)) continue;
      known.add(one);
      greet(one);
    }
  }

  document.addEventListener("ashar:shown", ({ detail: { root } }) => {
    meet(root, "form.pad-cell", (cell) => {
      const key = keyOf(cell);
      for (const tap of outbox.taps) if (tap.key === key) count(cell, tap.step);
    });
    meet(root, ".saved-bar", () => outbox.size && tellBar());
    outbox.flush();
  });

  window.ashar.Outbox = Outbox;
})();
