// Charts of the tear sheet and of the dashboard: plain functions that draw an SVG into an element, at the element's width, from plain arrays.
// Colours come from CSS variables (--ink, --muted, --grid, --s1 .. --s4, --gain, --loss, --paper), so that one sheet serves light, dark and paper.
const GranaryCharts = (() => {
  "use strict";
  const NS = "http://www.w3.org/2000/svg";
  const DAY = 86400000;

  function node(name, attributes, parent, text) {
    const made = document.createElementNS(NS, name);
    for (const key in attributes) made.setAttribute(key, attributes[key]);
    if (text !== undefined) made.textContent = text;
    if (parent) parent.appendChild(made);
    return made;
  }

  function number(value, digits) {
    if (value === null || value === undefined || !isFinite(value)) return "–";
    const size = Math.abs(value);
    if (digits === undefined) digits = size >= 1000 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : size >= 0.01 ? 3 : 5;
    return value.toLocaleString("en-US", { maximumFractionDigits: digits, minimumFractionDigits: 0 }).replace("-", "−");
  }

  function percent(value, digits) {
    if (value === null || value === undefined || !isFinite(value)) return "–";
    const size = Math.abs(value * 100);
    if (digits === undefined) digits = size >= 10 ? 1 : size >= 0.1 || size === 0 ? 2 : 4;
    return number(value * 100, digits) + " %";
  }

  function date(ms, span) {
    const text = new Date(ms).toISOString();
    if (span === undefined || span > 3 * DAY) return text.slice(0, 10);
    return text.slice(5, 16).replace("T", " ");
  }

  function ticks(low, high, wanted) {
    if (!(high > low)) return [low];
    const rough = (high - low) / Math.max(wanted, 1);
    const power = Math.pow(10, Math.floor(Math.log10(rough)));
    const step = [1, 2, 2.5, 5, 10].map(m => m * power).find(s => s >= rough) || rough;
    const found = [];
    for (let v = Math.ceil(low / step) * step; v <= high + step * 1e-9; v += step) found.push(Math.abs(v) < step * 1e-9 ? 0 : v);
    return found;
  }

  function timeTicks(low, high, wanted) {
    const steps = [60e3, 300e3, 900e3, 1800e3, 3600e3, 2 * 3600e3, 4 * 3600e3, 6 * 3600e3, 12 * 3600e3, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 182 * DAY, 365 * DAY];
    const step = steps.find(s => (high - low) / s <= wanted) || steps[steps.length - 1];
    const found = [];
    for (let v = Math.ceil(low / step) * step; v <= high; v += step) found.push(v);
    return found;
  }

  function frame(element, options) {
    element.textContent = "";
    const width = Math.max(element.clientWidth || 640, 260);
    const height = options.height || Math.round(Math.min(Math.max(width * 0.36, 180), 320));
    const svg = node("svg", { width: "100%", viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": options.label || "" }, element);
    const left = options.left === undefined ? 58 : options.left;
    return { svg, width, height, box: { x: left, y: 10, w: width - left - 12, h: height - 10 - 26 } };
  }

  function empty(element, text) {
    element.textContent = "";
    const said = document.createElement("p");
    said.className = "none";
    said.textContent = text || "Nothing to show.";
    element.appendChild(said);
  }

  function axes(f, x, y, options) {
    const { svg, box } = f;
    const format = options.format || number;
    for (const v of ticks(y.low, y.high, box.h / 38)) {
      const at = y.place(v);
      node("line", { x1: box.x, x2: box.x + box.w, y1: at, y2: at, class: v === 0 && y.low < 0 ? "axis" : "grid" }, svg);
      node("text", { x: box.x - 6, y: at + 3.5, class: "tick", "text-anchor": "end" }, svg, format(v));
    }
    const places = options.time ? timeTicks(x.low, x.high, box.w / 92) : ticks(x.low, x.high, box.w / 80);
    for (const v of places) {
      const at = x.place(v);
      if (at < box.x + 14 || at > box.x + box.w - 14) continue;
      node("text", { x: at, y: box.y + box.h + 17, class: "tick", "text-anchor": "middle" }, svg, options.time ? date(v, x.high - x.low) : (options.formatX || number)(v));
    }
    node("line", { x1: box.x, x2: box.x + box.w, y1: box.y + box.h, y2: box.y + box.h, class: "axis" }, svg);
  }

  function scale(low, high, from, to) {
    if (!(high > low)) { const pad = Math.abs(low) * 0.01 || 1; low -= pad; high += pad; }
    return { low, high, place: v => from + (v - low) / (high - low) * (to - from), back: p => low + (p - from) / (to - from) * (high - low) };
  }

  function range(series, zero) {
    let low = Infinity, high = -Infinity;
    for (const s of series) for (const v of s.y) if (v !== null && isFinite(v)) { if (v < low) low = v; if (v > high) high = v; }
    if (zero) { low = Math.min(low, 0); high = Math.max(high, 0); }
    const pad = (high - low) * 0.04;
    return [low - (zero && low === 0 ? 0 : pad), high + (zero && high === 0 ? 0 : pad)];
  }

  function path(xs, ys, x, y) {
    let d = "", pen = false;
    for (let i = 0; i < xs.length; i++) {
      if (ys[i] === null || !isFinite(ys[i])) { pen = false; continue; }
      d += (pen ? "L" : "M") + x.place(xs[i]).toFixed(1) + " " + y.place(ys[i]).toFixed(1);
      pen = true;
    }
    return d;
  }

  function legend(element, entries) {
    if (entries.length < 2) return;
    const list = document.createElement("div");
    list.className = "legend";
    for (const entry of entries) {
      const item = document.createElement("span");
      const mark = document.createElement("i");
      mark.style.background = `var(--${entry.color})`;
      item.append(mark, entry.name);
      list.appendChild(item);
    }
    element.prepend(list);
  }

  function hover(element, f, x, xs, describe) {
    const { svg, box } = f;
    const line = node("line", { y1: box.y, y2: box.y + box.h, class: "cross", visibility: "hidden" }, svg);
    const tip = document.createElement("div");
    tip.className = "tip";
    element.appendChild(tip);
    const hide = () => { line.setAttribute("visibility", "hidden"); tip.style.display = "none"; };
    svg.addEventListener("pointerleave", hide);
    svg.addEventListener("pointermove", event => {
      const rect = svg.getBoundingClientRect();
      const at = (event.clientX - rect.left) * f.width / rect.width;
      if (at < box.x || at > box.x + box.w || !xs.length) return hide();
      const value = x.back(at);
      let low = 0, high = xs.length - 1;
      while (low < high) { const middle = (low + high) >> 1; if (xs[middle] < value) low = middle + 1; else high = middle; }
      const i = low > 0 && value - xs[low - 1] < xs[low] - value ? low - 1 : low;
      line.setAttribute("x1", x.place(xs[i])); line.setAttribute("x2", x.place(xs[i])); line.setAttribute("visibility", "visible");
      tip.textContent = describe(i);
      tip.style.display = "block";
      const place = (event.clientX - rect.left);
      tip.style.left = Math.min(Math.max(place + 10, 0), rect.width - tip.offsetWidth) + "px";
    });
  }

  // Lines over time or number. options: series [{name, color, x, y, fill, step, faint}], bands [{from, to, color}], time, zero, format, label.
  function lines(element, options) {
    const series = options.series.filter(s => s.x.length > 0);
    if (!series.length) return empty(element, options.none);
    const f = frame(element, options);
    const [low, high] = range(series, options.zero);
    let first = Infinity, last = -Infinity;
    for (const s of series) { first = Math.min(first, s.x[0]); last = Math.max(last, s.x[s.x.length - 1]); }
    const x = scale(first, last, f.box.x, f.box.x + f.box.w), y = scale(low, high, f.box.y + f.box.h, f.box.y);
    for (const band of options.bands || []) {
      node("rect", { x: x.place(band.from), width: Math.max(x.place(band.to) - x.place(band.from), 1), y: f.box.y, height: f.box.h, fill: `var(--${band.color})`, opacity: 0.12 }, f.svg);
    }
    axes(f, x, y, options);
    for (const s of series) {
      const d = path(s.x, s.y, x, y);
      if (s.fill) {
        const base = y.place(Math.min(Math.max(0, y.low), y.high));
        node("path", { d: `${d}L${x.place(s.x[s.x.length - 1]).toFixed(1)} ${base}L${x.place(s.x[0]).toFixed(1)} ${base}Z`, fill: `var(--${s.color})`, opacity: 0.22 }, f.svg);
      }
      node("path", { d, fill: "none", stroke: `var(--${s.color})`, "stroke-width": s.faint ? 1 : 1.8, opacity: s.faint ? 0.55 : 1, "stroke-linejoin": "round" }, f.svg);
    }
    const half = (options.marks || []).length * 8 > f.box.w ? 3 : 5;   // many marks must leave the line to be seen
    for (const mark of options.marks || []) {
      const px = x.place(mark.x), py = y.place(mark.y), tall = 1.8 * half;
      node("path", { d: mark.up ? `M${px} ${py - half}l${half} ${tall}h${-2 * half}z` : `M${px} ${py + half}l${half} ${-tall}h${-2 * half}z`, fill: `var(--${mark.color})`, stroke: "var(--paper)", "stroke-width": 0.8 }, f.svg);
    }
    legend(element, (options.marks && options.markLegend || []).concat(series.filter(s => s.name).map(s => ({ name: s.name, color: s.color }))));
    const format = options.format || number, main = series[0];
    hover(element, f, x, main.x, i => [options.time ? date(main.x[i], last - first) : number(main.x[i])].concat(
      series.filter(s => s.name && s.x.length === main.x.length).map(s => `${s.name} ${format(s.y[i])}`)).join("  ·  "));
  }

  // A fan of quantiles. options: x, levels [{name, y}] from the lowest to the highest (odd count; the middle one is the median), format.
  function fan(element, options) {
    if (!options.x.length) return empty(element, options.none);
    const f = frame(element, options);
    const [low, high] = range(options.levels);
    const x = scale(options.x[0], options.x[options.x.length - 1], f.box.x, f.box.x + f.box.w), y = scale(low, high, f.box.y + f.box.h, f.box.y);
    axes(f, x, y, options);
    const n = options.levels.length, middle = (n - 1) / 2;
    for (let k = 0; k < middle; k++) {
      const upper = path(options.x, options.levels[n - 1 - k].y, x, y);
      const lower = path([...options.x].reverse(), [...options.levels[k].y].reverse(), x, y);
      node("path", { d: upper + "L" + lower.slice(1) + "Z", fill: "var(--s1)", opacity: 0.13 + 0.1 * k }, f.svg);
    }
    node("path", { d: path(options.x, options.levels[middle].y, x, y), fill: "none", stroke: "var(--s1)", "stroke-width": 1.8 }, f.svg);
    if (options.actual) node("path", { d: path(options.x, options.actual, x, y), fill: "none", stroke: "var(--s2)", "stroke-width": 1.8 }, f.svg);
    legend(element, [{ name: options.levels[middle].name, color: "s1" }].concat(options.actual ? [{ name: "this run", color: "s2" }] : []));
    const format = options.format || number;
    hover(element, f, x, options.x, i => options.levels.map(l => `${l.name} ${format(l.y[i])}`).join("  ·  "));
  }

  // Bars. options: bars [{name, value, note}], format, horizontal.
  function bars(element, options) {
    if (!options.bars.length) return empty(element, options.none);
    const format = options.format || number;
    if (options.horizontal) {
      const row = 24, name = Math.min(130, Math.max(...options.bars.map(b => b.name.length)) * 7.2 + 12);
      const f = frame(element, { ...options, height: options.bars.length * row + 14, left: name });
      const low = Math.min(0, ...options.bars.map(b => b.value)), high = Math.max(0, ...options.bars.map(b => b.value));
      const room = 92, x = scale(low, high, f.box.x + (low < 0 ? room : 2), f.box.x + f.box.w - (high > 0 ? room : 2));
      options.bars.forEach((bar, i) => {
        const top = 6 + i * row, from = x.place(Math.min(bar.value, 0)), to = x.place(Math.max(bar.value, 0));
        node("text", { x: f.box.x - 8, y: top + 14, class: "tick", "text-anchor": "end" }, f.svg, bar.name);
        node("rect", { x: from, y: top + 3, width: Math.max(to - from, 1), height: row - 8, rx: 2, fill: `var(--${bar.value < 0 ? "loss" : "gain"})` }, f.svg);
        const outside = bar.value < 0 ? from - 5 : to + 5;
        node("text", { x: outside, y: top + 14, class: "tick value", "text-anchor": bar.value < 0 ? "end" : "start" }, f.svg, format(bar.value) + (bar.note ? "  " + bar.note : ""));
      });
      node("line", { x1: x.place(0), x2: x.place(0), y1: 4, y2: 8 + options.bars.length * row, class: "axis" }, f.svg);
      return;
    }
    const f = frame(element, options);
    const low = Math.min(0, ...options.bars.map(b => b.value)), high = Math.max(0, ...options.bars.map(b => b.value));
    const y = scale(low - (low < 0 ? (high - low) * 0.05 : 0), high + (high > 0 ? (high - low) * 0.05 : 0), f.box.y + f.box.h, f.box.y);
    axes(f, scale(0, 1, 1e9, 1e9 + 1), y, options);
    const slot = f.box.w / options.bars.length, every = Math.ceil(options.bars.length / (f.box.w / (options.slot || 42)));
    options.bars.forEach((bar, i) => {
      const from = y.place(Math.max(bar.value, 0)), to = y.place(Math.min(bar.value, 0));
      const made = node("rect", { x: f.box.x + i * slot + Math.min(slot * 0.12, 3), y: from, width: Math.max(slot - 2 * Math.min(slot * 0.12, 3), 1), height: Math.max(to - from, 0.5), fill: `var(--${bar.color || (bar.value < 0 ? "loss" : "gain")})` }, f.svg);
      node("title", {}, made, `${bar.name}: ${format(bar.value)}${bar.note ? ", " + bar.note : ""}`);
      if (i % every === 0) node("text", { x: f.box.x + (i + 0.5) * slot, y: f.box.y + f.box.h + 17, class: "tick", "text-anchor": "middle" }, f.svg, bar.name);
    });
  }

  // Distribution of values. options: values, format.
  function histogram(element, options) {
    const values = options.values.filter(v => v !== null && isFinite(v));
    if (values.length < 2) return empty(element, options.none);
    const low = Math.min(...values), high = Math.max(...values);
    if (low === high) return empty(element, "All values are equal.");
    const count = Math.min(Math.max(Math.ceil(Math.sqrt(values.length)), 7), 41), width = (high - low) / count;
    const bins = Array.from({ length: count }, (_, i) => ({ from: low + i * width, n: 0 }));
    for (const v of values) bins[Math.min(Math.floor((v - low) / width), count - 1)].n++;
    const format = options.format || number;
    bars(element, {
      ...options, format: v => number(v, 0), slot: 64,
      bars: bins.map(b => ({ name: format(b.from + width / 2), value: b.n, color: b.from + width / 2 < 0 ? "loss" : "gain", note: `${format(b.from)} to ${format(b.from + width)}` }))
    });
  }

  // A coloured table. options: rows, columns, values [row][column], format, corner.
  function heatmap(element, options) {
    if (!options.rows.length) return empty(element, options.none);
    element.textContent = "";
    const isNarrow = element.clientWidth && element.clientWidth < options.columns.length * 46 && options.rows.length * 46 < element.clientWidth - 60;
    if (options.turns && isNarrow) {
      options = { ...options, rows: options.columns, columns: options.rows, corner: "", values: options.columns.map((_, c) => options.values.map(row => row[c])) };
    }
    const scroll = document.createElement("div");
    scroll.className = "scroll";
    const table = document.createElement("table");
    table.className = "heat";
    const head = table.createTHead().insertRow();
    for (const name of [options.corner || ""].concat(options.columns)) {
      const cell = document.createElement("th");
      cell.textContent = name;
      head.appendChild(cell);
    }
    const all = options.values.flat().filter(v => v !== null && isFinite(v));
    const size = Math.max(1e-12, ...all.map(Math.abs));
    const format = options.format || number, body = table.createTBody();
    options.rows.forEach((name, r) => {
      const row = body.insertRow();
      const title = document.createElement("th");
      title.textContent = name;
      row.appendChild(title);
      options.columns.forEach((_, c) => {
        const cell = row.insertCell(), v = options.values[r][c];
        if (v === null || v === undefined || !isFinite(v)) { cell.textContent = ""; return; }
        cell.textContent = format(v);
        cell.style.background = `color-mix(in srgb, var(--${v < 0 ? "loss" : "gain"}) ${Math.round(8 + 52 * Math.abs(v) / size)}%, transparent)`;
      });
    });
    scroll.appendChild(table);
    element.appendChild(scroll);
  }

  // Draws now, and again when the width or the medium changes.
  function keep(element, draw) {
    let width = 0;
    const again = () => { if (element.clientWidth !== width) { width = element.clientWidth; draw(); } };
    again();
    if (typeof ResizeObserver !== "undefined") new ResizeObserver(again).observe(element);
    window.addEventListener("beforeprint", () => draw());
  }

  return { lines, fan, bars, histogram, heatmap, keep, number, percent, date };
})();
