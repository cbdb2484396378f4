// One account: its money, its limits, what the gate refused, what could be lost.
import { h, card, setText, setClass } from '../dom.js';
import { facts, pairs } from '../parts/facts.js';
import { table } from '../parts/table.js';
import { positionsTable } from '../parts/lists.js';
import { equityChart } from '../parts/equity.js';
import { limits } from '../parts/limits.js';
import { swings } from '../parts/swings.js';
import { stateClass, STATES } from '../parts/verdict.js';
import { openCommands } from '../commands/dialog.js';
import { clock, figures, gain, gainClass, money, number, percent, plain, words } from '../format.js';

export function open({ parameter, status, listen, onLeave }) {
    const account = status.accounts.find(a => a.account === parameter)?.account;
    if (!account)
        return {
            element: h('p', { class: 'empty' }, `There is no account ${parameter}. There are ${status.accounts.map(a => a.account).join(', ')}.`),
            title: 'Account',
            topics: [],
        };
    const state = h('span', { class: 'chip' });
    const reason = h('span', { class: 'note' });
    const figures_ = facts([
        ['equity', 'Equity, USDT'],
        ['day', 'PnL of the day'],
        ['open', 'Unrealised'],
        ['drawdown', 'Drawdown'],
        ['margin', 'Margin ratio'],
        ['liquidation', 'To liquidation'],
        ['streak', 'Losses in a row'],
        ['size', 'Next size'],
    ]);
    const curve = equityChart(account, 214);
    const wallet = pairs();
    const used = limits();
    const refused = refusals();
    const tails = tailsTable();
    const stress = swings('No scenario is configured.');
    const costs = costsTable();
    const positions = positionsTable('Flat: the account holds no position.');
    const tailCard = card('Value at risk', { width: 'w4', flush: true }, tails.element);
    onLeave(curve.close);

    listen('status', body => {
        const one = body.status.accounts.find(a => a.account === account);
        if (!one) return;
        setText(state, STATES[one.state] ?? one.state);
        setClass(state, `chip ${stateClass(one.state)}`);
        setText(reason, one.stateReason);
        curve.live(one);
        positions.update(one.positions.filter(p => p.quantity !== 0));
        refused.update(one);
        wallet.update(walletOf(one));
        figures_.update({
            equity: { value: money(one.equity), more: `wallet ${money(one.wallet)}` },
            day: { value: gain(one.dayPnl), className: gainClass(one.dayPnl), more: 'net of fees' },
            open: { value: gain(one.unrealizedPnl), className: gainClass(one.unrealizedPnl), more: `exposure ${money(one.grossNotional, 0)}` },
        });
    });
    listen(`risk/${account}`, (body, { error }) => {
        if (error) setText(reason, error);
        if (!body) return;
        figures_.update(riskFigures(body));
        used.update(body.limits);
        tails.update(body.tails);
        tailCard.note(`loss of ${body.periodMinutes} min, from ${number(body.periods)} past periods`);
        stress.update(body.scenarios.map(x => ({ name: x.name, value: x.profit, text: gain(x.profit, 0) })));
        costs.update(body.symbols);
    });

    const button = (command, text, kind = '') => h('button', { type: 'button', class: `button ${kind}`, onclick: () => openCommands(command, account) }, text);
    const element = h(
        'div',
        {},
        h(
            'div',
            { class: 'page-head' },
            h('h1', {}, `Account ${account}`),
            state,
            reason,
            h(
                'span',
                { class: 'end' },
                button('halt', 'Halt …', 'stop'),
                button('reduce-only', 'Reduce only …'),
                button('flatten', 'Flatten …', 'stop'),
                button('resume', 'Resume …'),
                button('reconcile', 'Reconcile …'),
            ),
        ),
        figures_.element,
        h(
            'div',
            { class: 'grid spaced' },
            card('Limits', { width: 'w7', note: 'share used; amber from 75 %, red from 95 %' }, used.element).element,
            h(
                'div',
                { class: 'w5 column' },
                card('Equity', { flush: true, note: 'dashed: wallet alone' }, curve.element).element,
                card('Refusals', { note: 'since the silo started, by reason' }, refused.element).element,
            ),
            card('Positions', { width: 'w12', flush: true }, positions.element).element,
            card('Stress', { width: 'w4', note: 'profit if prices jump now' }, stress.element).element,
            tailCard.element,
            card('Wallet', { width: 'w4', note: 'how it adds up' }, wallet.element).element,
            card('Costs by symbol', { width: 'w12', flush: true }, costs.element).element,
        ),
    );
    return { element, title: `Account ${account}`, topics: [`risk/${account}`] };
}

function riskFigures(r) {
    const pause = r.haltedUntilMs ? `stopped until ${clock(r.haltedUntilMs, false)}` : r.pausedUntilMs ? `paused until ${clock(r.pausedUntilMs, false)}` : '';
    return {
        drawdown: { value: percent(r.drawdown, 2), more: r.isDrawdownStopped ? 'stops entries' : 'of 7 days', moreClass: r.isDrawdownStopped ? 'bad' : '' },
        margin: { value: percent(r.marginRatio, 2), className: r.marginRatio > 0.5 ? 'bad' : '', more: 'liquidated at 100 %' },
        liquidation: {
            value: r.liquidationDistance === null ? 'none' : percent(r.liquidationDistance, 1),
            more: r.liquidationDistance === null ? 'cannot be liquidated' : 'all prices against it',
        },
        streak: { value: number(r.lossStreak), more: pause, moreClass: pause ? 'warn' : '' },
        size: { value: `× ${plain(r.sizeMultiplier, 2)}`, className: r.sizeMultiplier < 1 ? 'warn' : '', more: 'of the usual size' },
    };
}

const walletOf = a => [
    ['When the books opened', money(a.initialWallet)],
    ['Realised', gain(a.realizedPnl), gainClass(a.realizedPnl)],
    ['Fees', gain(-a.fees), gainClass(-a.fees)],
    ['Funding', gain(a.funding), gainClass(a.funding)],
    ['Transfers', gain(a.transfers)],
    ['Other flows', gain(a.otherFlows - a.funding - a.transfers)],
    ['Wallet by the books', money(a.wallet)],
    ['Wallet at the venue', money(a.venueWallet), a.venueWallet === a.wallet ? '' : 'warn'],
];

function refusals() {
    const list = h('div');
    const nothing = h('p', { class: 'empty' });
    return {
        element: h('div', {}, nothing, list),
        update: one => {
            const entries = Object.entries(one.refusals).sort((a, b) => b[1] - a[1]);
            setText(
                nothing,
                entries.length
                    ? `${number(one.approvals)} approved, ${number(entries.reduce((n, [, c]) => n + c, 0))} refused.`
                    : `Nothing was refused; ${number(one.approvals)} approved.`,
            );
            const most = entries[0]?.[1] ?? 1;
            while (list.children.length > entries.length) list.lastChild.remove();
            while (list.children.length < entries.length)
                list.append(
                    h(
                        'div',
                        { class: 'swing' },
                        h('span'),
                        h('span', { class: 'track plain' }, h('i', { class: 'fill level' })),
                        h('span', { class: 'value' }),
                    ),
                );
            entries.forEach(([reason, count], i) => {
                const row = list.children[i];
                setText(row.children[0], words(reason));
                row.children[1].firstChild.style.width = `${(count / most) * 100}%`;
                setText(row.children[2], number(count));
            });
        },
    };
}

const tailsTable = () =>
    table({
        caption: 'Value at risk and expected shortfall',
        empty: 'There are not enough past periods yet, or the book is flat. The first tails come about an hour after the start.',
        key: t => `${t.method}/${t.confidence}`,
        columns: [
            { label: 'Method', text: t => t.method },
            { label: 'Confidence', num: true, text: t => percent(t.confidence, 0) },
            { label: 'Value at risk', num: true, text: t => money(t.valueAtRisk) },
            { label: 'Shortfall', num: true, text: t => money(t.expectedShortfall) },
        ],
    });

const costsTable = () =>
    table({
        caption: 'Costs by symbol',
        empty: 'The account trades no symbol.',
        key: x => x.symbol,
        columns: [
            { label: 'Symbol', text: x => x.symbol, href: x => `#/symbol/${x.symbol}` },
            { label: 'Position', num: true, text: x => gain(x.notional, 0) },
            { label: 'Volatility, year', num: true, text: x => percent(x.volatility, 1) },
            { label: 'Parity weight', num: true, text: x => percent(x.parityWeight, 1), less: true },
            { label: 'Slippage to close', num: true, text: x => (x.slippageShare === null ? '–' : `${figures(x.slippageShare * 1e4, 3)} bp`) },
            { label: 'Next funding', num: true, text: x => (x.fundingDue === null ? '–' : gain(x.fundingDue)) },
            { label: 'Due, UTC', num: true, text: x => clock(x.nextFundingTimeMs, false) },
        ],
    });
