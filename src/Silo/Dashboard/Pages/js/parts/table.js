import { h, setText, setClass, setAttribute } from '../dom.js';

/**
 * A table whose rows are kept by key, so that what did not change is not touched.
 * Columns: { label, text(row), className?(row), title?(row), href?(row), num?, wrap?, less? }. A row may be pressed when onRow is given.
 */
export function table({ caption, columns, key, empty, onRow = null, tall = false }) {
    const head = h(
        'tr',
        {},
        columns.map(c => h('th', { class: `${c.num ? 'num' : ''} ${c.less ? 'less' : ''}`.trim() || null, scope: 'col' }, c.label)),
    );
    const body = h('tbody');
    const frame = h(
        'div',
        { class: tall ? 'scroll tall' : 'scroll', role: 'region', 'aria-label': caption, tabindex: 0 },
        h('table', {}, h('caption', { class: 'unseen' }, caption), h('thead', {}, head), body),
    );
    const nothing = h('p', { class: 'empty' }, empty);
    const element = h('div', {}, frame, nothing);
    const rows = new Map();
    let chosen = null;

    function update(items) {
        frame.hidden = items.length === 0;
        nothing.hidden = items.length > 0;
        const seen = new Set();
        let at = body.firstChild;
        for (const item of items) {
            const id = String(key(item));
            if (seen.has(id)) continue;
            seen.add(id);
            let row = rows.get(id);
            if (!row) rows.set(id, (row = make(id)));
            row.item = item;
            fill(row, item);
            if (row.element === at) at = at.nextSibling;
            else body.insertBefore(row.element, at);
        }
        for (const [id, row] of rows) {
            if (seen.has(id)) continue;
            row.element.remove();
            rows.delete(id);
        }
    }

    function make(id) {
        const cells = columns.map(c => h('td', { class: base(c) || null }));
        const row = { cells, element: h('tr', { class: onRow ? 'press' : null }, cells), item: null };
        if (onRow) row.element.addEventListener('click', () => press(id));
        return row;
    }

    function fill(row, item) {
        columns.forEach((column, i) => {
            const cell = row.cells[i];
            const text = column.text(item);
            const href = column.href?.(item);
            if (href) {
                if (cell.firstChild?.tagName !== 'A') cell.replaceChildren(h('a', {}));
                setAttribute(cell.firstChild, 'href', href);
                setText(cell.firstChild, text);
            } else if (onRow && i === 0) {
                if (!cell.firstChild) cell.append(h('button', { type: 'button', class: 'row-button' }));
                setText(cell.firstChild, text);
            } else {
                setText(cell, text);
            }
            setClass(cell, `${base(column)} ${column.className?.(item) ?? ''}`.trim());
            if (column.title) setAttribute(cell, 'title', column.title(item) || null);
        });
    }

    function press(id) {
        if (chosen) rows.get(chosen)?.element.classList.remove('open');
        chosen = id;
        rows.get(id)?.element.classList.add('open');
        onRow(rows.get(id).item);
    }

    // Until something is known neither is shown.
    frame.hidden = nothing.hidden = true;
    return { element, update, press: id => rows.has(String(id)) && press(String(id)), setEmpty: text => setText(nothing, text) };
}

const base = column => [column.num ? 'num' : '', column.wrap ? 'wrap' : '', column.clip ? 'clip' : '', column.less ? 'less' : ''].filter(Boolean).join(' ');
