// Gains and losses as bars from a middle line.
import { h, setText, setClass } from '../dom.js';
import { gainClass } from '../format.js';

export function swings(emptyText) {
    const list = h('div');
    const nothing = h('p', { class: 'empty' }, emptyText);
    return {
        element: h('div', {}, nothing, list),
        update: rows => {
            nothing.hidden = rows.length > 0;
            const most = Math.max(...rows.map(r => Math.abs(r.value)), 1e-12);
            while (list.children.length > rows.length) list.lastChild.remove();
            while (list.children.length < rows.length)
                list.append(h('div', { class: 'swing' }, h('span'), h('span', { class: 'track' }, h('i', { class: 'fill' })), h('span')));
            rows.forEach(({ name, value, text }, i) => {
                const [label, track, shown] = list.children[i].children;
                setText(label, name);
                const half = (Math.abs(value) / most) * 50;
                track.firstChild.style.left = `${value >= 0 ? 50 : 50 - half}%`;
                track.firstChild.style.width = `${half}%`;
                setClass(track.firstChild, `fill ${value >= 0 ? 'up' : 'down'}`);
                setText(shown, text);
                setClass(shown, `value ${gainClass(value)}`.trim());
            });
        },
    };
}
