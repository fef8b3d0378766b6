// Tests of what app.js, outbox.js and pick.js decide, without a browser: node --test static/scripts.test.mjs
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
    head: { append() {} }, documentElement: { dataset: { account: "aigul" } }, createElement: () => ({}), addEventListener: listen, dispatchEvent: () => true,
    querySelector: () => null, querySelectorAll: () => [], getElementById: () => null,
  };
  const world = {
    document, URL, URLSearchParams, setTimeout, clearTimeout, AbortController, performance, console,
    crypto: webcrypto, addEventListener: listen, location: { href: "http://village/" },
    CustomEvent: class { constructor(type, given) { Object.assign(this, given, { type }); } },
    FormData: class { constructor(form) { return new URLSearchParams(form.fields); } },
    localStorage: drawer(),
  };
  world.window = world;
  vm.createContext(world);
  for (const script of ["app.js", "outbox.js", "field.js", "pick.js"]) vm.runInContext(read(script), world);
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

// A shelf that outlives the page, as localStorage does.
function drawer() {
  const kept = new Map();
  return {
    kept, get length() { return kept.size }, key: (i) => [...kept.keys()][i] ?? null, getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value), removeItem: (key) => void kept.delete(key),
  };
}

// An outbox whose answers the test writes down beforehand.
function outbox(page, answers, storage = drawer(), account = "aigul") {
  const log = { sent: [], waits: [], told: [] };
  const shelf = new page.ashar.Shelf(storage, account);
  const box = new page.ashar.Outbox({
    shelf, tell: (name, detail) => detail && log.told.push([detail.one.id, detail.became]),
    send: async (one) => {
      log.sent.push(one.id);
      await new Promise((done) => setTimeout(done, 1));
      return { became: answers.shift() || "kept" };
    },
    timer: (then, ms) => log.waits.push([then, ms]), stop() {},
  });
  const kept = () => Array.from(new page.ashar.Shelf(storage, account).load(), (tap) => tap.id);
  const empty = async () => { while (box.size || box.busy) await new Promise((done) => setTimeout(done, 1)); };
  return { box, log, shelf, kept, empty };
}

const idle = async (box) => { while (box.busy) await new Promise((done) => setTimeout(done, 1)); };
const taps = (box, ...ids) => Promise.all(ids.map((id) => box.add({ id, key: "women" })));

test("taps go out one after another, in order", async () => {
  const { box, log, kept, empty } = outbox(page(), []);
  await taps(box, "d", "a", "c", "b");
  await empty();
  assert.deepEqual(log.sent, ["d", "a", "c", "b"]);
  assert.deepEqual(log.told.map(([id]) => id), ["d", "a", "c", "b"]);
  assert.deepEqual(kept(), []);
});

test("a tap that could not be sent waits with its id, and nothing overtakes it", async () => {
  const { box, log, kept } = outbox(page(), ["kept", "later", "later"]);
  await taps(box, "a", "b", "c");
  await idle(box);
  assert.deepEqual(log.sent, ["a", "b"]);
  assert.deepEqual(kept(), ["b", "c"]);
  assert.ok(box.stuck);
  await box.flush();
  assert.deepEqual(log.waits.map(([, ms]) => ms), [2000, 4000]);
  await box.flush();
  assert.deepEqual(log.sent, ["a", "b", "b", "b", "c"]);
  assert.ok(!box.stuck);
});

test("what waited when the page was closed is sent by the next one, in the order it was tapped", async () => {
  const storage = drawer();
  const first = outbox(page(), ["later"], storage);
  await taps(first.box, "z", "a", "m");
  await idle(first.box);
  const next = outbox(page(), [], storage);
  assert.ok(next.box.taps.every((tap) => tap.found && tap.key === "women"));
  await next.box.flush();
  assert.deepEqual(next.log.sent, ["z", "a", "m"]);
  assert.deepEqual(next.kept(), []);
});

test("what one person tapped is never sent by another, who hears how much there is", async () => {
  const storage = drawer();
  const aigul = outbox(page(), ["later"], storage, "aigul");
  await taps(aigul.box, "a", "b");
  await idle(aigul.box);
  const bakyt = outbox(page(), [], storage, "bakyt");
  assert.equal(bakyt.box.size, 0);
  assert.equal(bakyt.shelf.others(), 2);
  await taps(bakyt.box, "c");
  await bakyt.empty();
  assert.deepEqual(bakyt.log.sent, ["c"]);
  assert.deepEqual(aigul.kept(), ["a", "b"]);
});

test("two tabs never write over each other's taps", async () => {
  const storage = drawer();
  const one = outbox(page(), ["later"], storage);
  const two = outbox(page(), ["later"], storage);
  await taps(one.box, "a");
  await taps(two.box, "b");
  await Promise.all([idle(one.box), idle(two.box)]);
  assert.deepEqual(one.kept().sort(), ["a", "b"]);
});

test("a refused tap does not stop the others, and is remembered until somebody has read it", async () => {
  const storage = drawer();
  const { box, log, empty } = outbox(page(), ["refused"], storage);
  await taps(box, "a", "b");
  await empty();
  assert.deepEqual(log.told, [["a", "refused"], ["b", "kept"]]);
  const next = outbox(page(), [], storage);
  await next.box.flush();
  assert.deepEqual(next.log.sent, []);
  assert.deepEqual(Array.from(next.box.refused, (tap) => tap.id), ["a"]);
  next.box.forget();
  assert.equal(storage.kept.size, 0);
});

test("only a tap that never went out can be taken back", async () => {
  const { box, kept } = outbox(page(), ["later"]);
  await taps(box, "a", "b");
  await idle(box);
  assert.equal(box.takeBack().id, "b");
  assert.equal(box.takeBack(), null);
  assert.deepEqual(kept(), ["a"]);
});

test("an ask goes between the taps before it and after it, and is not asked again by itself", async () => {
  const { box, log, kept } = outbox(page(), ["kept", "later", "later"]);
  box.add({ id: "a", key: "women" });
  box.add({ id: "undo", ask: true });
  box.add({ id: "b", key: "women" });
  await idle(box);
  assert.deepEqual(log.sent, ["a", "undo", "b"]);
  assert.deepEqual(log.told, [["a", "kept"], ["undo", "later"]]);
  assert.deepEqual(kept(), ["b"]);
});

test("a tablet that keeps nothing still sends, and says that closing would lose it", async () => {
  const full = Object.assign(drawer(), { setItem() { throw new Error("full"); } });
  for (const storage of [full, null]) {
    const { box, log } = outbox(page(), ["later"], storage);
    await taps(box, "a");
    await idle(box);
    assert.ok(box.unsafe);
    await box.flush();
    assert.deepEqual(log.sent, ["a", "a"]);
    assert.ok(!box.unsafe);
  }
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
