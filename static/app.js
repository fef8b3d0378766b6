/*
  What every page keeps running beside htmx. All of htmx's events are heard in this file and nowhere else; outbox.js,
  field.js, pick.js and chart.js listen to what this one says:

    ashar:shown    on document, detail.root: this part of the page is new (once at the start with the whole body)
    ashar:showing  on document, cancelable, detail {target, asked}: an answer is about to be shown; asked is when it was asked for

  Attributes it knows (no words here: texts come from the page)
    form[data-idempotent]  input[name=id] gets a new UUIDv7 at each sending; the same again if nothing changed and
                           the first sending is under way, unanswered, or younger than a second
    form[data-once]        cannot be sent again while it is on its way
    form[data-guard]       asks before the page is left with typed text unsent
    form[data-next]        Enter goes to the next field and does not send: a sheet of many numbers
    [data-print]           prints; [hidden] until this file runs
    #trouble               data-offline, data-broken: what to say when an answer does not come or is not ours

  Answers: only those with the header X-Ashar-Fragment are shown. Its value may be the id of the element it draws. 2xx and
  422 go where the form says; other refusals go there if they draw that very element, else into #trouble. A followed
  redirect to a whole page is gone to. The default swap is outerHTML, since a fragment is the element it draws.
*/
(() => {
  "use strict";

  const config = { defaultSwap: "outerHTML", history: "reload", includeIndicatorCSS: false, defaultTimeout: 30000 };

  // htmx reads its settings once, when it starts; this file stands before it in the page.
  if (window.htmx) {
    Object.assign(window.htmx.config, config);
  } else {
    const meta = document.createElement("meta");
    meta.name = "htmx-config";
    meta.content = JSON.stringify(config);
    document.head.append(meta);
  }

  const on = (name, hear) => document.addEventListener(name, hear);

  // ---------- ids: put twice, kept once ----------

  function newID() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    for (let i = 5, time = Date.now(); i >= 0; i--, time = Math.floor(time / 256)) bytes[i] = time % 256;
    bytes[6] = 0x70 | (bytes[6] & 0x0f);
    bytes[8] = 0x80 | (bytes[8] & 0x3f);
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }

  const sendings = new WeakMap(); // the sender (a form or an element inside it) -> {id, content, time, open}

  function idFor(sender, data) {
    const fields = new URLSearchParams(data);
    fields.delete("id");
    const content = fields.toString();
    const last = sendings.get(sender);
    if (last && last.content === content && (last.open || Date.now() - last.time < 1000)) return last.id;
    const id = newID();
    sendings.set(sender, { id, content, time: Date.now(), open: false });
    return id;
  }

  function stamp(form, submitter) {
    const data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    const input = form.querySelector('input[name="id"]');
    if (input) input.value = idFor(form, data);
  }

  // A form that a script of ours sends by itself: what it says, and whom to tell when that is over.
  function take(form, submitter) {
    stamp(form, submitter);
    const data = new FormData(form);
    if (submitter && submitter.name) data.append(submitter.name, submitter.value);
    const sending = sendings.get(form);
    if (sending) sending.open = true;
    hold(form, true);
    const over = (answered) => {
      hold(form, false);
      if (!answered) return;
      sendings.delete(form);
      unsent.delete(form);
    };
    return { body: new URLSearchParams(data).toString(), over };
  }

  // ---------- sending: once at a time, and nothing typed is lost ----------

  const unsent = new Set(); // guarded forms with typed text

  function hold(form, held) {
    if (!form.matches("form[data-once]")) return;
    held ? form.setAttribute("aria-busy", "true") : form.removeAttribute("aria-busy");
    for (const button of form.elements) {
      if (button.type !== "submit") continue;
      // Not "disabled": that would take the focus away and leave the button's own name out of the form.
      held ? button.setAttribute("aria-disabled", "true") : button.removeAttribute("aria-disabled");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches('[data-once][aria-busy="true"]')) {
      event.preventDefault();
      event.stopImmediatePropagation();
    } else if (form.matches("[data-idempotent]")) {
      stamp(form, event.submitter);
    }
  }, true);

  // Heard last: a form that nobody took over is on its way as a whole page.
  window.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    unsent.delete(event.target);
    const sending = sendings.get(event.target);
    if (sending) sending.open = true;
    hold(event.target, true);
  });

  window.addEventListener("pageshow", (event) => {
    if (!event.persisted) return; // back to a page from the cache: what was sent is over
    for (const form of document.forms) {
      sendings.delete(form);
      hold(form, false);
    }
  });

  on("input", ({ target }) => {
    if (target.form && target.form.matches("[data-guard]")) unsent.add(target.form);
  });
  on("reset", ({ target }) => unsent.delete(target));

  window.addEventListener("beforeunload", (event) => {
    if (![...unsent].some((form) => form.isConnected)) return;
    event.preventDefault();
    event.returnValue = "";
  });

  // ---------- trouble: said aloud, in the page's own words ----------

  function trouble(kind) {
    const box = document.getElementById("trouble");
    if (!box || !box.dataset[kind] || box.dataset.said === kind) return;
    const notice = document.createElement("p");
    notice.className = "notice bad";
    notice.textContent = box.dataset[kind];
    box.replaceChildren(notice);
    box.dataset.said = kind;
  }

  function noTrouble() {
    const box = document.getElementById("trouble");
    if (!box) return;
    box.replaceChildren();
    delete box.dataset.said;
  }

  // ---------- htmx ----------

  const fragment = (response) => response.headers.get("X-Ashar-Fragment");

  // Where an answer goes: null is "where the form says".
  function place(response, target) {
    if (response.ok || response.status === 422 || (target && target.id && fragment(response) === target.id)) return null;
    return "#trouble";
  }

  on("htmx:before:on:init", (event) => event.preventDefault()); // code in attributes is not ours

  on("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceEvent.type === "every" && document.hidden) {
      event.preventDefault();
      return;
    }
    const { form, body } = ctx.request;
    if (form && form.matches("[data-idempotent]") && ctx.sourceEvent.type !== "submit") {
      body.set("id", idFor(ctx.sourceElement, body));
    }
  });

  on("htmx:before:request", ({ detail: { ctx } }) => {
    ctx.asked = performance.now();
    const sending = sendings.get(ctx.sourceElement);
    if (sending) sending.open = true; // stays so until an answer of ours has come
    hold(ctx.sourceElement, true);
  });

  on("htmx:before:response", (event) => {
    const { ctx } = event.detail;
    const response = ctx.response.raw;
    const ours = fragment(response) !== null || ctx.hx.redirect || ctx.hx.refresh || ctx.hx.location;
    const whole = !ours && response.ok && response.redirected;
    if (response.status < 500 && (ours || whole || response.status === 204)) answered(ctx);
    if (ours || response.status === 204) noTrouble();
    if (ours) {
      const elsewhere = place(response, ctx.target);
      if (elsewhere && !ctx.hx.retarget) Object.assign(ctx.hx, { retarget: elsewhere, reswap: "innerHTML" });
    } else if (response.status !== 204) {
      event.preventDefault();
      whole ? location.assign(response.url) : trouble("broken");
    }
  });

  function answered(ctx) {
    sendings.delete(ctx.sourceElement);
    if (ctx.response.status < 400) unsent.delete(ctx.sourceElement);
  }

  // Asked as late as can be: between the head of an answer and its end somebody may have put a finger down.
  on("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    if (!ctx.own && !tell("ashar:showing", { target: ctx.target, asked: ctx.asked })) event.preventDefault();
  });

  on("htmx:error", ({ detail: { ctx } }) => {
    if (ctx) trouble(ctx.response ? "broken" : "offline");
  });
  on("htmx:finally:request", ({ detail: { ctx } }) => hold(ctx.sourceElement, false));
  on("htmx:after:process", ({ target }) => shown(target));

  // A page that was out of sight shows at once what it missed.
  on("visibilitychange", () => {
    if (document.hidden || !window.htmx) return;
    for (const live of document.querySelectorAll('[data-hx-trigger*="every"]')) window.htmx.trigger(live, "every", {}, false);
  });

  // Shows an answer that was fetched without htmx's help, under the same rules.
  function show(target, response, text) {
    if (!window.htmx) return;
    const elsewhere = place(response, target);
    const spot = elsewhere ? document.querySelector(elsewhere) : target;
    if (!spot) return;
    noTrouble();
    window.htmx.swap({
      own: true, sourceElement: target, target: spot, text, request: {}, hx: {},
      swap: elsewhere ? "innerHTML" : "outerMorph",
      response: { raw: response, status: response.status, headers: response.headers },
    });
  }

  // ---------- the page ----------

  function tell(name, detail) {
    return document.dispatchEvent(new CustomEvent(name, { detail, cancelable: true }));
  }

  function shown(root) {
    for (const button of root.querySelectorAll("[data-print][hidden]")) button.hidden = false;
    const errors = root.matches(".errors") ? root : root.querySelector(".errors");
    if (errors) errors.focus();
    tell("ashar:shown", { root });
  }

  on("click", ({ target }) => {
    if (target.closest("[data-print]")) window.print();
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (!menu.contains(target)) menu.open = false;
    }
  });

  on("keydown", ({ key, target }) => {
    const menu = key === "Escape" && target.closest("details.menu[open]");
    if (!menu) return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });

  on("keydown", (event) => {
    const { key, target, isComposing } = event;
    if (key !== "Enter" || isComposing || !target.matches("form[data-next] input")) return;
    event.preventDefault();
    const fields = [...target.form.elements].filter((field) => field.type !== "hidden");
    const next = fields[fields.indexOf(target) + 1];
    if (!next) return;
    next.focus();
    if (next.select) next.select();
  });

  // Paper has no "show the table": what was closed is opened for the print and closed again.
  window.addEventListener("beforeprint", () => {
    for (const table of document.querySelectorAll("details.table:not([open])")) {
      table.open = true;
      table.dataset.printed = "";
    }
  });
  window.addEventListener("afterprint", () => {
    for (const table of document.querySelectorAll("details.table[data-printed]")) {
      table.open = false;
      delete table.dataset.printed;
    }
  });

  window.ashar = { fragment, newID, show, take, trouble };
  document.readyState === "complete" ? shown(document.body) : on("DOMContentLoaded", () => shown(document.body));
})();
