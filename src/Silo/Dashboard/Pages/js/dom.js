// The few functions that make and change elements. Text always goes in as text, never as markup.

/** An element. Attributes: on… are listeners, class, data-…, aria-…; null and false are left out. Children: nodes, texts, arrays; null is left out. */
export function h(tag, attributes = {}, ...children) {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes ?? {})) {
        if (value === null || value === undefined || value === false) continue;
        if (name.startsWith('on')) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? '' : value);
    }
    element.append(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false));
    return element;
}

/** An SVG element. */
export function s(tag, attributes = {}, ...children) {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    element.append(...children);
    return element;
}

/** Sets the text where it differs, so that nothing is laid out anew for nothing. */
export function setText(element, text) {
    const next = String(text ?? '');
    if (element.textContent !== next) element.textContent = next;
}

export function setClass(element, name) {
    if (element.className !== name) element.className = name;
}

export function setAttribute(element, name, value) {
    if (value === null || value === undefined) element.removeAttribute(name);
    else if (element.getAttribute(name) !== String(value)) element.setAttribute(name, value);
}

/** A card with a title, a note beside it, and something at the end of its head. */
export function card(title, { note = null, end = null, width = '', flush = false } = {}, ...children) {
    const noteElement = h('span', { class: 'note' }, note ?? '');
    const body = h('div', { class: flush ? 'flush' : 'body' }, ...children);
    const id = `card-${title.toLowerCase().replace(/[^a-z0-9]+/g, '-')}`;
    const element = h(
        'section',
        { class: `card ${width}`, 'aria-labelledby': id },
        h('header', {}, h('h2', { id }, title), noteElement, end ? h('div', { class: 'end' }, end) : null),
        body,
    );
    return { element, body, note: text => setText(noteElement, text) };
}

/** Buttons of which one is pressed. */
export function tabs(label, names, chosen, onChoose) {
    const buttons = names.map(([value, text]) => h('button', { type: 'button', 'aria-pressed': String(value === chosen), onclick: () => choose(value) }, text));
    const element = h('div', { class: 'tabs', role: 'group', 'aria-label': label }, ...buttons);
    function choose(value) {
        names.forEach(([name], i) => buttons[i].setAttribute('aria-pressed', String(name === value)));
        onChoose(value);
    }
    return element;
}

/** A choice from a list. */
export function select(label, options, value, onChange) {
    const field = h(
        'select',
        { class: 'field', onchange: () => onChange(field.value) },
        options.map(([v, text]) => h('option', { value: v, selected: v === value }, text)),
    );
    return h('label', {}, label, field);
}
