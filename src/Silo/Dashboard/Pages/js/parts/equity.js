// The equity of an account over time: the journal's points first, then the live ones.
import { get } from '../api.js';
import { stack } from '../chart/stack.js';
import { line } from '../chart/layers.js';
import { clock, gain, gainClass, money, moment } from '../format.js';

const POINTS_MAX = 2000;

export function equityChart(account, height) {
    const times = [];
    const equity = [];
    const wallet = [];
    const at = i => equity[Math.max(0, Math.min(equity.length - 1, i))];
    const chart = stack({
        label: `Equity of account ${account}`,
        height,
        step: 3,
        count: () => times.length,
        xLabel: (i, isFull) => (isFull ? moment(times[i]) : clock(times[i], false)),
        panes: [
            {
                weight: 1,
                layers: [line(i => wallet[i], 'faint', { width: 1, dash: [3, 3] }), line(i => equity[i], 'series', { isArea: true })],
                format: (v, decimals) => money(v, Math.min(2, decimals)),
                legend: i =>
                    times.length === 0
                        ? []
                        : [
                              ['Equity', money(at(i))],
                              ['Wallet', money(wallet[i])],
                              ['Change', gain(at(i) - equity[0]), gainClass(at(i) - equity[0])],
                          ],
                tag: () => (equity.length ? { value: equity.at(-1), text: money(equity.at(-1), 0), color: 'series' } : null),
            },
        ],
    });

    function add(timeMs, walletNow, unrealized) {
        if (times.length && timeMs <= times.at(-1)) return;
        times.push(timeMs);
        wallet.push(walletNow);
        equity.push(walletNow + unrealized);
        if (times.length > POINTS_MAX) [times, equity, wallet].forEach(list => list.shift());
    }

    /** The points of the journal; before the books are open there is no equity. */
    async function load() {
        const { items } = await get(`/api/v1/equity/${encodeURIComponent(account)}?limit=1000`);
        const live = times.map((t, i) => [t, wallet[i], equity[i] - wallet[i]]);
        [times, equity, wallet].forEach(list => {
            list.length = 0;
        });
        for (const p of items.reverse()) if (p.wallet !== 0) add(p.timeMs, p.wallet, p.unrealizedPnl);
        for (const point of live) add(...point);
        chart.invalidate();
    }

    let lastMs = 0;
    function live(body) {
        // As often as the journal, so that a pixel is always the same stretch of time.
        if (body.state === 'NoAnswer' || body.wallet === 0 || body.timeMs - lastMs < 5000) return;
        lastMs = body.timeMs;
        add(body.timeMs, body.wallet, body.unrealizedPnl);
        chart.invalidate();
    }

    load().catch(() => {});
    return { element: chart.element, live, close: chart.close, count: () => times.length };
}
