// Tests of what app.js, field.js and pick.js decide, without a browser: node --test static/scripts.test.mjs
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

// A page with nothing on it, that remembers who listens to what.
function page() {
  const heard = {};
  const listen = (name, hear) => (heard[name] ||= []).push(hear);
  const document = {
    readyState: "loading", hidden: false, baseURI: "http://village/", body: { matches: () => false, querySelectorAll: () => [], querySelector: () => null },
    head: { append() {} }, createElement: () => ({}), addEventListener: listen, dispatchEvent: () => true,
    querySelector: () => null, querySelectorAll: () => [], getElementById: () => null,
  };
  const kept = new Map();
  const world = {
    document, URL, URLSearchParams, setTimeout, clearTimeout, AbortController, performance, console,
    crypto: webcrypto, addEventListener: listen, location: { href: "http://village/" },
    CustomEvent: class { constructor(type, given) { Object.assign(this, given, { type }); } },
    FormData: class { constructor(form) { return new URLSearchParams(form.fields); } },
    sessionStorage: { getItem: (key) => kept.get(key) ?? null, setItem: (key, value) => kept.set(key, value) },
  };
  world.window = world;
  vm.createContext(world);
  vm.runInContext(read("app.js"), world);
  vm.runInContext(read("field.js"), world);
  vm.runInContext(read("pick.js"), world);
  const tell = (name, event) => heard[name].forEach((hear) => hear({ type: name, preventDefault() { this.defaultPrevented = true; }, stopImmediatePropagation() {}, ...event }));
  return { world, tell, ashar: world.ashar };
}

function form(fields, attributes) {
  const input = { value: "" };
  return {
    fields, input, elements: [], method: "post", isConnected: true,
    matches: (selector) => attributes.some((name) => selector.includes(`[${name}]`)) && !selector.includes("aria-busy") && !selector.includes(".pad"),
    querySelector: (selector) => (selector === 'input[name="id"]' ? input : null),
    setAttribute() {}, removeAttribute() {},
  };
}

test("an id is a UUIDv7 of now, and no two are the same", () => {
  const { ashar } = page();
  const ids = Array.from({ length: 1000 }, () => ashar.newID());
  for (const id of ids) assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(ids).size, ids.length);
  const time = parseInt(ids[0].replace("-", "").slice(0, 12), 16);
  assert.ok(Math.abs(Date.now() - time) < 10000, `the id says ${new Date(time)}`);
});

test("the same form sent twice at once has one id, a changed one another", () => {
  const { tell } = page();
  const entry = form({ id: "", title: "Таза суу" }, ["data-idempotent"]);
  tell("submit", { target: entry });
  const first = entry.input.value;
  tell("submit", { target: entry });
  assert.equal(entry.input.value, first);
  entry.fields.title = "Көчө жарыгы";
  tell("submit", { target: entry });
  assert.notEqual(entry.input.value, first);
});

test("what was not answered keeps its id, what was answered gets a new one", () => {
  const { tell } = page();
  const entry = form({ id: "", title: "Таза суу" }, ["data-idempotent"]);
  const ctx = { sourceElement: entry, request: { form: entry }, sourceEvent: { type: "submit" }, hx: {}, target: { id: "problems" } };
  const answer = (status, fragment) => ({ raw: { status, ok: status < 400, redirected: false, headers: new Headers(fragment ? { "X-Ashar-Fragment": fragment } : {}) }, status });
  const send = (response) => {
    tell("submit", { target: entry });
    tell("htmx:before:request", { detail: { ctx } });
    tell("htmx:before:response", { detail: { ctx: Object.assign(ctx, { response }) } });
    return entry.input.value;
  };
  const first = send(answer(200, null)); // a hotspot's page
  assert.equal(send(answer(500, "trouble")), first);
  assert.equal(send(answer(200, "problems")), first);
  assert.notEqual(send(answer(200, "problems")), first);
});

test("only fragments are shown, and refusals do not sweep away what they refuse", () => {
  const { tell } = page();
  const entry = form({}, []);
  const show = (status, headers, more) => {
    const event = { detail: { ctx: { sourceElement: entry, request: {}, hx: {}, target: { id: "session" }, response: { status, raw: { status, ok: status < 400, headers: new Headers(headers), ...more } } } } };
    let stopped = false;
    tell("htmx:before:response", { ...event, preventDefault() { stopped = true; } });
    return stopped ? "nothing" : event.detail.ctx.hx.retarget || "target";
  };
  assert.equal(show(200, {}), "nothing");
  assert.equal(show(404, {}), "nothing");
  assert.equal(show(204, {}), "target"); // htmx itself never swaps a 204
  assert.equal(show(200, { "X-Ashar-Fragment": "session" }), "target");
  assert.equal(show(422, { "X-Ashar-Fragment": "true" }), "target");
  assert.equal(show(409, { "X-Ashar-Fragment": "session" }), "target");
  assert.equal(show(409, { "X-Ashar-Fragment": "trouble" }), "#trouble");
  assert.equal(show(503, { "X-Ashar-Fragment": "trouble" }), "#trouble");
});

// An outbox whose answers the test writes down beforehand.
function outbox(page, answers, kept = []) {
  const log = { sent: [], saved: kept, waits: [], after: [] };
  const box = new page.ashar.Outbox({
    load: () => kept, save: (taps) => (log.saved = JSON.parse(JSON.stringify(taps))), changed() {},
    send: async (tap) => {
      log.sent.push(tap.id);
      await new Promise((done) => setTimeout(done, 1));
      return { became: answers.shift() || "kept", after: () => log.after.push(tap.id) };
    },
    timer: (then, ms) => log.waits.push([then, ms]),
  });
  return { box, log };
}

test("taps go out one after another, in order", async () => {
  const { box, log } = outbox(page(), []);
  await Promise.all(["a", "b", "c", "d"].map((id) => box.add({ id, key: "women" })));
  while (box.size) await new Promise((done) => setTimeout(done, 1));
  assert.deepEqual(log.sent, ["a", "b", "c", "d"]);
  assert.deepEqual(log.after, ["a", "b", "c", "d"]);
  assert.equal(log.saved.length, 0);
});

test("a tap that could not be sent waits with its id, and nothing overtakes it", async () => {
  const { box, log } = outbox(page(), ["kept", "later", "later"]);
  await Promise.all(["a", "b", "c"].map((id) => box.add({ id, key: "women" })));
  while (box.busy) await new Promise((done) => setTimeout(done, 1));
  assert.deepEqual(log.sent, ["a", "b"]);
  assert.deepEqual(log.saved.map((tap) => tap.id), ["b", "c"]);
  assert.ok(box.stuck);
  await box.flush();
  assert.deepEqual(log.waits.map(([, ms]) => ms), [2000, 4000]);
  await box.flush();
  assert.deepEqual(log.sent, ["a", "b", "b", "b", "c"]);
  assert.ok(!box.stuck);
});

test("what waited before a reload is sent after it", async () => {
  const { box, log } = outbox(page(), [], [{ id: "a", key: "women", tried: true }, { id: "b", key: "men" }]);
  assert.equal(box.waiting(new Set(["women"])).length, 1);
  await box.flush();
  assert.deepEqual(log.sent, ["a", "b"]);
});

test("a refused tap is told and does not stop the others", async () => {
  const { box, log } = outbox(page(), ["refused"]);
  await Promise.all(["a", "b"].map((id) => box.add({ id, key: "women" })));
  while (box.size) await new Promise((done) => setTimeout(done, 1));
  assert.deepEqual(log.sent, ["a", "b"]);
  assert.equal(box.refused, 1);
});

test("only a tap that never went out can be taken back", async () => {
  const { box } = outbox(page(), ["later"]);
  await Promise.all(["a", "b"].map((id) => box.add({ id, key: "women" })));
  while (box.busy) await new Promise((done) => setTimeout(done, 1));
  assert.equal(box.takeBack().id, "b");
  assert.equal(box.takeBack(), null);
  assert.equal(box.size, 1);
});

test("picks have places in the order of taps, and neighbours may share one", () => {
  const { ashar } = page();
  const picks = new ashar.Picks(new Map(), 4);
  const says = () => ["a", "b", "c", "d", "e"].map((one) => (picks.has(one) ? picks.place(one) : "-")).join("");
  for (const one of ["c", "a", "d", "b", "e"]) picks.add(one);
  assert.equal(says(), "2413-", "the fifth of four is not taken");
  picks.tie("a");
  assert.equal(says(), "1312-");
  picks.tie("c");
  assert.equal(says(), "1312-", "nothing is before the first");
  picks.move("d", -1);
  assert.equal(says(), "2311-", "the tie stays where it was");
  picks.move("b", 1);
  assert.equal(says(), "2311-", "nothing is after the last");
  picks.remove("c");
  assert.equal(says(), "23-1-", "who was equal to the one that went is not equal to anything");
  picks.tie("a");
  picks.tie("b");
  picks.remove("a");
  assert.equal(says(), "-1-1-", "who was equal to three is equal to two");
  const again = new ashar.Picks(new Map([["x", 2], ["y", 1], ["z", 2]]), 3);
  assert.deepEqual(["x", "y", "z"].map((one) => again.place(one)), [2, 1, 2], "a saved order comes back as it was");
});
