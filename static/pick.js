/*
  Lists that people put in order: the first tap is the first place, a second tap takes it back. Those that have a place can
  be moved up and down, and put on the same place as the one before. Nothing has a place until somebody gives it one.
  Without this file they are number fields that work. It needs app.js before it. What the page must hold stands at the top
  of field.css; what is said comes from the list's data- attributes.
*/
(() => {
  "use strict";

  const fill = (text, values) => (text || "").replace(/\{(\w+)\}/g, (all, name) => (name in values ? values[name] : all));

  // ---------- an order in which neighbours may be equal ----------

  // Picks knows what was picked, the most needed first, and which of them share the place of the one before.
  class Picks {
    constructor(places, most) {
      this.most = most;
      this.list = [...places.keys()].sort((a, b) => places.get(a) - places.get(b));
      this.tied = new Set(this.list.filter((one, i) => i > 0 && places.get(one) === places.get(this.list[i - 1])));
    }

    get full() { return this.list.length >= this.most }
    has(one) { return this.list.includes(one) }
    first(one) { return this.list[0] === one }
    last(one) { return this.list[this.list.length - 1] === one }

    // The place of one: 1, 1, 2. Zero where it has none.
    place(one) {
      const at = this.list.indexOf(one);
      return this.list.slice(0, at + 1).filter((other) => !this.tied.has(other)).length;
    }

    add(one) {
      if (!this.full) this.list.push(one);
    }

    remove(one) {
      const next = this.list[this.list.indexOf(one) + 1];
      if (next && !this.tied.has(one)) this.tied.delete(next); // it was equal to the one that goes
      this.tied.delete(one);
      this.list = this.list.filter((other) => other !== one);
    }

    // Changes places with the neighbour; which places are shared stays as it is.
    move(one, by) {
      const at = this.list.indexOf(one);
      const other = this.list[at + by];
      if (!other) return;
      const ties = this.list.map((each) => this.tied.has(each));
      [this.list[at], this.list[at + by]] = [other, one];
      this.tied = new Set(this.list.filter((each, i) => ties[i]));
    }

    tie(one) {
      if (!this.first(one) && !this.tied.delete(one)) this.tied.add(one);
    }
  }

  // ---------- the list ----------

  function announcer(list) {
    const line = document.createElement("p");
    line.className = "visually-hidden";
    line.setAttribute("role", "status");
    list.after(line);
    return (text, values) => (line.textContent = fill(text, values));
  }

  function button(look, text, name) {
    const made = document.createElement("button");
    made.type = "button";
    made.className = look;
    made.textContent = text;
    if (name) made.setAttribute("aria-label", `${text}: ${name}`);
    return made;
  }

  // A line with a number field becomes a big button, and small ones that come when it is picked.
  function tappable(item, { up, down, same }) {
    const control = item.querySelector("select, input");
    const label = item.querySelector("label");
    const name = (item.querySelector(".name") || label).textContent.trim().replace(/\s+/g, " ");
    const tap = button("pick-tap", "");
    const mark = document.createElement("b");
    tap.append(mark, ...[...label.childNodes].filter((node) => !node.contains(control)));
    const tools = document.createElement("div");
    tools.className = "pick-tools";
    const one = { item, control, name, tap, mark, tools, up: button("up", up, name), down: button("down", down, name), same: button("same", same, name) };
    tools.append(one.up, one.down, ...(same ? [one.same] : []));
    control.hidden = true;
    item.replaceChildren(tap, tools, control);
    item.classList.add("tappable");
    return one;
  }

  function pick(list) {
    const said = list.dataset;
    const all = [...list.children].map((item) => tappable(item, said));
    const places = new Map(all.filter(({ control }) => control.value > 0).map((one) => [one, Number(one.control.value)]));
    const picks = new Picks(places, Number(said.max) || all.length);
    const announce = announcer(list);

    function draw() {
      for (const one of all) {
        const place = picks.has(one) ? picks.place(one) : "";
        one.control.value = one.mark.textContent = place;
        one.tap.setAttribute("aria-pressed", picks.has(one));
        one.item.classList.toggle("picked", picks.has(one));
        one.tools.hidden = !picks.has(one);
        // Not "disabled": that would take the focus away from the button just pressed.
        one.up.setAttribute("aria-disabled", picks.first(one));
        one.down.setAttribute("aria-disabled", picks.last(one));
        one.same.setAttribute("aria-disabled", picks.first(one));
        one.same.setAttribute("aria-pressed", picks.tied.has(one));
      }
    }

    function change(one, text) {
      draw();
      announce(text, { name: one.name, n: picks.place(one) });
      one.control.dispatchEvent(new Event("input", { bubbles: true }));
      one.control.dispatchEvent(new Event("change", { bubbles: true }));
    }

    function choose(one) {
      if (picks.has(one)) {
        picks.remove(one);
        return change(one, said.removed);
      }
      if (picks.full) return announce(said.full, { name: one.name, n: picks.most });
      picks.add(one);
      change(one, said.picked);
    }

    for (const one of all) {
      one.tap.addEventListener("click", () => choose(one));
      one.up.addEventListener("click", () => change(one, said.moved, picks.move(one, -1)));
      one.down.addEventListener("click", () => change(one, said.moved, picks.move(one, 1)));
      one.same.addEventListener("click", () => change(one, said.moved, picks.tie(one)));
    }
    draw();
  }

  // ---------- what is new on the page ----------

  const known = new WeakSet();

  document.addEventListener("ashar:shown", ({ detail: { root } }) => {
    for (const list of [...(root.matches("[data-pick]") ? [root] : []), ...root.querySelectorAll("[data-pick]")]) {
      if (known.has(list)) continue;
      known.add(list);
      pick(list);
    }
  });

  window.ashar.Picks = Picks;
})();
