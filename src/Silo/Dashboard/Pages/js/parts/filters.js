// Choices above a list: each narrows what is shown.
import { h, select } from '../dom.js';

/** Fields: [name, label, [values…]]; an empty value means all. accepts(row) tells whether a row passes; onChange is called when it may. */
export function filters(fields, onChange) {
    const chosen = Object.fromEntries(fields.map(([name, , , initial]) => [name, initial ?? '']));
    const element = h(
        'div',
        { class: 'filters' },
        fields.map(([name, label, values]) =>
            select(label, [['', 'all'], ...values.map(v => [v, v])], chosen[name], value => {
                chosen[name] = value;
                onChange();
            }),
        ),
    );
    return { element, accepts: row => Object.entries(chosen).every(([name, value]) => value === '' || String(row[name]) === value) };
}
