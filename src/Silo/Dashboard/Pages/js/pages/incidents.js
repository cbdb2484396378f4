// What was out of the ordinary: seen, done, result; commands of operators among them.
import { h, card, setText } from '../dom.js';
import { filters } from '../parts/filters.js';
import { iso, moment, words } from '../format.js';

export function open({ status, listen }) {
    let now = status.nowMs;
    let incidents = [];
    const list = h('ol', { class: 'timeline' });
    const nothing = h('p', { class: 'empty' }, 'Nothing out of the ordinary has happened, and no command was given.');
    const filtersPlace = h('span', { class: 'end' });
    let choice = null;
    let kinds = '';
    let shown = '';

    function show() {
        const rows = incidents.filter(i => choice.accepts(i));
        const key = JSON.stringify(rows);
        nothing.hidden = rows.length > 0;
        setText(nothing, incidents.length ? 'None of this kind.' : 'Nothing out of the ordinary has happened, and no command was given.');
        if (key === shown) return;
        shown = key;
        list.replaceChildren(
            ...rows.map(i =>
                h(
                    'li',
                    {},
                    h('time', { datetime: iso(i.timeMs), title: iso(i.timeMs) }, moment(i.timeMs, now)),
                    h('p', { class: 'what' }, words(i.kind), h('span', { class: 'scope' }, i.scope)),
                    h(
                        'dl',
                        {},
                        h('dt', {}, 'Seen'),
                        h('dd', {}, i.seen),
                        h('dt', {}, 'Done'),
                        h('dd', {}, i.done),
                        h('dt', {}, 'Result'),
                        h('dd', {}, i.result),
                    ),
                ),
            ),
        );
    }

    listen('status', body => {
        now = body.status.nowMs;
    });
    listen('incidents', body => {
        if (!body) return;
        incidents = body.items;
        const names = [...new Set(incidents.map(i => i.kind))].sort();
        if (names.join() !== kinds || !choice) {
            kinds = names.join();
            choice = filters([['kind', 'Kind', names]], show);
            filtersPlace.replaceChildren(choice.element);
        }
        show();
    });
    const element = h(
        'div',
        {},
        h('div', { class: 'page-head' }, h('h1', {}, 'Incidents'), h('span', { class: 'note' }, 'the newest 100, with every operator command'), filtersPlace),
        card('What happened', { flush: true }, nothing, list).element,
    );
    return { element, title: 'Incidents', topics: ['incidents'] };
}
