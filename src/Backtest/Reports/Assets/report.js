// Puts the run's data, which stand in the page, into the charts.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const { lines, fan, bars, histogram, heatmap, keep, number, percent } = GranaryCharts;
  const at = id => document.getElementById(id);
  const put = (id, draw) => { const element = at(id); if (element) keep(element, () => draw(element)); };
  const s = data.samples, d = data.days;

  put("equity", e => lines(e, { time: true, label: "Equity with and without fees", none: "No events.", series: [
    { name: "equity", color: "s1", x: s.time, y: s.equity }, { name: "before fees", color: "s2", x: s.time, y: s.beforeFees, faint: true }] }));
  put("hold", e => lines(e, { time: true, zero: true, format: percent, label: "Return against holding", height: 200, none: "No prices.", series: [
    { name: "this run", color: "s1", x: s.time, y: s.equity.map(v => v / s.equity[0] - 1) }].concat(
      data.symbols.slice(0, 3).map((h, i) => ({ name: "holding " + h.name, color: "s" + (i + 2), x: h.time, y: h.price.map(p => p / h.price[0] - 1), faint: true }))) }));
  put("underwater", e => lines(e, { time: true, zero: true, format: percent, label: "Drawdown from the highest equity", height: 170, series: [
    { name: "drawdown", color: "loss", x: s.time, y: s.drawdown, fill: true }] }));
  put("exposure", e => lines(e, { time: true, zero: true, label: "Exposure as a multiple of equity", height: 190, format: v => number(v) + "×", series: [
    { name: "gross leverage", color: "s1", x: s.time, y: s.leverage, fill: true }, { name: "net", color: "s2", x: s.time, y: s.net, faint: true }] }));
  put("months", e => heatmap(e, { ...data.months, turns: true, format: v => percent(v, 1), corner: "year", none: "No complete month or day." }));
  put("returns", e => histogram(e, { values: d.returns, format: percent, label: "Distribution of daily returns", none: "Fewer than two daily returns." }));
  put("tradeReturns", e => histogram(e, { values: data.trades.map(t => t.pnl), label: "Distribution of the trades' profit and loss", none: "Fewer than two trades." }));
  put("rolling", e => lines(e, { time: true, zero: true, label: "Rolling Sharpe ratio", none: "Too few days for a rolling ratio.", series: [
    { name: `Sharpe over ${data.rolling.days} days`, color: "s1", x: data.rolling.time, y: data.rolling.sharpe }] }));
  for (const symbol of data.symbols) {
    put("price-" + symbol.name, e => lines(e, { time: true, label: "Trades on the price of " + symbol.name, none: "No prices.", height: 300,
      series: [{ name: "price", color: "line", x: symbol.time, y: symbol.price }],
      marks: data.trades.filter(t => t.symbol === symbol.name).slice(-400).flatMap(t => [
        { x: t.entry, y: t.entryPrice, up: t.long, color: t.long ? "gain" : "loss" }, { x: t.exit, y: t.exitPrice, up: !t.long, color: "s2" }]),
      markLegend: [{ name: "long entry", color: "gain" }, { name: "short entry", color: "loss" }, { name: "exit", color: "s2" }] }));
  }
  for (const by of ["signal", "regime", "side", "symbol", "exit", "hour"]) {
    const groups = data.groups.filter(g => g.by === by).map(g => ({ name: g.name, value: g.pnl, note: `(${g.trades})` }));
    const slots = by === "hour" && groups.length
      ? Array.from({ length: 24 }, (_, h) => String(h).padStart(2, "0")).map(h => groups.find(g => g.name === h) || { name: h, value: 0 }) : groups;
    put("by-" + by, e => bars(e, { bars: slots, horizontal: by !== "hour", height: by === "hour" ? 190 : undefined, none: "No closed trades." }));
  }
  put("sensitivity", e => bars(e, { bars: data.sensitivity, horizontal: true, none: "Not run." }));
  if (data.parameters) put("parameters", e => heatmap(e, { rows: data.parameters.ys.map(v => number(v)), columns: data.parameters.xs.map(v => number(v)), values: data.parameters.values,
    corner: data.parameters.y + " \\ " + data.parameters.x }));
  if (data.fan) put("fan", e => fan(e, { x: data.fan.x, levels: data.fan.levels, actual: data.fan.actual, formatX: v => number(v, 0), label: "Monte Carlo fan" }));
  if (data.walk) {
    put("walk", e => lines(e, { time: true, label: "Walk-forward, out of sample", series: [{ name: "out-of-sample equity", color: "s1", x: data.walk.time, y: data.walk.equity }],
      bands: data.walk.segments.filter((_, i) => i % 2).map(w => ({ from: w.from, to: w.to, color: "s3" })) }));
    put("walkSegments", e => bars(e, { bars: data.walk.segments.map(w => ({ name: w.name, value: w.pnl, note: w.note })), horizontal: true }));
  }
})();
