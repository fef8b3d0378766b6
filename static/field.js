/*
  The pad: it counts at once, and what the server draws is shown when no finger is on it.
  Without this file the pad is a row of plain forms that work. It needs app.js and outbox.js before it, and all three stand
  in the head without "defer": a pad is never on the screen before they hear its taps. What the page must hold stands at the
  top of field.css; the texts of the bar come from its data- attributes.

  What a cell shows is what the server last drew (data-n), then what it has taken since but not drawn, then what waits in
  the outbox: counted anew each time, never added to what stands there.
*/
(() => {
  "use strict";

  const { fill, newID, outbox, show, take, trouble } = window.ashar;

  // ---------- cells ----------

  const pads = () => [...document.querySelectorAll(".pad")];
  const cells = (root) => [...root.querySelectorAll("form.pad-cell")];
  const digits = (text) => parseInt(text.replace(/\s/g, ""), 10);

  // A cell is known by where it posts and by its hidden fields, so that it is found again after a redraw and after a
  // restart. Its id is new each time, and the page to come back to may be another view of the same cell.
  function keyOf(cell) {
    const fields = new URLSearchParams();
    for (const { name, value } of cell.querySelectorAll("input[type=hidden]")) {
      if (name !== "id" && name !== "back") fields.append(name, value);
    }
    return new URL(cell.getAttribute("action"), document.baseURI).pathname + "?" + fields;
  }

  let undrawn = []; // taps that the server took, and this page's pad does not show yet

  const own = (key) => [...undrawn, ...outbox.taps].filter((tap) => tap.key === key);
  const shown = (cell) => own(keyOf(cell)).reduce((n, tap) => ("set" in tap ? tap.set : Math.max(0, n + tap.step)), Number(cell.dataset.n));

  function paint() {
    for (const pad of pads()) {
      let more = 0;
      for (const cell of cells(pad)) {
        const n = shown(cell);
        more += n - Number(cell.dataset.n);
        write(cell.querySelector(".count"), n);
        const over = cell.querySelector("[data-over]");
        if (over && free()) over.hidden = n <= Math.max(cell.dataset.most, cell.dataset.n); // what was drawn was said then
      }
      const total = pad.querySelector(".total[data-n]");
      if (total) write(total.querySelector(".count"), Number(total.dataset.n) + more);
    }
  }

  function write(place, n) {
    if (place.textContent !== String(n)) place.textContent = n;
  }

  // ---------- hands: nothing moves under a finger, or under a number being typed ----------

  const pressed = new Map(); // pointer -> its press

  const typed = (input) => input.type !== "hidden" && input.value !== input.defaultValue;
  const typing = () => document.querySelector(".pad .pad-type") || [...document.querySelectorAll(".pad input")].some(typed);
  const free = () => pressed.size === 0 && !typing();

  function lift(pointer, press) {
    if (press && pressed.get(pointer) !== press) return; // another press of the same finger
    pressed.delete(pointer);
    settle();
  }

  window.addEventListener("pointerdown", ({ target, pointerId }) => {
    if (target.closest(".pad")) pressed.set(pointerId, {});
  }, true);
  // The click comes after the finger has gone, and on a slow tablet long after.
  window.addEventListener("pointerup", ({ pointerId }) => {
    const press = pressed.get(pointerId);
    if (press) setTimeout(lift, 700, pointerId, press);
  }, true);
  window.addEventListener("click", ({ pointerId }) => {
    const press = pressed.get(pointerId);
    if (press) setTimeout(lift, 0, pointerId, press);
  }, true);
  window.addEventListener("pointercancel", ({ pointerId }) => lift(pointerId), true);
  window.addEventListener("blur", () => {
    pressed.clear();
    settle();
  });

  // ---------- what the server drew ----------

  let answer; // the last one that is not shown yet
  let answeredAt = 0; // what was asked for before knows less than we do

  function settle() {
    if (answer && free() && window.htmx) {
      const { target, response, text } = answer;
      answer = undefined;
      show(document.getElementById(target), response, text);
    }
    paint();
    tellBar();
  }

  document.addEventListener("ashar:answered", ({ detail }) => {
    const { one, became, response, text } = detail;
    answeredAt = performance.now();
    if (one.over) one.over(became !== "later");
    if (became === "later") return failed(one, response);
    if (one.form) one.form.reset(); // what was typed into it is in the answer, or kept
    const target = one.target.split("#")[1];
    const here = one.ask || cells(document).some((cell) => keyOf(cell) === one.key);
    if (!document.getElementById(target) || !here) return;
    if (became === "kept" && !one.ask) undrawn.push(one);
    answer = { target, response, text };
    settle();
  });

  // Somebody must sign in again: the browser asks anew, and what was typed is carried along.
  function failed(one, response) {
    if (!response || response.status !== 401) return trouble("offline");
    one.form ? one.form.submit() : location.assign(one.url);
  }

  // Others' answers (the pad looks for news by itself) must not undo what was tapped since they were asked for.
  document.addEventListener("ashar:showing", (event) => {
    const { target, asked } = event.detail;
    const touched = target instanceof Element && pads().some((pad) => target.contains(pad) || pad.contains(target));
    if (touched && (outbox.line.length || answer || asked < answeredAt || !free())) event.preventDefault();
  });

  document.addEventListener("ashar:shown", ({ detail: { root } }) => {
    if (root.matches(".pad") || root.querySelector(".pad")) undrawn = [];
    settle();
  });

  // ---------- taps ----------

  const fields = (cell, changes) => {
    const data = new URLSearchParams(new FormData(cell));
    for (const [name, value] of Object.entries(changes)) data.set(name, value);
    return data.toString();
  };

  function send(cell, text, tap) {
    const label = [document.querySelector("h1"), cell.querySelector(".who b")].map((one) => one.textContent.trim()).join(", ") + ": " + text;
    outbox.add({ ...tap, key: keyOf(cell), url: cell.getAttribute("action"), target: named(cell.closest(".pad")), label });
    settle();
  }

  function tap(cell, button) {
    const step = digits(button.value), id = newID();
    if (shown(cell) + step < 0) return;
    send(cell, (step > 0 ? "+" : "−") + Math.abs(step), { id, step, body: fields(cell, { id, [button.name]: button.value }) });
  }

  // ---------- a number typed in place of tapping: the field stands before its cell, which it hides ----------

  const cellOf = (form) => form.nextElementSibling;

  function type(cell) {
    const form = document.getElementById("pad-type").content.firstElementChild.cloneNode(true);
    const input = form.querySelector("input");
    input.setAttribute("aria-label", cell.querySelector("a.count").title);
    form.classList.add(...[...cell.classList].filter((name) => name.startsWith("group-")));
    form.prepend(cell.querySelector(".who").cloneNode(true));
    cell.before(form);
    cell.hidden = true;
    input.focus();
  }

  // The number stands for all that was counted in this cell before, by taps on their way too.
  function save(form) {
    const cell = cellOf(form), id = newID(), input = form.querySelector("input.count"), n = digits(input.value);
    if (Number.isNaN(n)) return input.select();
    const before = own(keyOf(cell)).pop();
    const body = fields(cell, { id, n, kind: cell.dataset.kind, seen: before ? before.id : cell.dataset.seen });
    close(form);
    send(cell, "= " + n, { id, set: n, body });
  }

  function close(form) {
    const cell = cellOf(form);
    form.remove();
    cell.hidden = false;
    cell.querySelector("a.count").focus({ preventScroll: true });
  }

  // Not typed after all; a group that nobody was counted in goes back among the others.
  function cancel(form) {
    const cell = cellOf(form);
    close(form);
    if (cell.matches("[data-new]")) cell.remove();
    settle();
  }

  // ---------- forms and links beside the taps: they go in line with them ----------

  const named = (element) => `${element.localName}#${element.id}`;

  function askForm(form, button) {
    const target = document.querySelector(form.dataset.hxTarget) || form.closest(".pad");
    outbox.add({ ...take(form, button), ask: true, form, url: form.getAttribute("action"), target: named(target) });
  }

  function askLink(link) {
    outbox.add({ ask: true, method: "GET", url: link.href, target: named(link.closest(".pad")) });
  }

  function takeBack() {
    const last = outbox.takeBack();
    if (last) settle();
    return last;
  }

  const mine = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  window.addEventListener("submit", (event) => {
    const { target: form, submitter } = event;
    if (form.matches(".pad .pad-cell") && submitter) {
      mine(event);
      tap(form, submitter);
    } else if (form.matches(".pad .pad-type")) {
      mine(event);
      save(form);
    } else if (form.matches(".pad form, [data-undo]") && window.htmx) {
      mine(event);
      if (form.getAttribute("aria-busy") !== "true" && !(form.matches("[data-undo]") && takeBack())) askForm(form, submitter);
    }
  }, true);

  window.addEventListener("click", (event) => {
    const link = event.target.closest(".pad a");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    if (link.matches("a.count")) type(link.closest(".pad-cell"));
    else if (link.matches(".pad-type a")) cancel(link.closest("form"));
    else if (link.matches("[data-ask]") && window.htmx) askLink(link);
    else return;
    mine(event);
  }, true);

  // ---------- the bar ----------

  let slow;

  function tellBar() {
    if (outbox.size === 0 || outbox.stuck) slow = clearTimeout(slow);
    if (pressed.size) return;
    if (outbox.stuck) return say(outbox.locked ? "locked" : "unsent", "bad", outbox.size);
    if (outbox.size === 0) return say("saved", "", 0);
    // What goes through at once needs no word.
    slow = slow || setTimeout(() => say("sending", "warn", outbox.size), 1000);
  }

  function say(what, look, n) {
    const bar = document.querySelector(".saved-bar");
    if (!bar) return;
    bar.classList.remove("warn", "bad");
    if (look) bar.classList.add(look);
    write(bar.querySelector(".saved-text"), fill(bar.dataset[what], { n }));
    bar.querySelector("[data-retry]").hidden = what !== "unsent";
    bar.querySelector("[data-sign-in]").hidden = what !== "locked";
  }

  document.addEventListener("ashar:waiting", tellBar);
})();
