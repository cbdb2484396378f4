// What surrounds every page: how things stand, the clock, the way to stop, the menu.
import { h, setText, setClass, setAttribute } from './dom.js';
import { listen, onState } from './live.js';
import { clock, price, learnDigits } from './format.js';
import { verdict, stateClass, SIGNS } from './parts/verdict.js';
import { openCommands } from './commands/dialog.js';
import { theme, toggleTheme, onTheme } from './theme.js';

const PAGES = [
    ['#/', 'Overview'],
    ['#/orders', 'Orders and fills'],
    ['#/decisions', 'Decisions'],
    ['#/grids', 'Grids'],
    ['#/incidents', 'Incidents'],
    ['#/cluster', 'Cluster'],
];

export function shell() {
    const links = new Map();
    const top = head();
    menu(links);
    onState(state => {
        document.body.classList.toggle('stale', state.kind === 'lost');
        top.connection(state);
    });
    listen('status', (body, entry) => top.update(body, entry.timeMs));
    return {
        mark: where => {
            const page = where === '' ? '#/' : where;
            for (const [href, link] of links) setAttribute(link, 'aria-current', href === page ? 'page' : null);
        },
    };
}

function head() {
    const sign = h('span', { class: 'sign', 'aria-hidden': 'true' });
    const title = h('span', {}, 'Connecting …');
    const place = h('span', { class: 'place' });
    const time = h('span', { class: 'clock', title: "The silo's clock, UTC" });
    const dot = h('span', { class: 'dot' });
    const words = h('span', {}, 'connecting');
    const light = h('button', { type: 'button', class: 'button quiet', onclick: toggleTheme });
    const name = () => {
        light.textContent = theme() === 'light' ? 'Dark' : 'Light';
        light.setAttribute('aria-label', `Change to the ${theme() === 'light' ? 'dark' : 'light'} theme`);
    };
    name();
    onTheme(name);
    document
        .getElementById('top')
        .append(
            h('a', { class: 'brand', href: '#/', 'aria-label': 'Granary, overview' }, h('img', { src: '/dashboard/icon.svg', alt: '' }), h('b', {}, 'Granary')),
            h('a', { class: 'verdict', href: '#/', role: 'status' }, sign, title),
            h('span', { class: 'room' }),
            place,
            h('span', { class: 'connection' }, dot, words),
            time,
            light,
            h('button', { type: 'button', class: 'button stop', onclick: () => openCommands() }, 'Stop …'),
        );
    let banner = null;
    return {
        update: (body, timeMs) => {
            const { kind, title: text } = verdict(body);
            setClass(sign, `sign ${kind}`);
            setText(sign, SIGNS[kind]);
            setText(title, text);
            setText(place, `${body.status.venue}, ${body.status.realMoney ? 'REAL MONEY' : 'no real money'}`);
            setClass(place, body.status.realMoney ? 'place warn' : 'place');
            setText(time, `${clock(timeMs)} UTC`);
        },
        connection: state => {
            setClass(dot, `dot ${state.kind === 'live' ? 'good' : state.kind === 'lost' ? 'bad' : ''}`);
            setText(words, state.kind === 'live' ? 'live' : state.kind === 'lost' ? 'not live' : 'connecting');
            banner?.remove();
            banner = null;
            if (state.kind !== 'lost') return;
            // What was well then may not be now; the next status says so again.
            setClass(sign, 'sign bad');
            setText(sign, SIGNS.bad);
            setText(title, 'No connection');
            const since = state.newestMs ? ` Everything below is from ${clock(state.newestMs)} UTC.` : '';
            banner = h(
                'p',
                { class: 'banner', role: 'alert' },
                `No connection to the silo. ${state.detail}; it is tried again.${since} If it lasts: is the silo running?`,
            );
            document.getElementById('main').before(banner);
        },
    };
}

function menu(links) {
    const side = document.getElementById('side');
    const link = (href, ...content) => {
        const element = h('a', { href }, ...content);
        links.set(href, element);
        return element;
    };
    const prices = new Map();
    const states = new Map();
    const symbols = h('div');
    const accounts = h('div');
    side.append(
        link(...PAGES[0]),
        h('p', { class: 'group' }, 'Symbols'),
        symbols,
        h('p', { class: 'group' }, 'Accounts'),
        accounts,
        h('p', { class: 'group' }, 'Engine'),
        ...PAGES.slice(1).map(([href, text]) => link(href, text)),
    );
    // On a phone the menu is one row, and the wrappers would break it.
    listen('status', body => {
        for (const one of body.status.symbols) {
            learnDigits(one.symbol, one.lastPrice, one.bidPrice, one.askPrice);
            if (!prices.has(one.symbol)) {
                prices.set(one.symbol, h('span', { class: 'price' }));
                symbols.append(link(`#/symbol/${one.symbol}`, one.symbol, prices.get(one.symbol)));
            }
            setText(prices.get(one.symbol), price(one.symbol, one.lastPrice));
        }
        for (const one of body.status.accounts) {
            if (!states.has(one.account)) {
                states.set(one.account, h('span', { class: 'dot' }));
                accounts.append(link(`#/account/${one.account}`, states.get(one.account), one.account));
            }
            setClass(states.get(one.account), `dot ${stateClass(one.state)}`);
            setAttribute(states.get(one.account), 'title', one.state);
        }
    });
}
