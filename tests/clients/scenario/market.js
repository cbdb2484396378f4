// Market data by REST and by stream.
import { onGrid } from '../checks.js';

/** Leaves tick, step and least notional for the steps that follow. */
export async function loadMarkets({ client, checks, rules }) {
    Object.assign(rules, await client.market());
    checks.equal('status', rules.status, 'TRADING');
    checks.near('tick', rules.tick, 0.1);
    checks.near('step', rules.step, 0.001);
    checks.near('least notional', rules.notionalMin, 100);
    checks.check('server time', Math.abs((await client.time()) - Date.now()) < 5000);
}

export async function candles({ client, checks }) {
    const found = await client.candles(5);
    checks.equal('candles', found.length, 5);
    checks.check('they are a minute apart', found.every((each, i) => i === 0 || each.openMs === found[i - 1].openMs + 60_000), found);
    checks.check('high and low hold open and close', found.every((c) => c.high >= Math.max(c.open, c.close) && c.low <= Math.min(c.open, c.close)), found);
    checks.check('they have volume', found.slice(0, 4).every((each) => each.volume > 0), found);
}

export async function bookAndTrades({ client, checks }) {
    const book = await client.book(20);
    checks.check('twenty levels a side', book.bids.length === 20 && book.asks.length === 20, [book.bids.length, book.asks.length]);
    checks.check('the book is not crossed', book.bids[0][0] < book.asks[0][0], [book.bids[0], book.asks[0]]);
    checks.check('bids fall, asks rise', falls(book.bids.map((level) => -level[0])) && falls(book.asks.map((level) => level[0])));
    const trades = await client.trades(10);
    checks.check('trades near the book', trades.length > 0 && trades.every((trade) => Math.abs(trade.price / book.bids[0][0] - 1) < 0.05 && trade.quantity > 0), trades);
}

export async function markPrice({ client, checks }) {
    const mark = await client.markPrice();
    checks.check('mark and index', mark.mark > 0 && mark.index > 0, mark);
    checks.near('funding rate', mark.rate, 0.0001, 0.01);
    checks.check('next funding time is ahead', mark.nextFundingMs > 1_500_000_000_000 && mark.nextFundingMs % 3_600_000 === 0, mark);
}

export async function streams({ client, checks, events, rules }) {
    await client.watchMarket();
    const of = (type) => events.filter((each) => each.type === type);
    await checks.eventually('trades arrive', () => of('trade').length >= 5);
    await checks.eventually('books arrive', () => of('book').length >= 3);
    const trades = of('trade');
    checks.check('trade ids rise', trades.every((trade, i) => i === 0 || trade.id > trades[i - 1].id), trades.slice(0, 9));
    checks.check('prices are on the grid', trades.every((trade) => Math.abs(onGrid(trade.price, rules.tick) - trade.price) < 1e-9));
    const books = of('book');
    checks.check('books are not crossed', books.every((book) => book.bid < book.ask), books.slice(0, 3));
    if (client.watchesMarks) await checks.eventually('mark prices arrive', () => of('mark').some((each) => each.mark > 0));
}

const falls = (prices) => prices.every((price, i) => i === 0 || price > prices[i - 1]);
