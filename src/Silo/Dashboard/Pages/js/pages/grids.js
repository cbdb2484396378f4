// The maker grids: how each stands, and the ladder of the one that is looked at.
import { h, card, setText } from '../dom.js';
import { facts } from '../parts/facts.js';
import { table } from '../parts/table.js';
import { gain, gainClass, money, number, percent, plain, price, words } from '../format.js';

const STATES = { Trading: 'good', Paused: 'warn', Idle: 'warn' };
const RUNGS = { EntryResting: 'good', TakeProfitResting: 'good', PartlyEntered: 'good', Closing: 'bad' };

const stateClassOf = g => STATES[g.state] ?? 'bad';
const nameOf = g => `${g.account}/${g.symbol}`;
const heldRungs = g => g.ladders.reduce((n, l) => n + l.rungs.filter(r => r.held > 0).length, 0);
const profit = g => g.realizedProfit - g.fees - g.fundingPaid;

export function open({ parameter, listen }) {
    const list = gridsTable();
    const figures = facts([
        ['state', 'State'],
        ['profit', 'Net profit'],
        ['inventory', 'Inventory'],
        ['margin', 'Margin used'],
        ['leverage', 'Leverage'],
        ['maker', 'Maker share'],
    ]);
    const lines = laddersTable();
    const rungs = rungsTable();
    const which = h('span', {});
    const one = h(
        'div',
        { class: 'grid' },
        card('Grid', { width: 'w12', end: which }, figures.element).element,
        card('Sides', { width: 'w12', flush: true }, lines.element).element,
        card('Ladder', { width: 'w12', flush: true, note: 'rungs that hold, rest or wait' }, rungs.element).element,
    );
    one.hidden = true;
    listen('grids', body => {
        if (!body) return;
        list.update(body.items);
        const shown = body.items.find(g => nameOf(g) === parameter) ?? (parameter ? null : body.items[0]);
        one.hidden = !shown;
        if (!shown) return;
        setText(which, nameOf(shown));
        figures.update(figuresOf(shown));
        lines.update(shown.ladders.map(l => ({ ...l, symbol: shown.symbol })));
        rungs.update(shown.ladders.flatMap(l => l.rungs.map(r => ({ ...r, side: l.side, symbol: shown.symbol }))));
    });
    const element = h(
        'div',
        {},
        h('div', { class: 'page-head' }, h('h1', {}, 'Grids'), h('span', { class: 'note' }, 'maker-only volatility grids')),
        h('div', { class: 'grid' }, card('All grids', { width: 'w12', flush: true }, list.element).element),
        one,
    );
    return { element, title: parameter ? `Grid ${parameter}` : 'Grids', topics: ['grids'] };
}

function figuresOf(g) {
    const net = profit(g);
    const taken = g.unexpectedTakerNotional > 0 ? `${money(g.unexpectedTakerNotional)} took unasked` : '';
    return {
        state: { value: g.state, className: stateClassOf(g), more: g.reason, moreClass: g.isRejecting ? 'bad' : '' },
        profit: { value: gain(net), className: gainClass(net), more: `fees ${money(g.fees)}, funding ${gain(-g.fundingPaid)}` },
        inventory: { value: plain(g.inventory), more: `${number(heldRungs(g))} rungs held, ${number(g.openOrders)} orders open` },
        margin: { value: money(g.marginUsed), more: `of ${money(g.marginMax)}; the gate allows ${money(g.notionalMax)} a side` },
        leverage: { value: g.leverage ? `× ${g.leverage}` : '–', more: g.leverageTarget !== g.leverage ? `to be × ${g.leverageTarget}` : '' },
        maker: { value: percent(g.makerRatio, 2), more: taken || `${number(g.rejectsInRow)} rejects in a row`, moreClass: taken ? 'bad' : '' },
    };
}

const gridsTable = () =>
    table({
        caption: 'All grids',
        empty: 'No symbol has a grid. Engine:Symbols:Grid:Enabled switches one on.',
        key: nameOf,
        columns: [
            { label: 'Grid', text: nameOf, href: g => `#/grids/${nameOf(g)}` },
            { label: 'State', text: g => g.state, className: stateClassOf, title: g => g.reason },
            { label: 'Bid', num: true, text: g => price(g.symbol, g.bidPrice), less: true },
            { label: 'Inventory', num: true, text: g => plain(g.inventory) },
            { label: 'Net profit', num: true, text: g => gain(profit(g)), className: g => gainClass(profit(g)) },
            { label: 'Funding', num: true, text: g => gain(-g.fundingPaid), less: true },
            { label: 'Orders', num: true, text: g => number(g.openOrders) },
            { label: 'Maker', num: true, text: g => percent(g.makerRatio, 1) },
        ],
    });

const laddersTable = () =>
    table({
        caption: 'Sides',
        empty: 'There are no levels yet: they come with the first candle.',
        key: l => l.side,
        columns: [
            { label: 'Side', text: l => l.side },
            { label: 'Limit', num: true, text: l => price(l.symbol, l.limit) },
            { label: 'Boundary', num: true, text: l => price(l.symbol, l.boundary) },
            { label: 'Global stop', num: true, text: l => price(l.symbol, l.stopPrice), className: l => (l.isStopped ? 'bad' : '') },
            { label: 'Liquidation', num: true, text: l => price(l.symbol, l.liquidationPrice) },
            { label: 'Average entry', num: true, text: l => price(l.symbol, l.averageEntry) },
            { label: 'Held', num: true, text: l => plain(l.held) },
            { label: 'Round trips', num: true, text: l => number(l.trips) },
            { label: 'Saturations', num: true, text: l => number(l.saturations), less: true },
            { label: 'Waits for', text: l => [l.isCashShort && 'margin', l.isMoveWaiting && 'lots to move'].filter(Boolean).join(', ') },
        ],
    });

const rungsTable = () =>
    table({
        caption: 'Ladder',
        empty: 'Nothing is held and nothing wanted.',
        key: r => `${r.side}/${r.rung}`,
        tall: true,
        columns: [
            { label: 'Rung', num: true, text: r => number(r.rung) },
            { label: 'State', text: r => words(r.state), className: r => RUNGS[r.state] ?? '' },
            { label: 'Level', num: true, text: r => price(r.symbol, r.price) },
            { label: 'Take-profit', num: true, text: r => price(r.symbol, r.takeProfit) },
            { label: 'Quantity', num: true, text: r => plain(r.quantity) },
            { label: 'Held', num: true, text: r => plain(r.held) },
            { label: 'Entry', num: true, text: r => price(r.symbol, r.entryPrice) },
            { label: 'Rejects', num: true, text: r => number(r.rejects), less: true },
        ],
    });
