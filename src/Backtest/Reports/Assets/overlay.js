// Puts both runs' data, which stand in the page, into the charts.
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("data").textContent);
  const { lines, bars, keep, percent } = GranaryCharts;
  const put = (id, draw) => { const element = document.getElementById(id); if (element) keep(element, () => draw(element)); };
  const colors = { matched: "gain", model: "s2", live: "s3", backtest: "s4", unexplained: "loss" };
  const legend = [{ name: "live, matched", color: "gain" }, { name: "backtest", color: "s2" }, { name: "only live", color: "s3" },
    { name: "only in the backtest", color: "s4" }, { name: "unexplained", color: "loss" }];

  put("equity", e => lines(e, { time: true, label: "Wallets of the live run and of the backtest", none: "No fills.", series: [
    { name: "live", color: "s1", x: data.live.time, y: data.live.equity }, { name: "backtest", color: "s2", x: data.backtest.time, y: data.backtest.equity }] }));
  for (const symbol of data.symbols) {
    put("price-" + symbol.name, e => lines(e, { time: true, label: "Orders on the price of " + symbol.name, none: "No prices.", height: 300,
      series: [{ name: "price", color: "line", x: symbol.time, y: symbol.price }],
      marks: data.marks.filter(m => m.symbol === symbol.name).map(m => ({ x: m.x, y: m.y, up: m.up, color: colors[m.kind] })), markLegend: legend }));
  }
  put("slippage", e => bars(e, { bars: data.slippage.map((s, i) => ({ name: String(i + 1), value: s.value, note: s.name })), format: v => percent(v, 3), height: 190, none: "No order that both sides had filled." }));
  put("kinds", e => bars(e, { bars: data.kinds, horizontal: true, none: "None." }));
})();
