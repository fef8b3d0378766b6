/*
  What was tapped waits on the tablet until the server has said what became of it: through a lost connection, a closed tab
  and a restart. Everybody who records has this file on every page, so that what was kept goes out from whichever page is
  opened next. It needs app.js before it.

  Each tap is kept in localStorage under a key of its own, so that two tabs never write over each other:

    ashar.tap.ACCOUNT.TIME.ID   {id, url, body, target, key, step or set, label}

  and goes out only while that account is signed in: html[data-account] says who that is, and the server is told whom the
  tap is from. To anybody else the page says how many there are, and no more.

    ashar:answered   on document, detail {one, became, response, text}: a tap or an ask was answered
    ashar:waiting    on document: the number of those that wait has changed
    #kept            data-sent, data-waiting, data-refused, data-others (texts with {n}), data-retry, data-close (on buttons)
*/
(() => {
  "use strict";

  const { fragment } = window.ashar;
  const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  // ---------- the shelf: what is on the tablet ----------

  class Shelf {
    constructor(storage, account) {
      Object.assign(this, { storage, mine: `ashar.tap.${account}.`, last: 0 });
    }

    keys(belongs) {
      const keys = Array.from({ length: this.storage.length }, (_, i) => this.storage.key(i));
      return keys.filter((key) => key.startsWith("ashar.tap.") && belongs(key));
    }

    load() {
      const taps = [];
      for (const name of this.keys((key) => key.startsWith(this.mine)).sort()) {
        this.last = parseInt(name.slice(this.mine.length), 10) || 0;
        taps.push({ ...JSON.parse(this.storage.getItem(name)), name, safe: true, found: true });
      }
      return taps;
    }

    others() {
      return this.keys((key) => !key.startsWith(this.mine)).length;
    }

    // Keeps a tap, after all that were kept before it whatever the clock does.
    put(tap) {
      if (!tap.name) {
        this.last = Math.max(Date.now(), this.last + 1);
        tap.name = this.mine + String(this.last).padStart(15, "0") + "." + tap.id;
      }
      const { name, safe, found, ...kept } = tap;
      this.storage.setItem(name, JSON.stringify(kept));
    }

    drop({ name }) {
      this.storage.removeItem(name);
    }
  }

  // ---------- the outbox: one after another, in order ----------

  // The line holds taps, which are kept, and asks (an undo, a form beside the taps), which are not: an ask goes after the
  // taps before it and before those after it. send(one) answers {became, ...}: "kept", "refused" or "later". What is to be
  // sent later stays where it is, with its id: the server may have it already, and putting it twice keeps it once. Nothing
  // overtakes it. A refused tap stays on the shelf until somebody has read that it was. An ask is not sent later: whoever
  // asked hears that it failed, and asks again.
  class Outbox {
    constructor({ shelf, send, tell, timer = (then, ms) => setTimeout(then, ms), stop = (set) => clearTimeout(set) }) {
      Object.assign(this, { shelf, send, tell, timer, stop, line: [], busy: false, tries: 0, locked: false });
      const found = this.try(() => shelf.load()) || [];
      this.line = found.filter((tap) => !tap.refused);
      this.refused = found.filter((tap) => tap.refused);
    }

    get taps() { return this.line.filter((one) => !one.ask) }
    get size() { return this.taps.length }
    get stuck() { return this.tries > 0 }
    get unsafe() { return this.taps.some((tap) => !tap.safe) }

    // A shelf that is full or forbidden: the taps are still in memory and on their way.
    try(use) {
      try {
        return use();
      } catch {
        return undefined;
      }
    }

    keep(tap) {
      if (!tap.ask) tap.safe = this.try(() => (this.shelf.put(tap), true)) === true;
    }

    add(one) {
      this.line.push(one);
      this.keep(one);
      this.tell("ashar:waiting");
      return this.flush();
    }

    // The last tap, if it has never been under way: then it can be taken back as if it had not been.
    takeBack() {
      const last = this.line[this.line.length - 1];
      if (!last || last.ask || last.tried) return null;
      this.remove(last);
      return last;
    }

    remove(one) {
      this.line.splice(this.line.indexOf(one), 1);
      if (!one.ask) this.try(() => this.shelf.drop(one));
      this.tell("ashar:waiting");
    }

    refuse(tap) {
      tap.refused = true;
      this.refused.push(tap);
      this.line.splice(this.line.indexOf(tap), 1);
      this.keep(tap);
      this.tell("ashar:waiting");
    }

    // Somebody has read what was refused.
    forget() {
      for (const tap of this.refused.splice(0)) this.try(() => this.shelf.drop(tap));
      this.tell("ashar:waiting");
    }

    async flush() {
      if (this.busy) return;
      this.busy = true;
      this.stop(this.again);
      try {
        while (this.line.length && (await this.sendFirst()));
      } finally {
        this.busy = false;
      }
    }

    async sendFirst() {
      const one = this.line[0];
      one.tried = true;
      this.keep(one);
      const answer = await this.send(one);
      if (answer.became === "later" && !one.ask) {
        this.tries++;
        this.locked = answer.locked === true;
        this.again = this.timer(() => this.flush(), Math.min(60, 2 ** this.tries) * 1000);
        this.tell("ashar:waiting");
        return false;
      }
      this.tries = 0;
      this.locked = false;
      answer.became === "refused" && !one.ask ? this.refuse(one) : this.remove(one);
      this.tell("ashar:answered", { one, ...answer });
      return true;
    }
  }

  // ---------- sending ----------

  async function fetched(one) {
    const abort = new AbortController();
    const timer = setTimeout(() => abort.abort(), 20000);
    try {
      const response = await fetch(one.url, {
        method: one.method || "POST", body: one.body, keepalive: !one.ask, signal: abort.signal,
        headers: {
          "Content-Type": "application/x-www-form-urlencoded;charset=UTF-8", Accept: "text/html", "X-Ashar-Account": account,
          "HX-Request": "true", "HX-Request-Type": "partial", "HX-Target": one.target, "HX-Current-URL": location.href,
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
  async function send(one) {
    const { response, text } = await fetched(one);
    const later = !response || fragment(response) === null || response.status >= 500 || [401, 403, 408, 425, 429].includes(response.status);
    if (later) return { became: "later", locked: Boolean(response) && response.status === 401, response };
    return { became: response.ok ? "kept" : "refused", response, text };
  }

  const account = document.documentElement.dataset.account || "";
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(name, { detail }));

  // No storage at all, where a browser forbids it even to be asked for: then there is nothing to keep taps on.
  function storage() {
    try {
      return window.localStorage;
    } catch {
      return null;
    }
  }

  const shelf = new Shelf(storage(), account);
  const outbox = new Outbox({ shelf, send, tell });

  // ---------- forms that wait for taps ----------

  const inLine = new Map(); // forms of a session whose taps wait (a close, a correction): they go after the taps

  // The address of a session, that of all its pages and forms.
  const sessionOf = (url) => (new URL(url, document.baseURI).pathname.match(/^\/[^/]+\/sessions\/[^/]+/) || [""])[0];
  const waitsFor = (form) => outbox.taps.some((tap) => sessionOf(tap.url) === sessionOf(form.getAttribute("action") || location.href));

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || !waitsFor(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!inLine.has(form)) inLine.set(form, () => form.requestSubmit(event.submitter));
    outbox.flush();
    say();
  }, true);

  function sendLine() {
    for (const [form, go] of [...inLine]) {
      if (waitsFor(form)) continue;
      inLine.delete(form);
      go();
    }
  }

  // ---------- what the page says of it ----------

  let came = 0; // so many that an earlier page had left have been sent

  function line(look, text, button, act) {
    const p = document.createElement("p");
    p.className = "notice " + look;
    p.append(text);
    if (button) {
      const press = document.createElement("button");
      Object.assign(press, { className: "btn small", type: "button", textContent: button });
      press.addEventListener("click", act);
      p.append(" ", press);
    }
    return p;
  }

  function say() {
    const box = document.getElementById("kept");
    if (!box) return;
    const words = box.dataset, lines = [];
    const others = outbox.try(() => shelf.others()) || 0;
    const bar = document.querySelector(".saved-bar"); // which says itself what waits
    if (outbox.size && !bar && (outbox.stuck || inLine.size)) lines.push(line("warn", fill(words.waiting, { n: outbox.size }), words.retry, () => outbox.flush()));
    if (came && !outbox.size) lines.push(line("good", fill(words.sent, { n: came })));
    if (outbox.refused.length) lines.push(line("bad", refused(words.refused), words.close, () => outbox.forget()));
    if (others) lines.push(line("", fill(words.others, { n: others })));
    box.replaceChildren(...lines);
  }

  function refused(text) {
    return fill(text, { n: outbox.refused.length }) + " " + outbox.refused.map((tap) => tap.label).join("; ");
  }

  document.addEventListener("ashar:answered", ({ detail: { one, became } }) => {
    if (one.found && became === "kept") came++;
    say();
  });
  document.addEventListener("ashar:waiting", () => {
    sendLine();
    say();
  });

  // ---------- when to send ----------

  document.addEventListener("click", ({ target }) => {
    if (target.closest("[data-retry]")) outbox.flush();
  });
  window.addEventListener("online", () => outbox.flush());
  window.addEventListener("pageshow", () => outbox.flush());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) outbox.flush();
  });
  document.addEventListener("ashar:shown", () => {
    outbox.flush();
    say();
  });
  window.addEventListener("beforeunload", (event) => {
    if (!outbox.unsafe) return;
    event.preventDefault();
    event.returnValue = "";
  });

  Object.assign(window.ashar, { fill, outbox, Outbox, Shelf });
})();
