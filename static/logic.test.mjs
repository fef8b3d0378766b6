// Runs logic.js over expressions whose values Go has counted: LOGIC_CASES=file node --test static/logic.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const world = { document: { addEventListener() {} }, TextEncoder };
world.window = world;
vm.runInContext(readFileSync(new URL("logic.js", import.meta.url), "utf8"), vm.createContext(world));
const { evaluate, bool, text, number } = world.ashar.logic;

function envOf({ values, here, position, labels, now }) {
  return { values: (name) => values?.[name] ?? [], here, position, now, label: (name, choice) => labels?.[name]?.[choice] ?? "" };
}

test("the page counts as the server does", () => {
  const cases = JSON.parse(readFileSync(process.env.LOGIC_CASES, "utf8"));
  assert.ok(cases.length > 800, `only ${cases.length} cases`);
  for (const one of cases) {
    const env = envOf(one);
    const value = evaluate(one.tree, env);
    const got = { text: text(value), bool: bool(value), number: text(number(value, env)) };
    assert.deepEqual(got, { text: one.text, bool: one.bool, number: one.number }, `${one.expr} over ${JSON.stringify(one.values)}`);
  }
});

test("what is not known is not guessed", () => {
  for (const tree of [["pulldata", "a"], ["regex", "a".repeat(301), "(a+)+b"], ["regex", "a", "[[:alpha:]]"], ["$", "a"], ["jr:choice-name", "a", "b"]]) {
    assert.throws(() => evaluate(tree, { now: "2026-11-24T06:50:00.000+06:00" }), JSON.stringify(tree).slice(0, 60));
  }
});
