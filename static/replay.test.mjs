// Tests of what replay.js and projector.js decide, without a browser: node --test static/replay.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const read = (name) => readFileSync(new URL(name, import.meta.url), "utf8");

// A page without a replay and without slides, on which the scripts only say what they can do.
function page() {
  const document = { addEventListener() {}, querySelectorAll: () => [] };
  const world = { document, matchMedia: () => ({ matches: false }), setTimeout, clearTimeout };
  world.window = world;
  vm.createContext(world);
  for (const script of ["replay.js", "projector.js"]) vm.runInContext(read(script), world);
  return world.ashar;
}

// A reel of four frames whose clock the test turns.
function reel(length = 4) {
  const { Reel } = page();
  const log = { shown: [], waiting: null };
  const one = new Reel(length, {
    show: (now, before) => log.shown.push([now, before, one.playing]),
    timer: (then) => ((log.waiting = then), 7), stop: () => (log.waiting = null),
  });
  const tick = () => {
    const then = log.waiting;
    log.waiting = null;
    then();
  };
  return { one, log, tick };
}

test("nothing plays before somebody asks for it", () => {
  const { one, log } = reel();
  assert.equal(one.at, -1);
  assert.equal(one.playing, false);
  assert.deepEqual(log.shown, []);
});

test("a replay goes through every frame once, and stops at the last", () => {
  const { one, log, tick } = reel();
  one.play();
  while (log.waiting) tick();
  assert.deepEqual(log.shown.map(([now]) => now), [0, 1, 2, 3]);
  assert.deepEqual(log.shown.map(([, before]) => before), [-1, 0, 1, 2]);
  assert.deepEqual(log.shown.map(([, , playing]) => playing), [true, true, true, false]);
  one.play();
  assert.equal(one.at, 0, "played again, it begins at the beginning");
});

test("a pause keeps the frame, and playing goes on from it", () => {
  const { one, log, tick } = reel();
  one.play();
  tick();
  one.pause();
  assert.equal(one.at, 1);
  assert.equal(log.waiting, null);
  assert.deepEqual(log.shown.at(-1), [1, 1, false]);
  one.play();
  assert.equal(one.at, 2);
  assert.ok(one.playing);
});

test("a step pauses, and stays inside", () => {
  const { one, log } = reel();
  one.play();
  one.step(1);
  assert.equal(one.at, 1);
  assert.equal(log.waiting, null);
  for (let i = 0; i < 9; i++) one.step(1);
  assert.equal(one.at, 3);
  for (let i = 0; i < 9; i++) one.step(-1);
  assert.equal(one.at, 0);
  one.all();
  assert.equal(one.at, -1);
  one.step(-1);
  assert.equal(one.at, 3, "from all of them, back is the last");
});

test("a reel of one frame shows it and does not wait for another", () => {
  const { one, log, tick } = reel(1);
  one.play();
  if (log.waiting) tick();
  assert.equal(one.at, 0);
  assert.equal(one.playing, false);
});

test("played from the last but one, it stops at the last", () => {
  const { one, log, tick } = reel();
  for (let i = 0; i < 3; i++) one.step(1);
  assert.equal(one.at, 2);
  one.play();
  while (log.waiting) tick();
  assert.equal(one.at, 3);
  assert.equal(one.playing, false);
});

test("arrows, space and a clicker lead through the slides", () => {
  const { lead } = page();
  const body = { closest: () => null };
  for (const [key, at, to] of [
    ["ArrowRight", 0, 1], ["PageDown", 1, 2], [" ", 1, 2], ["ArrowDown", 4, 4], ["ArrowLeft", 2, 1], ["PageUp", 0, 0], ["ArrowUp", 3, 2],
    ["Home", 3, 0], ["End", 1, 4], ["a", 1, null], ["Tab", 1, null], ["Enter", 1, null],
  ]) assert.equal(lead(at, 5, { key, target: body }), to, `${key} at ${at}`);
  assert.equal(lead(2, 5, { key: " ", target: body, shiftKey: true }), 1);
});

test("keys that mean something else are left alone", () => {
  const { lead } = page();
  const button = { closest: () => button };
  assert.equal(lead(1, 5, { key: " ", target: button }), null, "space presses a button");
  assert.equal(lead(1, 5, { key: "ArrowRight", target: button }), 2);
  for (const held of ["altKey", "ctrlKey", "metaKey"]) assert.equal(lead(1, 5, { key: "ArrowLeft", target: button, [held]: true }), null, held);
});
