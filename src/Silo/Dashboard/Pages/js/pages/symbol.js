// One symbol: the market as the engine sees it, what was done in it, and why.
import { h, card, setText, setClass } from '../dom.js';
import { barSeries } from '../parts/bars.js';
import { symbolChart } from '../parts/symbol-chart.js';
import { answers, features } from '../parts/why.js';
import { depth } from '../parts/depth.js';
import { pairs } from '../parts/facts.js';
import { decisionsTable, fillsTable, ordersTable } from '../parts/lists.js';
import { clock, duration, figures, learnDigits, number, percent, plain, price, words } from '../format.js';

const ROWS = 12;

export function open({ parameter, status, listen, onLeave }) {
    const symbol = status.symbols.find(x => x.symbol === parameter)?.symbol;
    if (!symbol)
        return {
            element: h('p', { class: 'empty' }, `The engine does not trade ${parameter || 'this'}. It trades ${status.symbols.map(x => x.symbol).join(', ')}.`),
            title: 'Symbol',
            topics: [],
        };
    let now = status.nowMs;
    const nowMs = () => now;
    let chart = null;
    const series = barSeries(symbol, () => chart?.invalidate());
    chart = symbolChart(symbol, series);
    onLeave(() => {
        series.close();
        chart.close();
    });

    const last = h('span', { class: 'price' });
    const quote = h('span', { class: 'note' });
    const regime = h('span', { class: 'chip' });
    const age = h('span', { class: 'note' });
    const facts = pairs();
    const book = depth(symbol);
    const bookNumbers = pairs();
    const guard = h('p', { class: 'soft' });
    const round = answers();
    const measured = features();
    const ofSymbol = rows => rows.filter(r => r.symbol === symbol);
    const decisions = decisionsTable({ nowMs, isShort: true });
    const orders = ordersTable({ nowMs, isShort: true, empty: `No order in ${symbol} among the newest 100.` });
    const fills = fillsTable({ nowMs, isShort: true, empty: `No fill in ${symbol} among the newest 100.` });
    const bars = card('Volume bars', { width: 'w9', flush: true }, chart.element);
    const why = card('Why', { width: 'w12', flush: true, note: 'what the strategies said about the last bar' }, round.element);

    listen(`symbol/${symbol}`, (body, { timeMs, error }) => {
        now = timeMs;
        if (error) setText(age, error);
        if (!body || error) return;
        const one = body.symbol;
        learnDigits(symbol, one.lastPrice, one.bidPrice, one.askPrice);
        series.take(body.bars);
        const first = series.closed()[0];
        bars.note(first ? `those that the strategies see; kept since ${clock(first.openTimeMs)}` : 'those that the strategies see');
        head(one);
        facts.update(factsOf(one, body.bars.running));
        book.update(one.book);
        bookNumbers.update(bookOf(one.book));
        setText(guard, one.guard ? guardWords(one.guard) : 'No open position, nothing to protect.');
        round.update(one.lastDecision);
        if (one.lastDecision) why.note(`what the strategies said about bar ${number(one.lastDecision.barIndex)}`);
        measured.update(one.lastBar);
    });
    listen('status', body => chart.positions(body.status.accounts.flatMap(a => a.positions).filter(p => p.symbol === symbol && p.quantity !== 0)));
    const list = (topic, view) =>
        listen(topic, body => {
            if (!body) return;
            const rows = ofSymbol(body.items);
            view.update(rows.slice(0, ROWS));
            chart.events(topic, rows);
        });
    list('decisions', decisions);
    list('orders', orders);
    list('fills', fills);

    /** The engine's own words, with prices as short as the symbol's. */
    function guardWords(text) {
        return text.replace(/\b(from|stop) (\d+(?:\.\d+)?)/g, (_, word, value) => `${word} ${price(symbol, Number(value))}`);
    }

    function head(one) {
        setText(last, price(symbol, one.lastPrice));
        setText(quote, `${price(symbol, one.bidPrice)} / ${price(symbol, one.askPrice)}, mark ${price(symbol, one.markPrice)}`);
        const name = one.lastDecision?.combined?.regime ?? 'Unknown';
        setText(regime, `${words(name)} volatility`);
        setClass(regime, `chip ${name === 'Extreme' ? 'bad' : name === 'High' ? 'warn' : ''}`);
        setText(age, `data ${duration(one.dataAgeMs)} old`);
        setClass(age, one.dataAgeMs > 30000 ? 'bad' : one.dataAgeMs > 5000 ? 'warn' : 'note');
    }

    const element = h(
        'div',
        {},
        h('div', { class: 'page-head' }, h('h1', {}, symbol), last, quote, regime, h('span', { class: 'end' }, age)),
        h(
            'div',
            { class: 'grid' },
            bars.element,
            h(
                'div',
                { class: 'w3 column' },
                card('Book', {}, book.element, bookNumbers.element).element,
                card('Protection', {}, guard).element,
                card('Series', {}, facts.element).element,
            ),
            why.element,
            card('Features', { width: 'w12', flush: true, note: 'of the last bar; beside each its z-score to ±3, amber from ±2' }, measured.element).element,
            card('Decisions', { width: 'w12', flush: true, end: h('a', { href: `#/decisions/${symbol}` }, 'With conditions') }, decisions.element).element,
            card('Orders', { width: 'w7', flush: true }, orders.element).element,
            card('Fills', { width: 'w5', flush: true }, fills.element).element,
        ),
    );
    return { element, title: symbol, topics: [`symbol/${symbol}`, 'decisions', 'orders', 'fills'] };
}

const factsOf = (one, running) => [
    ['Bars closed', number(one.bars)],
    ['A bar closes at', plain(one.volumeThreshold, 4)],
    ['Running bar', running ? percent(running.volume / running.threshold, 0) : '–'],
    ['Trades taken', number(one.trades)],
    ['Trades refused', number(Object.values(one.rejects).reduce((a, b) => a + b, 0))],
    ['Holes', number(one.holes), one.holes ? 'warn' : ''],
    ...(one.feed ? [['Backup feed', one.feed]] : []),
];

const bookOf = book =>
    book
        ? [
              ['Book', book.state.toLowerCase(), book.state === 'Live' ? '' : 'warn'],
              ['Imbalance at the best', figures(book.imbalance, 3)],
              ['Microprice', figures(book.microprice, 9)],
              ['Order flow', figures(book.orderFlow, 4)],
              ['Begun anew', plain(book.resyncs)],
          ]
        : [];
