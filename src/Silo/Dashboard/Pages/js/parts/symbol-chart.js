// The chart of a symbol: volume bars with what was decided, ordered and filled on them, and the order flow below.
import { h, s } from '../dom.js';
import { stack } from '../chart/stack.js';
import { candles, heat, histogram, levels, line, marks } from '../chart/layers.js';
import { indexAt } from '../chart/scale.js';
import { clock, figures, number, percent, plain, price } from '../format.js';

export function symbolChart(symbol, series) {
    let position = [];
    let events = { decisions: [], orders: [], fills: [] };
    let marked = { key: '', items: [] };
    const value = name => i => series.bar(i)?.[name] ?? null;
    // The running bar has no features yet: below the price the last closed one is told.
    const told = i => series.bar(i) ?? series.bar(series.closed().length - 1);
    const delta = i => deltaOf(series.bar(i));

    const chart = stack({
        label: `Volume bars of ${symbol} with decisions, orders and fills; below them order flow`,
        height: () => (innerWidth < 760 ? 520 : 560),
        count: series.count,
        xLabel: (i, isFull) => {
            const bar = series.at(Math.max(0, Math.min(series.count() - 1, i)));
            return isFull ? `${clock(bar.closeTimeMs ?? bar.openTimeMs)}  bar ${number(bar.index)}` : clock(bar.openTimeMs);
        },
        panes: [
            {
                weight: 6,
                layers: [
                    candles(series.at),
                    line(value('rollingVwap'), 'series', { width: 1.25, isScaled: false }),
                    levels(() => position),
                    marks(() => marksOf()),
                ],
                format: v => price(symbol, v),
                legend: i => legend(i),
                tag: () => {
                    const last = series.at(series.count() - 1);
                    return last && { value: last.close, text: price(symbol, last.close), color: last.close >= last.open ? 'up' : 'down' };
                },
            },
            { height: 12, layers: [heat(value('ofi'))] },
            {
                weight: 1.7,
                ticks: 3,
                layers: [histogram(delta)],
                format: (v, d) => number(v, d),
                legend: i => [
                    ['Delta', figures(deltaOf(told(i)))],
                    ['Volume', plain(told(i)?.volume, 3)],
                    ['Imbalance', figures(told(i)?.ofi, 3)],
                ],
            },
            {
                weight: 1.7,
                ticks: 3,
                layers: [line(i => value('cumulativeDelta')(i), 'series-2')],
                format: (v, d) => number(v, d),
                legend: i => [['Cumulative delta', plain(told(i)?.cumulativeDelta, 3)]],
            },
            {
                weight: 1.7,
                ticks: 3,
                layers: [line(value('vpin'), 'series')],
                format: (v, d) => number(v, Math.max(2, d)),
                legend: i => [
                    ['VPIN', figures(told(i)?.vpin)],
                    ['Large trades', percent(told(i)?.largeTradeRatio)],
                    ['Trades', plain(told(i)?.trades)],
                ],
            },
        ],
    });

    function legend(i) {
        const bar = series.at(i);
        if (!bar) return [];
        const change = bar.close - bar.open;
        const close = ['C', price(symbol, bar.close), change >= 0 ? 'good' : 'bad'];
        const running = bar.isOpen ? [['running', percent(bar.volume / bar.threshold, 0)]] : [];
        if (innerWidth < 760) return [close, ['VWAP', price(symbol, told(i)?.rollingVwap)], ...running];
        return [
            ['O', price(symbol, bar.open)],
            ['H', price(symbol, bar.high)],
            ['L', price(symbol, bar.low)],
            close,
            ['VWAP', price(symbol, told(i)?.rollingVwap)],
            ...running,
            ...(bar.isComplete === false ? [['', 'trades are missing', 'warn']] : []),
        ];
    }

    /** Where things happened, by time: on the bar whose trades were going on then. */
    function marksOf() {
        const bars = series.closed();
        const key = `${bars.length}/${bars[0]?.index}/${events.version}`;
        if (marked.key === key) return marked.items;
        const times = bars.map(b => b.closeTimeMs);
        const place = timeMs => (times.length && timeMs >= bars[0].openTimeMs ? Math.min(indexAt(times, timeMs), times.length - 1) : null);
        const items = [];
        for (const d of events.decisions) {
            const i = place(d.marketTimeMs);
            if (i === null) continue;
            const isUp = d.side === 'Buy';
            items.push({
                i,
                value: isUp ? bars[i].low : bars[i].high,
                shape: isUp ? 'up' : 'down',
                color: d.outcome === 'Approved' ? 'accent' : 'faint',
                hollow: d.outcome !== 'Approved',
            });
        }
        for (const o of events.orders) {
            const i = place(o.marketTimeMs);
            if (i !== null && o.price !== null) items.push({ i, value: o.price, shape: 'square', color: 'warn', hollow: true });
        }
        for (const f of events.fills) {
            const i = place(f.timeMs);
            if (i !== null) items.push({ i, value: f.price, shape: 'dot', color: f.side === 'Buy' ? 'good' : 'bad' });
        }
        marked = { key, items };
        return items;
    }

    return {
        element: h('div', {}, chart.element, keys()),
        invalidate: chart.invalidate,
        close: chart.close,
        events: (name, items) => {
            events = { ...events, [name]: items, version: (events.version ?? 0) + 1 };
            chart.invalidate();
        },
        positions: held => {
            position = held.flatMap(p => [
                { value: p.entryPrice, color: 'soft', label: `entry ${p.quantity > 0 ? 'long' : 'short'} ${plain(Math.abs(p.quantity))}`, dash: [2, 3] },
                ...(p.stopPrice ? [{ value: p.stopPrice, color: 'bad', label: `stop ${price(symbol, p.stopPrice)}`, dash: [6, 4] }] : []),
            ]);
            chart.invalidate();
        },
    };
}

const deltaOf = bar => (bar ? 2 * bar.buyVolume - bar.volume : NaN);

function keys() {
    const icon = (...shapes) => s('svg', { viewBox: '0 0 14 12', 'aria-hidden': 'true' }, ...shapes);
    const key = (shape, text) => h('span', {}, icon(shape), text);
    const v = name => `var(--${name})`;
    return h(
        'div',
        { class: 'chart-keys' },
        key(s('path', { d: 'M7 2 12 10H2Z', fill: v('accent') }), 'approved'),
        key(s('path', { d: 'M7 2.5 11.5 10H2.5Z', fill: 'none', stroke: v('faint'), 'stroke-width': 1.5 }), 'refused by the gate'),
        key(s('circle', { cx: 7, cy: 6, r: 4, fill: v('good') }), 'bought'),
        key(s('circle', { cx: 7, cy: 6, r: 4, fill: v('bad') }), 'sold'),
        key(s('rect', { x: 3.5, y: 2.5, width: 7, height: 7, fill: 'none', stroke: v('warn'), 'stroke-width': 1.5 }), 'limit order'),
        key(s('path', { d: 'M0 6h14', stroke: v('bad'), 'stroke-width': 1.5, 'stroke-dasharray': '4 3' }), 'stop'),
        key(s('path', { d: 'M0 6h14', stroke: v('series'), 'stroke-width': 1.5 }), 'rolling VWAP'),
        h('span', {}, 'Strip: order flow imbalance. Wheel or + − zooms, drag or arrows move.'),
    );
}
