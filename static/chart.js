/*
  Draws every [data-chart] with ECharts over the chart that the server drew; the server's one stays for paper and for people
  without JavaScript. The options are JSON, in the attribute or in a child <script type="application/json">. In them

    "ashar:absolute" "ashar:percent"   as a formatter: the size without its sign, and the same with a %
    "var(--women)"                     as any string: the colour of that name in app.css, light or dark as the page is

  Each page with charts loads vendor/charts.min.js before this file. data-height is in pixels.
*/
(() => {
  "use strict";

  const echarts = window.echarts;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  const drawn = new Map(); // box -> {source, paper, chart, watch}

  // ---------- options ----------

  const digits = (value) => Math.abs(Number(value)).toLocaleString(document.documentElement.lang || undefined, { maximumFractionDigits: 1 });

  // ECharts gives an axis's label its bare value and a bar's label an object around it.
  function size(given) {
    const value = given !== null && typeof given === "object" && "value" in given ? given.value : given;
    return digits(Array.isArray(value) ? value[value.length - 1] : value);
  }

  const named = {
    "ashar:absolute": (given) => size(given),
    "ashar:percent": (given) => size(given) + "%",
  };

  function token(name) {
    return getComputedStyle(document.body).getPropertyValue(name).trim();
  }

  function ready(part) {
    if (Array.isArray(part)) return part.map(ready);
    if (part !== null && typeof part === "object") {
      return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, ready(value)]));
    }
    if (typeof part !== "string") return part;
    if (part in named) return named[part];
    const colour = part.match(/^var\((--[\w-]+)\)$/);
    return colour ? token(colour[1]) : part;
  }

  function sourceOf(box) {
    return box.dataset.chart || box.querySelector('script[type="application/json"]').textContent;
  }

  // A cell of a heat map that is nothing but its column, row and number is named by its row and column.
  function withNames(read) {
    const [columns, rows] = [read.xAxis, read.yAxis].map((axis) => [axis].flat()[0]?.data);
    const cell = (value) => ({ value, name: `${rows[value[1]]} · ${columns[value[0]]}`.replace(/\s+/g, " ") });
    for (const one of [read.series].flat()) {
      if (one?.type === "heatmap") one.data = one.data.map((given) => (Array.isArray(given) ? cell(given) : given));
    }
    return read;
  }

  function options(source) {
    const read = withNames(ready(JSON.parse(source)));
    // HTML in a tooltip would need inline styles, and could carry somebody's text as markup.
    for (const tooltip of [read.tooltip].flat()) if (tooltip) tooltip.renderMode = "richText";
    if (still.matches) read.animation = false;
    return read;
  }

  function theme() {
    const ink = token("--ink"), soft = token("--soft"), line = token("--line"), card = token("--card");
    const text = { color: ink, fontFamily: getComputedStyle(document.body).fontFamily };
    const axis = {
      axisLine: { lineStyle: { color: line } }, axisTick: { lineStyle: { color: line } },
      splitLine: { lineStyle: { color: [line] } }, axisLabel: { color: soft }, nameTextStyle: { color: soft },
    };
    return {
      backgroundColor: "transparent", textStyle: text, color: ["--all", "--women", "--men", "--unknown"].map(token),
      grid: { left: 8, right: 24, top: 40, bottom: 28 },
      categoryAxis: { ...axis, axisLabel: { color: ink, lineHeight: 16 } }, valueAxis: { ...axis, axisLabel: { color: soft, hideOverlap: true } },
      legend: { textStyle: { color: ink }, top: 0 }, visualMap: { textStyle: { color: soft } },
      tooltip: { backgroundColor: card, borderColor: token("--edge"), textStyle: { color: ink }, padding: 10 },
      animationDuration: 250,
    };
  }

  // ---------- drawing ----------

  function draw(box) {
    rub(box);
    const figure = box.closest(".chart");
    const one = { source: sourceOf(box), paper: document.createElement("div") };
    one.paper.style.height = (box.dataset.height || 320) + "px";
    box.append(one.paper);
    drawn.set(box, one);
    if (figure) figure.classList.add("plotted");
    if (figure && figure.querySelector(".drawn")) figure.classList.add("has-drawn");
    try {
      one.chart = echarts.init(one.paper, theme(), { renderer: "svg" });
      one.chart.setOption(options(one.source));
      // What is not to be seen, as on paper or on a phone held upright, has no width to be drawn in.
      one.watch = new ResizeObserver(() => one.paper.clientWidth > 0 && one.chart.resize());
      one.watch.observe(one.paper);
    } catch (error) {
      rub(box); // the server's drawing and the table are still there
      console.error(error);
    }
  }

  function rub(box) {
    const old = drawn.get(box);
    if (!old) return;
    if (old.watch) old.watch.disconnect();
    if (old.chart) old.chart.dispose();
    old.paper.remove();
    drawn.delete(box);
    const figure = box.closest(".chart");
    if (figure) figure.classList.remove("plotted");
  }

  // An answer that was morphed into the page may have changed the options under a chart, or swept the chart away.
  function stale(box) {
    const one = drawn.get(box);
    const figure = box.closest(".chart");
    return !one || one.source !== sourceOf(box) || !box.contains(one.paper) || (figure && !figure.matches(".plotted"));
  }

  function redraw() {
    for (const box of [...drawn.keys()]) draw(box);
  }

  document.addEventListener("ashar:shown", ({ detail: { root } }) => {
    for (const box of [...drawn.keys()]) if (!box.isConnected) rub(box);
    for (const box of [...(root.matches("[data-chart]") ? [root] : []), ...root.querySelectorAll("[data-chart]")]) {
      if (stale(box)) draw(box);
    }
  });
  dark.addEventListener("change", redraw);
  still.addEventListener("change", redraw);
})();
