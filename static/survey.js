/*
  The pages of residents where scripts run: what was typed stays on the phone until the server has it, a form is sent again
  when the connection comes back, and it is gone from the phone with the receipt. Everything works without this file.

    form#answers[data-word]   the survey's own address; data-first on its first page; data-offline and data-sending are said
    template[data-later]      questions that only another answer brings: logic.js shows and hides them
    [data-points][data-left]  points to share out; what is left is said after it
    #receipt                  only where the answers have arrived
*/
(() => {
  "use strict";

  const form = document.getElementById("answers");
  const prefix = "ashar-survey:";
  const long = 14 * 864e5;
  window.ashar = window.ashar || {};

  // Storage may be switched off; then nothing is kept.
  const quietly = (act) => { try { return act() } catch { return null } };

  function sweep(all) {
    for (const store of [localStorage, sessionStorage]) {
      for (const key of Object.keys(store).filter((key) => key.startsWith(prefix))) {
        const at = (quietly(() => JSON.parse(store[key])) || {}).at || 0;
        if (all || Date.now() - at > long) store.removeItem(key);
      }
    }
  }

  if (document.getElementById("receipt")) quietly(() => sweep(true));
  if (!form) return;
  quietly(() => sweep(false));

  // ---------- what is typed ----------

  // The first page has a new token each time: what is typed there belongs to this tab. Further pages are known by their address.
  const key = prefix + ("first" in form.dataset ? form.dataset.word.split("?")[0] : location.pathname);
  const store = quietly(() => ("first" in form.dataset ? sessionStorage : localStorage));
  const ours = (input) => input.name && input.type !== "hidden" && input.name !== "website";
  const ticks = (input) => input.type === "checkbox" || input.type === "radio";
  const fields = () => [...form.elements].filter(ours);

  let sent = null; // what went out and may have arrived: the page's values, and the path they went to

  const typedIn = () => fields().filter((input) => (ticks(input) ? input.checked : input.value)).map((input) => [input.name, input.value]);

  function keep() {
    quietly(() => store.setItem(key, JSON.stringify({ at: Date.now(), values: typedIn(), sent })));
  }

  // The answer may be all that was lost: the same values go where they went before, also from a page that was fetched anew.
  function address() {
    const values = JSON.stringify(typedIn()), to = new URL(form.action);
    if (sent && sent.values === values) to.pathname = sent.path;
    sent = { values, path: to.pathname };
    form.action = to.href;
  }

  function restore() {
    const kept = quietly(() => JSON.parse(store.getItem(key)));
    if (!kept || document.querySelector(".errors")) return;
    sent = kept.sent || null;
    for (const input of fields()) {
      const values = kept.values.filter(([name]) => name === input.name).map(([, value]) => value);
      if (ticks(input)) input.checked = values.includes(input.value);
      else input.value = values[0] || "";
    }
  }

  let waiting = 0;
  function typed() {
    clearTimeout(waiting);
    waiting = setTimeout(keep, 300);
  }

  // ---------- sending ----------

  const said = document.getElementById("said");
  let going = false;

  async function send(body, pause) {
    said.textContent = form.dataset.sending;
    const answer = await fetch(form.action, { method: "POST", body, headers: { "X-Ashar-Fetch": "1" } }).catch(() => null);
    const next = answer && answer.headers.get("X-Ashar-Next");
    if (next) {
      quietly(() => store.removeItem(key));
      return location.assign(next);
    }
    if (answer && answer.headers.has("X-Ashar-Page")) return form.submit(); // it has something to say
    said.textContent = form.dataset.offline;
    const again = () => {
      clearTimeout(timer);
      removeEventListener("online", again);
      send(body, Math.min(pause * 2, 30000));
    };
    const timer = setTimeout(again, pause);
    addEventListener("online", again);
  }

  function submit(event) {
    event.preventDefault();
    if (going) return;
    going = true;
    address();
    const body = new URLSearchParams(new FormData(form));
    const by = event.submitter;
    if (by && by.name) {
      body.append(by.name, by.value);
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name: by.name, value: by.value });
      form.append(hidden);
    }
    for (const button of form.querySelectorAll(".main")) button.setAttribute("aria-disabled", "true");
    keep();
    send(body, 2000);
  }

  // A page that the browser brings back as it was has been sent meanwhile: the next person must not see it.
  addEventListener("pageshow", ({ persisted }) => {
    if (persisted && going) location.reload();
  });

  // ---------- points ----------

  function points(list) {
    const line = document.createElement("p");
    line.setAttribute("role", "status");
    list.after(line);
    const count = () => {
      const given = [...list.querySelectorAll("input")].reduce((sum, input) => sum + (Number(input.value) || 0), 0);
      line.textContent = list.dataset.left.replace("{n}", list.dataset.points - given);
    };
    list.addEventListener("input", count);
    count();
  }

  // ---------- the page ----------

  for (const later of form.querySelectorAll("template[data-later]")) later.replaceWith(later.content);
  restore();
  form.querySelectorAll("[data-points]").forEach(points);
  form.addEventListener("input", typed);
  form.addEventListener("change", typed);
  if (window.fetch && window.URLSearchParams) form.addEventListener("submit", submit);
  for (const line of form.querySelectorAll(".tapped, .plain")) line.hidden = line.classList.contains("plain");
  document.addEventListener("DOMContentLoaded", () => {
    document.dispatchEvent(new CustomEvent("ashar:shown", { detail: { root: form } }));
    const first = document.querySelector(".errors, .notice");
    if (first) first.focus();
  });
})();
