import { h, setText, setClass } from '../dom.js';

/** Figures in a row. Each: [key, label]; update({ key: { value, unit?, more?, className?, moreClass? } }). */
export function facts(names) {
    const parts = new Map();
    const element = h(
        'dl',
        { class: 'facts' },
        names.map(([key, label]) => {
            const value = h('span');
            const unit = h('span', { class: 'unit' });
            const more = h('div', { class: 'more' });
            const fact = h('div', { class: 'fact' }, h('dt', {}, label), h('dd', { class: 'value' }, value, unit), h('dd', {}, more));
            parts.set(key, { value, unit, more, fact });
            return fact;
        }),
    );
    function update(values) {
        for (const [key, { value, unit = '', more = '', className = '', moreClass = '', title = null }] of Object.entries(values)) {
            const part = parts.get(key);
            setText(part.value, value);
            setClass(part.value, className);
            setText(part.unit, unit);
            setText(part.more, more);
            if (title) part.fact.title = title;
            setClass(part.more, `more ${moreClass}`.trim());
        }
    }
    return { element, update };
}

/** Names and values below each other; update with [name, value, className?] rows. */
export function pairs() {
    const element = h('dl', { class: 'pairs' });
    function update(rows) {
        while (element.children.length > rows.length * 2) element.lastChild.remove();
        while (element.children.length < rows.length * 2) element.append(h(element.children.length % 2 ? 'dd' : 'dt'));
        rows.forEach(([name, value, className], i) => {
            setText(element.children[i * 2], name);
            setText(element.children[i * 2 + 1], value);
            setClass(element.children[i * 2 + 1], className ?? '');
        });
    }
    return { element, update };
}
