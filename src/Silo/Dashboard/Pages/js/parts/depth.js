// The book: how much rests on both sides down to some levels, and what is far larger than its neighbours.
import { h, setText } from '../dom.js';
import { number, plain, price } from '../format.js';

export function depth(symbol) {
    const rows = h('div', { class: 'depth' });
    const walls = h('p', { class: 'soft wall' });
    const nothing = h('p', { class: 'empty' }, 'The book is not there yet.');
    const cells = [];
    const element = h('div', {}, nothing, rows, walls);
    return {
        element,
        update: book => {
            const levels = book?.depth ?? [];
            nothing.hidden = levels.length > 0;
            rows.hidden = walls.hidden = levels.length === 0;
            if (levels.length === 0) return;
            if (cells.length !== levels.length) build(levels.length);
            const most = Math.max(...levels.map(l => Math.max(l.bidVolume, l.askVolume)));
            levels.forEach((l, i) => {
                const [bid, bidText, mid, ask, askText] = cells[i];
                bid.style.width = `${(l.bidVolume / most) * 100}%`;
                ask.style.width = `${(l.askVolume / most) * 100}%`;
                setText(bidText, plain(l.bidVolume, 3));
                setText(askText, plain(l.askVolume, 3));
                setText(mid, String(l.levels));
                mid.setAttribute('title', `Imbalance ${number(l.imbalance, 2)} over ${l.levels} levels`);
            });
            const say = (list, name) =>
                list.length
                    ? `${name} ${list
                          .slice(0, 2)
                          .map(w => `${plain(w.quantity)} at ${price(symbol, w.price)}`)
                          .join(', ')}`
                    : '';
            setText(walls, [say(book.largeBids, 'Large bids:'), say(book.largeAsks, 'Large asks:')].filter(Boolean).join('. ') || 'No level stands out.');
        },
    };

    function build(count) {
        cells.length = 0;
        rows.replaceChildren(h('span', { class: 'head num' }, 'Bids'), h('span', { class: 'head mid' }, 'Levels'), h('span', { class: 'head' }, 'Asks'));
        for (let i = 0; i < count; i++) {
            const parts = [h('i'), h('b'), h('span', { class: 'mid' }), h('i'), h('b')];
            rows.append(h('div', { class: 'side-bar bids' }, parts[0], parts[1]), parts[2], h('div', { class: 'side-bar asks' }, parts[3], parts[4]));
            cells.push(parts);
        }
    }
}
