// ccxt pro against the built-in exchange: loads markets, places, queries, cancels, fills, and watches trades, the book and its own orders.
import ccxt from 'ccxt';
import { Checks, apiKey, apiSecret, socketUrl, url } from './checks.js';

const symbol = 'BTC/USDT:USDT';
const checks = new Checks('ccxt');
const exchange = new ccxt.pro.binanceusdm({ apiKey, secret: apiSecret, options: { fetchCurrencies: false, fetchMarkets: { types: ['linear'] } } });
for (const name of Object.keys(exchange.urls.api)) {
    const value = exchange.urls.api[name];
    if (typeof value === 'string') exchange.urls.api[name] = value.replace(/^https?:\/\/[^/]+/, url);
}
exchange.urls.api.ws.future = `${socketUrl}/ws`;
exchange.rateLimit = 1;
// By the venue's code: ccxt chooses exception types by host name and does not know this one.
const code = async (call) => {
    try {
        await call;
        return 'accepted';
    } catch (error) {
        return Number(error.message.match(/"code":(-\d+)/)?.[1]);
    }
};

try {
    // Agents for plain ws:// addresses exist only once this was called.
    await exchange.loadHttpProxyAgent();
    await exchange.loadMarkets();
    const market = exchange.market(symbol);
    checks.check('markets are loaded', market.linear === true && market.precision.price > 0 && market.limits.cost.min > 0, market.precision);
    checks.check('server time', Math.abs((await exchange.fetchTime()) - Date.now()) < 5000);
    const book = await exchange.fetchOrderBook(symbol, 20);
    checks.check('the book is not crossed', book.bids[0][0] < book.asks[0][0]);
    checks.check('candles', (await exchange.fetchOHLCV(symbol, '1m')).length > 0);
    checks.check('trades', (await exchange.fetchTrades(symbol)).length > 0);
    const balance = await exchange.fetchBalance();
    checks.check('balance', balance.USDT.total > 0, balance.USDT);

    const watched = await exchange.watchTrades(symbol);
    checks.check('trades are watched', watched.length > 0 && watched[0].price > 0);
    const live = await exchange.watchOrderBook(symbol, 20);
    checks.check('the book is watched', live.bids[0][0] < live.asks[0][0]);
    const orders = [];
    const watching = (async () => {
        while (true) orders.push(...(await exchange.watchOrders(symbol)).map((order) => ({ ...order })));
    })();
    watching.catch(() => {});
    await checks.eventually('the user stream is connected', () => Object.keys(exchange.clients).some((client) => client.includes('listenKey') && exchange.clients[client].isConnected));

    const far = Number(exchange.priceToPrecision(symbol, book.bids[0][0] * 0.98));
    const amount = 0.01;
    const placed = await exchange.createOrder(symbol, 'limit', 'buy', amount, far, { timeInForce: 'GTX' });
    checks.check('a post-only order is open', placed.status === 'open' && placed.filled === 0, placed);
    const queried = await exchange.fetchOrder(placed.id, symbol);
    checks.check('the order is found', queried.price === far && queried.remaining === amount, queried);
    checks.check('it is listed', (await exchange.fetchOpenOrders(symbol)).some((order) => order.id === placed.id));
    checks.check('cancelled', (await exchange.cancelOrder(placed.id, symbol)).status === 'canceled');
    checks.check('cancelling again is refused', (await code(exchange.cancelOrder(placed.id, symbol))) === -2011);
    await checks.eventually('its life is watched', () => ['open', 'canceled'].every((status) => orders.some((order) => order.id === placed.id && order.status === status)));

    const filled = await exchange.createOrder(symbol, 'market', 'buy', amount, undefined, { newOrderRespType: 'RESULT' });
    checks.check('a market order fills', filled.status === 'closed' && filled.filled === amount && filled.average > 0, filled);
    await checks.eventually('the fill is watched', () => orders.some((order) => order.id === filled.id && order.status === 'closed'));
    const positions = await exchange.fetchPositions([symbol]);
    checks.check('the position is held', positions.length === 1 && positions[0].contracts === amount && positions[0].side === 'long', positions);
    const fills = (await exchange.fetchMyTrades(symbol)).filter((fill) => fill.order === filled.id);
    checks.check('its fills add up', Math.abs(fills.reduce((sum, fill) => sum + fill.amount, 0) - amount) < 1e-9 && fills[0].fee.currency === 'USDT', fills);
    const closed = await exchange.createOrder(symbol, 'market', 'sell', amount, undefined, { reduceOnly: true, newOrderRespType: 'RESULT' });
    checks.check('a reducing order closes it', closed.status === 'closed', closed);
    checks.check('the position is gone', (await exchange.fetchPositions([symbol])).length === 0);
    checks.check('an order beyond the margin is refused', (await code(exchange.createOrder(symbol, 'limit', 'buy', 100, far))) === -2019);
    await exchange.cancelAllOrders(symbol);
    checks.check('nothing is open', (await exchange.fetchOpenOrders(symbol)).length === 0);
    await exchange.close();
} catch (error) {
    checks.check(`no exception: ${error.stack}`, false);
}
checks.finish();
