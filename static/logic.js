/*
  Shows and hides the questions of a form while it is answered, and says at once what is wrong with an answer. A convenience:
  the server draws every question that may be asked, and decides by itself. Nothing is emptied or disabled, so what is hidden
  keeps what was typed. What this file does not know it leaves shown.

    form[data-now]          the time when the page was drawn: 2026-11-24T06:50:00.000+06:00
    form[data-answers]      JSON, name -> list of values: answers of other pages
    [data-relevant]         around a question or group: the tree of its condition, as Expr.Tree writes it
    [data-constraint]       around a question: the tree of its constraint, with data-message for who breaks it
    [data-position]         around an instance of a repeat: its place, from 1
    input[inputmode]        numeric and decimal: numbers, typed with spaces and commas as people do

  Inputs are named like their question. Several of one name are one answer, with spaces between. The value _refused, or a tick
  at the question's name with /_refused, says that somebody prefers not to answer. What is hidden is no answer. Questions whose
  inputs have other parts behind a slash, as ranks have, are not read here.
*/
(() => {
  "use strict";

  // ---------- values: a text, a number, a truth value, or the list of texts that a question holds ----------

  const day = 864e5;
  const trim = (text) => text.replace(/^[ \t\n\r\f]+|[ \t\n\r\f]+$/g, "");
  const words = (text) => text.split(/[ \t\n\r\f]+/).filter(Boolean);

  // Digits as they are, without an exponent.
  function plain(number) {
    const [, sign, whole, part = "", exponent] = /^(-?)(\d+)(?:\.(\d+))?e([+-]\d+)$/.exec(number) || [];
    if (!exponent) return String(number);
    const digits = whole + part;
    const point = whole.length + Number(exponent);
    return sign + (point > 0 ? digits.padEnd(point, "0") : "0." + "0".repeat(-point) + digits);
  }

  function text(value) {
    if (Array.isArray(value)) return value.length ? value[0] : "";
    return typeof value === "number" ? plain(value) : String(value);
  }

  function bool(value) {
    return Array.isArray(value) ? value.join("") !== "" : Boolean(value);
  }

  function number(value, env) {
    if (typeof value === "number") return value;
    if (typeof value === "boolean") return value ? 1 : 0;
    const given = trim(text(value));
    if (/^-?(\d+([.,]\d*)?|[.,]\d+)$/.test(given)) return Number(given.replace(",", "."));
    return moment(given, env) / day;
  }

  // ---------- dates: milliseconds since 1970 began on the clocks of the villages ----------

  const zone = (text) => (text === "Z" ? 0 : Number(text[0] + 1) * (Number(text.slice(1, 3)) * 60 + Number(text.slice(4))));

  function moment(text, env) {
    const found = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
    if (!found) return NaN;
    const [year, month, date, hour, minute, second] = found.slice(1, 7).map((part) => Number(part || 0));
    const time = new Date(0);
    time.setUTCFullYear(year, month - 1, date);
    if (time.getUTCMonth() !== month - 1 || time.getUTCDate() !== date || hour > 23 || minute > 59 || second > 59) return NaN;
    const ms = ((hour * 60 + minute) * 60 + second) * 1000 + Number(((found[7] || "") + "000").slice(0, 3));
    const away = found[8] ? zone(env.now.slice(23)) - zone(found[8]) : 0;
    return time.getTime() + ms + away * 60000;
  }

  // The date and time of so many days, as in 2026-11-24T06:50:00.000Z; empty where the year has no four digits.
  function at(days) {
    const ms = Math.floor(days * day + 0.5);
    return ms >= -62167219200000 && ms < 253402300800000 ? new Date(ms).toISOString() : "";
  }

  function format(time, how) {
    const short = (from, to) => String(Number(time.slice(from, to)));
    const part = {
      Y: () => time.slice(0, 4), y: () => time.slice(2, 4), m: () => time.slice(5, 7), n: () => short(5, 7), d: () => time.slice(8, 10),
      e: () => short(8, 10), H: () => time.slice(11, 13), h: () => short(11, 13), M: () => time.slice(14, 16), S: () => time.slice(17, 19),
      3: () => time.slice(20, 23), "%": () => "%",
    };
    return time && how.replace(/%(.)/g, (_, letter) => part[letter]());
  }

  // ---------- what trees are made of ----------

  const singles = (value) => (!Array.isArray(value) ? [value] : value.length ? value : [""]);

  // Whether the test holds for a value of the one and a value of the other: each instance of a repeat is asked.
  const some = (test) => (a, b, env) => {
    if (typeof a === "boolean" && Array.isArray(b)) b = bool(b);
    if (typeof b === "boolean" && Array.isArray(a)) a = bool(a);
    return singles(a).some((x) => singles(b).some((y) => test(x, y, env)));
  };

  function alike(a, b, env) {
    if (typeof a === "boolean" || typeof b === "boolean") return bool(a) === bool(b);
    if (typeof a !== "number" && typeof b !== "number") return a === b;
    const [x, y] = [number(a, env), number(b, env)];
    return x === y || Math.abs(x - y) < 1e-12;
  }

  const order = (test) => some((a, b, env) => test(number(a, env), number(b, env)));
  const count = (of) => (a, b, env) => of(number(a, env), number(b, env));
  const shift = (x, places) => Number(plain(x) + "e" + places);

  function round(x, places) {
    places = Math.trunc(places);
    if (!Number.isFinite(x)) return x;
    return Math.abs(places) <= 30 ? shift(Math.floor(shift(x, places) + 0.5), -places) : NaN;
  }

  function best(better, args, env) {
    const numbers = args.flatMap(singles).map((one) => number(one, env)).filter((x) => !Number.isNaN(x));
    return numbers.length ? numbers.reduce((found, x) => (better(x, found) ? x : found)) : NaN;
  }

  function concat(args) {
    const joined = args.map((one) => (Array.isArray(one) ? one.join("") : text(one))).join("");
    return new TextEncoder().encode(joined).length > 10000 ? "" : joined;
  }

  // A browser may try a bad pattern on a long text for ever; the server does not.
  function regex(a, pattern) {
    if (text(a).length > 300) throw new Error("long");
    return new RegExp("^(?:" + pattern + ")$", "u").test(text(a));
  }

  function selected(a, b) {
    const choice = trim(text(b));
    return choice ? words(text(a)).includes(choice) : !words(text(a)).length;
  }

  // Those that work on the values of their arguments; the environment comes last.
  const known = {
    "=": some(alike), "!=": some((a, b, env) => !alike(a, b, env)),
    "<": order((a, b) => a < b), "<=": order((a, b) => a <= b), ">": order((a, b) => a > b), ">=": order((a, b) => a >= b),
    "+": count((a, b) => a + b), "*": count((a, b) => a * b), div: count((a, b) => a / b), mod: count((a, b) => a % b),
    "-": (...args) => (args.length === 2 ? -number(...args) : number(args[0], args[2]) - number(args[1], args[2])),
    ".": (env) => env.here, position: (env) => env.position, now: (env) => env.now, today: (env) => env.now.slice(0, 10),
    $: (name, env) => env.values(name), "jr:choice-name": (a, name, env) => env.label(name, text(a)),
    true: () => true, false: () => false, not: (a) => !bool(a),
    selected, "count-selected": (a) => words(text(a)).length, regex,
    "string-length": (a) => [...text(a)].length, concat: (...args) => concat(args.slice(0, -1)),
    number, int: (a, env) => Math.trunc(number(a, env)), floor: (a, env) => Math.floor(number(a, env)),
    round: (...args) => round(number(args[0], args.at(-1)), args.length === 3 ? number(args[1], args[2]) : 0),
    sum: (a, env) => a.map((one) => number(one, env)).reduce((total, x) => (Number.isNaN(x) ? total : total + x), 0), count: (a) => a.length,
    min: (...args) => best((a, b) => a < b, args.slice(0, -1), args.at(-1)), max: (...args) => best((a, b) => a > b, args.slice(0, -1), args.at(-1)),
    date: (a, env) => at(Math.floor(number(a, env))).slice(0, 10),
    "format-date": (a, how, env) => format(at(number(a, env)), how), "format-date-time": (a, how, env) => format(at(number(a, env)), how),
  };

  // Those that do not always need all of their arguments.
  const lazy = {
    and: (value, a, b) => bool(value(a)) && bool(value(b)),
    or: (value, a, b) => bool(value(a)) || bool(value(b)),
    if: (value, a, b, c) => value(bool(value(a)) ? b : c),
    coalesce(value, a, b) {
      const first = value(a);
      return text(first) === "" ? value(b) : first;
    },
  };

  // The value of a tree. It throws where the page does not know enough.
  function evaluate(tree, env) {
    if (!Array.isArray(tree)) return tree;
    const [op, ...args] = tree;
    const value = (arg) => evaluate(arg, env);
    return Object.hasOwn(lazy, op) ? lazy[op](value, ...args) : known[op](...args.map(value), env);
  }

  // ---------- the page ----------

  const asked = (input) => !input.closest("[data-relevant][hidden]");
  const inputs = (root) => [...root.querySelectorAll("input[name], select[name], textarea[name]")];

  function held(input) {
    if (input.type === "checkbox" || input.type === "radio") return input.checked && input.value !== "_refused" ? input.value : "";
    const typed = input.value.trim();
    if (!/^(numeric|decimal)$/.test(input.inputMode) || typed === "") return typed;
    const figure = Number(typed.replace(/[ \u00a0\u202f]/g, "").replace(",", ".").replace("\u2212", "-"));
    return Number.isNaN(figure) ? typed : plain(figure);
  }

  // The answer to a question on this page: a list of one text or of none; undefined where the page does not ask it.
  function answer(form, name) {
    const list = inputs(form).filter((input) => input.name === name);
    if (!list.length) return undefined;
    const refused = form.elements.namedItem(name + "/_refused");
    const said = list.filter(asked).map(held).filter(Boolean).join(" ");
    return said && !(refused && refused.checked) ? [said] : [];
  }

  const own = (spot, form) => answer(form, inputs(spot)[0].name.split("/")[0]);

  // What is not there throws, here and in what is made of it.
  function envOf(spot, form) {
    return {
      get now() {
        return form.dataset.now.trim();
      },
      get position() {
        return Number(spot.closest("[data-position]").dataset.position);
      },
      get here() {
        return own(spot, form)[0] || "";
      },
      values: (name) => answer(form, name) || JSON.parse(form.dataset.answers)[name].map(String),
    };
  }

  function holds(spot, form, tree) {
    try {
      return bool(evaluate(JSON.parse(tree), envOf(spot, form)));
    } catch {
      return true;
    }
  }

  // What is shown may show more, so it is gone over again until nothing changes; a circle is left as it is.
  function show(form) {
    const spots = [...form.querySelectorAll("[data-relevant]")];
    for (let round = 0, changed = true; changed && round <= spots.length && round < 20; round++) {
      changed = false;
      for (const spot of spots) {
        const hidden = !holds(spot, form, spot.dataset.relevant);
        changed = changed || spot.hidden !== hidden;
        spot.hidden = hidden;
      }
    }
    // A browser sends no form with a required field that cannot be seen.
    for (const input of form.querySelectorAll("[required], [data-required]")) {
      input.dataset.required = "";
      input.required = asked(input);
    }
  }

  const said = (spot) => spot.querySelector("[data-said]");

  function judge(spot, form) {
    const given = inputs(spot).length > 0 && own(spot, form);
    const wrong = given && given.length > 0 && asked(spot) && !holds(spot, form, spot.dataset.constraint);
    const message = document.createElement("p");
    message.className = "error";
    message.textContent = spot.dataset.message;
    said(spot).replaceChildren(...(wrong ? [message] : []));
    for (const input of inputs(spot)) wrong ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
  }

  // The place of a message is there before the message, or a screen reader would not read it.
  function prepare(root) {
    for (const spot of root.querySelectorAll("[data-constraint]")) {
      if (said(spot)) continue;
      const place = document.createElement("div");
      place.dataset.said = "";
      place.setAttribute("role", "status");
      spot.append(place);
    }
    for (const form of document.forms) if (form.querySelector("[data-relevant]")) show(form);
  }

  function hear({ type, target }) {
    const { form } = target;
    if (!form) return;
    if (form.querySelector("[data-relevant]")) show(form);
    // Nobody is told of a mistake while still typing, but at once that it is mended, here or elsewhere.
    for (const spot of form.querySelectorAll("[data-constraint]")) {
      if ((type === "change" && spot.contains(target)) || said(spot).hasChildNodes()) judge(spot, form);
    }
  }

  document.addEventListener("input", hear);
  document.addEventListener("change", hear);
  document.addEventListener("ashar:shown", ({ detail }) => prepare(detail.root));

  window.ashar = Object.assign(window.ashar || {}, { logic: { evaluate, bool, text, number } });
})();
