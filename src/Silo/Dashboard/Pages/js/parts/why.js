// Why something was decided or not: the conditions with their values, and the features they rest on.
import { h, setText, setClass } from '../dom.js';
import { figures, words } from '../format.js';

/** Conditions as a grid: met, name, value against threshold. Rows are reused. */
export function conditions() {
    const element = h('div', { class: 'conditions' });
    return {
        element,
        update: list => {
            while (element.children.length > list.length * 3) element.lastChild.remove();
            while (element.children.length < list.length * 3) element.append(h('span'));
            list.forEach((c, i) => {
                const [sign, name, value] = [0, 1, 2].map(k => element.children[i * 3 + k]);
                setText(sign, c.met === true ? '✓' : c.met === false ? '✗' : '–');
                setClass(sign, c.met === true ? 'met' : 'not');
                sign.setAttribute('title', c.met === true ? 'met' : c.met === false ? 'not met' : 'no value');
                setText(name, c.name.replace(/_/g, ' '));
                setClass(name, c.met === true ? '' : 'soft');
                setText(
                    value,
                    c.value === undefined || c.value === null
                        ? ''
                        : c.threshold === undefined || c.threshold === null
                          ? figures(c.value)
                          : `${figures(c.value)} vs ${figures(c.threshold)}`,
                );
                setClass(value, 'value');
            });
        },
    };
}

/** What the strategies said about a bar: regime, momentum, mean reversion, and all together. */
export function answers() {
    const parts = [
        ['regime', 'Regime'],
        ['momentum', 'Momentum'],
        ['reversion', 'Mean reversion'],
        ['combined', 'Together'],
    ].map(([key, title]) => {
        const said = h('span', { class: 'chip' });
        const list = conditions();
        return { key, said, list, element: h('section', {}, h('h3', {}, title, said), list.element) };
    });
    return {
        element: h(
            'div',
            { class: 'answers-frame' },
            h(
                'div',
                { class: 'answers' },
                parts.map(p => p.element),
            ),
        ),
        update: round => {
            for (const { key, said, list } of parts) {
                const answer = round?.[key];
                const [text, className] = verdictOf(key, answer);
                setText(said, text);
                setClass(said, `chip ${className}`);
                list.update(answer?.conditions ?? []);
            }
        },
    };
}

function verdictOf(key, answer) {
    if (!answer) return ['no answer', ''];
    if (key === 'regime') return [answer.regime, answer.regime === 'Extreme' ? 'bad' : answer.regime === 'High' ? 'warn' : ''];
    if (key === 'combined') return [words(answer.action), answer.action === 'None' ? '' : answer.action === 'Long' ? 'good' : 'bad'];
    if (!answer.valid) return ['warming up', ''];
    return answer.side ? [`${answer.side} ${figures(answer.strength, 2)}`, answer.side === 'Buy' ? 'good' : 'bad'] : ['does not fire', ''];
}

const LABELS = {
    ofi: 'Order flow imbalance',
    cumulativeDelta: 'Cumulative delta',
    avgBuySize: 'Mean buy size',
    avgSellSize: 'Mean sell size',
    q90: 'Large from',
    vwap: 'VWAP of the bar',
    rollingVwap: 'Rolling VWAP',
    vwapDeviation: 'Distance from VWAP',
    buySellVwapDiff: 'Buy less sell VWAP',
    tradeIntensity: 'Trades per ms',
    uptickRatio: 'Uptick share',
    kyleLambda: 'Kyle’s lambda',
    kyleLambdaNoIntercept: 'Kyle’s lambda, no intercept',
    atr: 'ATR',
    vpin: 'VPIN',
    durationMs: 'Duration, ms',
};

/** Features with their z-scores over the longest window that has one; a bar to 3 deviations, amber from 2. */
export function features() {
    const element = h('div', { class: 'features' });
    const rows = new Map();
    return {
        element,
        update: all => {
            if (!all) return;
            const entries = Object.entries(all).filter(([name, value]) => name !== 'zScores' && typeof value === 'number');
            const names = new Set(entries.map(([name]) => name));
            for (const [name, row] of rows)
                if (!names.has(name)) {
                    row.element.remove();
                    rows.delete(name);
                }
            for (const [name, value] of entries) {
                if (!rows.has(name)) {
                    const [text, fill] = [h('span', { class: 'mono' }), h('i')];
                    const z = h('span', { class: 'z' }, fill);
                    const row = { text, fill, z, element: h('div', { class: 'feature' }, h('span', { class: 'name' }, LABELS[name] ?? words(name)), text, z) };
                    rows.set(name, row);
                    element.append(row.element);
                }
                const row = rows.get(name);
                setText(row.text, figures(value, 5));
                const scores = all.zScores?.[name];
                const window = scores && Object.keys(scores).at(-1);
                row.z.style.visibility = window ? 'visible' : 'hidden';
                if (!window) continue;
                const z = scores[window];
                const half = Math.min(1, Math.abs(z) / 3) * 50;
                row.fill.style.left = `${z >= 0 ? 50 : 50 - half}%`;
                row.fill.style.width = `${half}%`;
                setClass(row.fill, Math.abs(z) >= 2 ? 'far' : '');
                row.z.setAttribute('title', `z-score ${figures(z, 3)} over ${window} bars`);
            }
        },
    };
}
