// Starts the dashboard: the shell around the pages, and the route in the address after the #.
import { h } from './dom.js';
import { listen, latest, watch } from './live.js';
import { shell } from './shell.js';
import * as overview from './pages/overview.js';
import * as symbol from './pages/symbol.js';
import * as account from './pages/account.js';
import * as orders from './pages/orders.js';
import * as decisions from './pages/decisions.js';
import * as grids from './pages/grids.js';
import * as incidents from './pages/incidents.js';
import * as cluster from './pages/cluster.js';

const PAGES = { '': overview, symbol, account, orders, decisions, grids, incidents, cluster };
const ACCOUNTS_WATCHED = 4;
const main = document.getElementById('main');
const frame = shell();
let leave = () => {};
let shown = null;

function route() {
    const [, name = '', ...rest] = decodeURIComponent(location.hash).split('/');
    const page = Object.hasOwn(PAGES, name) ? PAGES[name] : null;
    const overviewBody = latest('status');
    if (!overviewBody) return;
    const where = location.hash;
    if (where === shown) return;
    leave();
    const isFirst = shown === null;
    shown = where;
    const stops = [];
    const context = {
        parameter: rest.join('/'),
        status: overviewBody.status,
        listen: (topic, listener) => stops.push(listen(topic, listener)),
        onLeave: action => stops.push(action),
    };
    leave = () => stops.forEach(stop => stop());
    const { element, title, topics } = page ? page.open(context) : notFound();
    // How an account stands is in the head of every page.
    const accounts = overviewBody.status.accounts.slice(0, ACCOUNTS_WATCHED).map(a => `risk/${a.account}`);
    watch([...topics, ...accounts]);
    main.replaceChildren(element);
    document.title = `${title} – Granary`;
    frame.mark(where);
    if (!isFirst) {
        // As with a page that was loaded: from its top, and read from there.
        main.focus({ preventScroll: true });
        scrollTo(0, 0);
    }
}

function notFound() {
    return { element: h('p', { class: 'empty' }, 'There is no such page. ', h('a', { href: '#/' }, 'Back to the overview')), title: 'Not found', topics: [] };
}

addEventListener('hashchange', route);
listen('status', route);
watch([]);
