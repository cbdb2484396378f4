// What the strategies wanted and what the gate said; of one decision the conditions and features that it rests on.
import { h, card, setText } from '../dom.js';
import { get } from '../api.js';
import { filters } from '../parts/filters.js';
import { decisionsTable } from '../parts/lists.js';
import { answers, features } from '../parts/why.js';
import { pairs } from '../parts/facts.js';
import { iso, number, plain, price, words } from '../format.js';

export function open({ parameter, status, listen }) {
    let now = status.nowMs;
    let decisions = [];
    let isFirst = true;
    const detail = detailCards();
    const view = decisionsTable({ nowMs: () => now, onRow: detail.show, tall: true });
    const show = () => view.update(decisions.filter(choice.accepts));
    const symbols = status.symbols.map(x => x.symbol);
    const choice = filters(
        [
            ['symbol', 'Symbol', symbols, symbols.includes(parameter) ? parameter : ''],
            ['account', 'Account', status.accounts.map(a => a.account)],
            ['kind', 'Wanted', ['Entry', 'Exit']],
            ['outcome', 'Gate', ['Approved', 'Refused']],
        ],
        show,
    );
    listen('status', body => {
        now = body.status.nowMs;
    });
    listen('decisions', body => {
        if (!body) return;
        decisions = body.items;
        show();
        const newest = decisions.find(choice.accepts);
        if (isFirst && newest) {
            isFirst = false;
            view.press(`${newest.account}/${newest.intentId}/${newest.timeMs}`);
        }
    });
    const element = h(
        'div',
        {},
        h('div', { class: 'page-head' }, h('h1', {}, 'Decisions'), h('span', { class: 'note' }, 'the newest 100; press one for its reasons'), choice.element),
        h(
            'div',
            { class: 'grid' },
            card('What was wanted, and what the gate said', { width: 'w12', flush: true }, h('div', { class: 'short' }, view.element)).element,
            detail.element,
        ),
    );
    return { element, title: 'Decisions', topics: ['decisions'] };
}

function detailCards() {
    const facts = pairs();
    const round = answers();
    const measured = features();
    const said = h('p', { class: 'empty' }, 'Press a decision above.');
    const exit = pairs();
    const head = card('The decision', { width: 'w4' }, facts.element, exit.element);
    const why = card('Why', { width: 'w8', flush: true, note: 'conditions with their values' }, said, round.element);
    const numbers = card('Features', { width: 'w12', flush: true, note: 'of the bar it was decided on' }, measured.element);
    const element = h('div', { class: 'grid w12' }, head.element, why.element, numbers.element);
    round.element.hidden = numbers.element.hidden = true;
    let asked = null;

    async function show(decision) {
        asked = decision;
        facts.update([
            ['Intent', decision.intentId],
            ['Account', decision.account],
            ['Wanted', `${decision.kind} ${decision.side.toLowerCase()} ${decision.symbol}`],
            ['Strength', plain(decision.strength, 4)],
            ['Bar', number(decision.barIndex)],
            ['Gate', decision.outcome, decision.outcome === 'Approved' ? 'good' : 'warn'],
            ...(decision.reason ? [['Reason', words(decision.reason)]] : []),
            ...(decision.detail ? [['Detail', decision.detail]] : []),
            ['Market time', iso(decision.marketTimeMs)],
            ['Engine time', iso(decision.timeMs)],
        ]);
        setText(said, 'Reading the journal …');
        said.hidden = false;
        try {
            const query = new URLSearchParams({ account: decision.account, symbol: decision.symbol, limit: '1000' });
            const { items } = await get(`/api/v1/decisions?${query}`);
            if (asked !== decision) return;
            fill(
                decision,
                items.find(d => d.intentId === decision.intentId && d.timeMs === decision.timeMs),
            );
        } catch (error) {
            setText(said, error.message);
        }
    }

    function fill(decision, found) {
        const isExit = decision.kind === 'Exit';
        // An exit says which stop it was; the strategies' round is inside when they asked for it.
        const signals = isExit ? found?.why?.signals : found?.why;
        said.hidden = Boolean(signals);
        round.element.hidden = !signals;
        setText(said, found ? 'The protection of the position decided this, on its own.' : 'The journal does not hold its reasons any more.');
        round.update(signals ?? null);
        const rule = isExit && found?.why ? found.why : null;
        exit.element.hidden = !rule;
        exit.update(
            rule
                ? [
                      ['Exit rule', words(rule.reason)],
                      ['At price', price(decision.symbol, rule.price)],
                      ['Stop', price(decision.symbol, rule.stop)],
                      ['Best price held', price(decision.symbol, rule.best)],
                      ['Bars held', plain(rule.bars)],
                  ]
                : [],
        );
        numbers.element.hidden = !found?.features;
        measured.update(found?.features ?? null);
    }

    return { element, show };
}
