// Orders and fills, newest first.
import { h, card, tabs } from '../dom.js';
import { filters } from '../parts/filters.js';
import { fillsTable, ordersTable } from '../parts/lists.js';

const OPEN = new Set(['New', 'PartiallyFilled', 'Unknown', 'PendingNew', 'Sent', 'Created', 'PendingCancel']);

export function open({ status, listen }) {
    let now = status.nowMs;
    const nowMs = () => now;
    let orders = [];
    let fills = [];
    let which = 'all';
    const orderView = ordersTable({
        nowMs,
        empty: 'There is no such order. Orders appear here the moment they are in the journal, before they are sent.',
        tall: true,
    });
    const fillView = fillsTable({ nowMs, empty: 'There is no such fill.', tall: true });
    const show = () => {
        orderView.update(orders.filter(o => choice.accepts(o) && (which === 'all' || OPEN.has(o.status))));
        fillView.update(fills.filter(choice.accepts));
    };
    const choice = filters(
        [
            ['account', 'Account', status.accounts.map(a => a.account)],
            ['symbol', 'Symbol', status.symbols.map(x => x.symbol)],
            ['side', 'Side', ['Buy', 'Sell']],
        ],
        show,
    );
    listen('status', body => {
        now = body.status.nowMs;
    });
    listen('orders', body => {
        if (body) {
            orders = body.items;
            show();
        }
    });
    listen('fills', body => {
        if (body) {
            fills = body.items;
            show();
        }
    });
    const state = tabs(
        'Which orders',
        [
            ['all', 'All'],
            ['open', 'Open'],
        ],
        which,
        value => {
            which = value;
            show();
        },
    );
    const element = h(
        'div',
        {},
        h('div', { class: 'page-head' }, h('h1', {}, 'Orders and fills'), h('span', { class: 'note' }, 'the newest 100 of each'), choice.element),
        h(
            'div',
            { class: 'grid' },
            card('Orders', { width: 'w12', flush: true, end: state }, orderView.element).element,
            card('Fills', { width: 'w12', flush: true }, fillView.element).element,
        ),
    );
    return { element, title: 'Orders and fills', topics: ['orders', 'fills'] };
}
