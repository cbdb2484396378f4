// What an operator sees first: is all well, what is not, what to press; then money, market, positions, decisions, incidents.
import { h, card, tabs, setText, setClass } from '../dom.js';
import { facts } from '../parts/facts.js';
import { table } from '../parts/table.js';
import { decisionsTable, incidentsTable, positionsTable } from '../parts/lists.js';
import { equityChart } from '../parts/equity.js';
import { latencyWindow, milliseconds, together } from '../parts/latency.js';
import { advice, stateClass, STATES, SIGNS, verdict } from '../parts/verdict.js';
import { openCommands } from '../commands/dialog.js';
import { pace } from '../parts/pace.js';
import { duration, gain, gainClass, money, number, percent, price } from '../format.js';

const ROWS = 8;

export function open({ status, listen, onLeave }) {
    let now = status.nowMs;
    const nowMs = () => now;
    const health = healthCard();
    const figures = facts([
        ['equity', 'Equity, USDT'],
        ['day', 'PnL of the day'],
        ['open', 'Unrealised'],
        ['exposure', 'Exposure'],
        ['drawdown', 'Drawdown'],
        ['orders', 'Open orders'],
        ['latency', 'Tick to decision'],
        ['age', 'Oldest market data'],
    ]);
    const accounts = status.accounts.map(a => a.account);
    const curve = equityCard(accounts, onLeave);
    const market = streams();
    const positions = positionsTable('Flat: no account holds a position.');
    const decisions = decisionsTable({ nowMs, isShort: true });
    const incidents = incidentsTable({ nowMs });
    const held = accountsTable();
    const risk = new Map();
    const ticks = latencyWindow();

    listen('status', body => {
        now = body.status.nowMs;
        health.update(body);
        money_(body.status, risk, figures);
        for (const account of body.status.accounts) curve.live(account);
        market.update(body.status.symbols, now);
        held.update(body.status.accounts);
        positions.update(body.status.accounts.flatMap(a => a.positions).filter(p => p.quantity !== 0));
    });
    for (const account of accounts)
        listen(`risk/${account}`, body => {
            if (body) risk.set(account, body);
        });
    listen('decisions', body => body && decisions.update(body.items.slice(0, ROWS)));
    listen('incidents', body => body && incidents.update(body.items.slice(0, ROWS)));
    listen('cluster', (body, { timeMs }) => {
        const histogram = together(body?.metrics.granary_tick_to_decision_ms);
        if (!histogram) return;
        const { p50, p99, isRecent } = ticks.add(timeMs, histogram.bounds, histogram.buckets);
        figures.update({
            latency: { value: milliseconds(p50), more: `99 %: ${milliseconds(p99)}`, title: isRecent ? 'Over the last minute' : 'Since the start' },
        });
    });

    const more = (href, text) => h('a', { href }, text);
    const element = h(
        'div',
        {},
        h('h1', { class: 'unseen' }, 'Overview'),
        health.element,
        figures.element,
        h(
            'div',
            { class: 'grid spaced' },
            curve.element,
            h('div', { class: 'w5 column' }, card('Market', { flush: true }, market.element).element, card('Accounts', { flush: true }, held.element).element),
            card('Positions', { width: 'w12', flush: true }, positions.element).element,
            card('Last decisions', { width: 'w7', flush: true, end: more('#/decisions', 'All decisions') }, decisions.element).element,
            card('Last incidents', { width: 'w5', flush: true, end: more('#/incidents', 'All incidents') }, incidents.element).element,
        ),
    );
    return { element, title: 'Overview', topics: ['cluster', 'decisions', 'incidents'] };
}

function healthCard() {
    const sign = h('span', { class: 'sign', 'aria-hidden': 'true' });
    const title = h('p', { class: 'title' });
    const words = h('p', { class: 'words' });
    const list = h('ul');
    const acts = h('div', { class: 'acts' });
    const element = h('section', { class: 'health', 'aria-label': 'Health', 'aria-live': 'polite' }, sign, title, words, acts, list);
    let shown = '';
    return {
        element,
        update: body => {
            const { kind, title: text, words: more } = verdict(body);
            setClass(element, `health ${kind === 'good' ? '' : kind}`.trim());
            setClass(sign, `sign ${kind}`);
            setText(sign, SIGNS[kind]);
            setText(title, text);
            setText(words, more);
            const rows = [...body.status.problems.map(p => ['bad', p]), ...body.status.notes.map(n => ['warn', n])];
            const key = JSON.stringify([rows, kind, body.stop?.action]);
            if (key === shown) return;
            shown = key;
            list.hidden = rows.length === 0;
            list.replaceChildren(
                ...rows.map(([k, sentence]) => {
                    const { text: what, command, scope } = advice(sentence);
                    return h(
                        'li',
                        {},
                        h('span', { class: `sign ${k}`, 'aria-label': k === 'bad' ? 'Problem' : 'Note' }, SIGNS[k]),
                        h('b', {}, sentence),
                        command
                            ? h(
                                  'button',
                                  { type: 'button', class: 'button', onclick: () => openCommands(command, scope) },
                                  command === 'resume' ? 'Resume …' : 'Reconcile …',
                              )
                            : null,
                        what ? h('p', {}, what) : null,
                    );
                }),
            );
            acts.replaceChildren(
                ...(body.stop && body.stop.action !== 'None'
                    ? [h('button', { type: 'button', class: 'button', onclick: () => openCommands('resume', '') }, 'Resume the engine …')]
                    : []),
            );
        },
    };
}

function money_(status, risk, figures) {
    const sum = name => status.accounts.reduce((total, a) => total + a[name], 0);
    const day = sum('dayPnl');
    const open = sum('unrealizedPnl');
    const net = sum('netNotional');
    const count = status.accounts.flatMap(a => a.positions).filter(p => p.quantity !== 0).length;
    const equity = sum('equity');
    const live = sum('liveOrders');
    const unknown = sum('unknownOrders');
    const drawdown = risk.size ? Math.max(...[...risk.values()].map(r => r.drawdown)) : null;
    const stopAt = [...risk.values()].flatMap(r => r.limits).find(l => l.name === 'DrawdownStopAbove')?.max;
    const oldest = status.symbols.reduce((a, b) => (b.dataAgeMs > (a?.dataAgeMs ?? -1) ? b : a), null);
    figures.update({
        equity: { value: money(equity), more: `${gain(equity - sum('initialWallet') - sum('transfers'))} in all` },
        day: { value: gain(day), className: gainClass(day), more: 'net of fees' },
        open: { value: gain(open), className: gainClass(open), more: count === 1 ? '1 position' : `${count} positions` },
        exposure: { value: money(sum('grossNotional'), 0), more: `net ${gain(net, 0)}` },
        drawdown: { value: percent(drawdown, 2), more: stopAt ? `limit ${percent(stopAt, 0)}` : 'of 7 days' },
        orders: { value: number(live), more: unknown ? `${unknown} unknown` : '0 unknown', moreClass: unknown ? 'bad' : '' },
        age: { value: duration(oldest?.dataAgeMs), className: (oldest?.dataAgeMs ?? 0) > 30000 ? 'bad' : '', more: oldest?.symbol ?? '' },
    });
}

function equityCard(accounts, onLeave) {
    const charts = new Map();
    const place = h('div');
    const show = account => {
        if (!charts.has(account)) charts.set(account, equityChart(account, 236));
        place.replaceChildren(charts.get(account).element);
    };
    onLeave(() => charts.forEach(c => c.close()));
    const end =
        accounts.length > 1
            ? tabs(
                  'Account',
                  accounts.map(a => [a, a]),
                  accounts[0],
                  show,
              )
            : null;
    const { element } = card('Equity', { width: 'w7', flush: true, note: 'wallet and unrealised, every 5 s; dashed: wallet alone', end }, place);
    show(accounts[0]);
    return { element, live: body => charts.get(body.account)?.live(body) };
}

function streams() {
    const paces = new Map();
    const view = table({
        caption: 'Market data by symbol',
        empty: 'No symbol is configured.',
        key: s => s.symbol,
        columns: [
            { label: 'Symbol', text: s => s.symbol, href: s => `#/symbol/${s.symbol}` },
            { label: 'Last', num: true, text: s => price(s.symbol, s.lastPrice) },
            { label: 'Spread', num: true, text: s => (s.askPrice && s.bidPrice ? `${number(((s.askPrice - s.bidPrice) / s.bidPrice) * 1e4, 2)} bp` : '–') },
            {
                label: 'Age',
                num: true,
                text: s => (s.error ? 'no answer' : duration(s.dataAgeMs)),
                className: s => (s.error || s.dataAgeMs > 30000 ? 'bad' : s.dataAgeMs > 5000 ? 'warn' : ''),
            },
            { label: 'Trades/s', num: true, text: s => (s.pace === null ? '–' : number(s.pace, 1)) },
            { label: 'Bars', num: true, text: s => number(s.bars) },
            { label: 'Holes', num: true, text: s => number(s.holes), className: s => (s.holes ? 'warn' : 'faint') },
        ],
    });
    return { element: view.element, update: (symbols, nowMs) => view.update(symbols.map(s => ({ ...s, pace: pace(paces, s.symbol, s.trades, nowMs) }))) };
}

const accountsTable = () =>
    table({
        caption: 'Accounts',
        empty: 'No account is configured.',
        key: a => a.account,
        columns: [
            { label: 'Account', text: a => a.account, href: a => `#/account/${a.account}` },
            { label: 'State', text: a => STATES[a.state] ?? a.state, className: a => stateClass(a.state), title: a => a.stateReason },
            { label: 'Equity', num: true, text: a => money(a.equity) },
            { label: 'Day', num: true, text: a => gain(a.dayPnl), className: a => gainClass(a.dayPnl) },
            { label: 'Approved', num: true, text: a => number(a.approvals) },
            { label: 'Refused', num: true, text: a => number(Object.values(a.refusals).reduce((x, y) => x + y, 0)) },
        ],
    });
