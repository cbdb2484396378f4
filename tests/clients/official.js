// The venue's own SDK against the built-in exchange: loads markets, places, queries, cancels, fills, and reads the streams.
import { DerivativesTradingUsdsFutures } from '@binance/derivatives-trading-usds-futures';
import { Checks, apiKey, apiSecret, onGrid, socketUrl, url } from './checks.js';

const symbol = 'BTCUSDT';
const checks = new Checks('@binance/derivatives-trading-usds-futures');
console.info = () => {};
const client = new DerivativesTradingUsdsFutures({
    configurationRestAPI: { apiKey, apiSecret, basePath: url, timeout: 5000, retries: 0 },
    configurationWebsocketStreams: { wsURL: socketUrl },
});
const rest = client.restAPI;
const data = async (call) => (await call).data();
const code = async (call) => {
    try {
        await call;
        return 'accepted';
    } catch (error) {
        return error.code ?? error.message;
    }
};

try {
    const info = await data(rest.exchangeInformation());
    const market = info.symbols.find((each) => each.symbol === symbol);
    const filters = Object.fromEntries(market.filters.map((filter) => [filter.filterType, filter]));
    checks.check('exchange information lists the symbol', market.status === 'TRADING' && Number(filters.PRICE_FILTER.tickSize) > 0, market);
    const time = await rest.checkServerTime();
    checks.check('server time', Math.abs(Number((await time.data()).serverTime) - Date.now()) < 5000);
    checks.check('used weight is parsed from the headers', time.rateLimits.some((limit) => limit.rateLimitType === 'REQUEST_WEIGHT' && limit.count >= 1), time.rateLimits);

    const stream = await client.websocketStreams.connect();
    const events = [];
    const seen = (test) => events.find(test);
    const { listenKey } = await data(rest.startUserDataStream());
    stream.userData(listenKey).on('message', (event) => events.push(event));
    const market_events = { aggTrade: [], bookTicker: [], markPriceUpdate: [], depthUpdate: [] };
    for (const subscription of [
        stream.aggregateTradeStreams({ symbol: symbol.toLowerCase() }),
        stream.individualSymbolBookTickerStreams({ symbol: symbol.toLowerCase() }),
        stream.markPriceStream({ symbol: symbol.toLowerCase(), updateSpeed: '1s' }),
        stream.partialBookDepthStreams({ symbol: symbol.toLowerCase(), levels: 5, updateSpeed: '100ms' }),
    ]) {
        subscription.on('message', (event) => market_events[event.e].push(event));
    }
    for (const [name, list] of Object.entries(market_events)) await checks.eventually(`${name} arrives`, () => list.length >= 2);
    const trades = market_events.aggTrade;
    checks.check('aggregate ids are consecutive', trades.every((trade, i) => i === 0 || Number(trade.a) === Number(trades[i - 1].a) + 1));
    checks.check('partial books have five levels', market_events.depthUpdate.every((book) => book.b.length === 5 && book.a.length === 5));

    const book = await data(rest.orderBook({ symbol, limit: 20 }));
    checks.check('the book is not crossed', Number(book.bids[0][0]) < Number(book.asks[0][0]));
    const history = await data(rest.compressedAggregateTradesList({ symbol, limit: 10 }));
    checks.check('aggregate trade history', history.length > 0 && Number(history[0].p) > 0);
    const candles = await data(rest.klineCandlestickData({ symbol, interval: '1m' }));
    checks.check('candles', candles.length > 0 && candles[0].length === 12);
    const mark = await data(rest.markPrice({ symbol }));
    checks.check('mark price', Number(mark.markPrice) > 0);

    const before = (await data(rest.futuresAccountBalanceV3()))[0];
    checks.check('balance', Number(before.balance) > 0, before);
    const account = await data(rest.accountInformationV3());
    checks.check('account total equals balance', account.totalWalletBalance === before.balance, account.totalWalletBalance);
    checks.check('one-way mode', (await data(rest.getCurrentPositionMode())).dualSidePosition === false);
    checks.check('multi-assets mode is off', (await data(rest.getCurrentMultiAssetsMode())).multiAssetsMargin === false);
    checks.check('leverage brackets', (await data(rest.notionalAndLeverageBrackets({ symbol })))[0].brackets.length > 0);
    checks.check('commission rate', Number((await data(rest.userCommissionRate({ symbol }))).takerCommissionRate) > 0);

    const far = onGrid(Number(book.bids[0][0]) * 0.98, filters.PRICE_FILTER.tickSize, Math.floor);
    const quantity = Number(onGrid(Math.max(0.01, (2 * Number(filters.MIN_NOTIONAL.notional)) / Number(far)), filters.LOT_SIZE.stepSize, Math.ceil));
    const id = `official-${Date.now()}`;
    const placedReply = await rest.newOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTX', quantity, price: Number(far), newClientOrderId: id });
    const placed = await placedReply.data();
    checks.check('a post-only order is acknowledged', placed.status === 'NEW' && placed.clientOrderId === id && placed.executedQty === '0.000', placed);
    checks.check('order counts are parsed from the headers', placedReply.rateLimits.some((limit) => limit.rateLimitType === 'ORDERS' && limit.count >= 1), placedReply.rateLimits);
    const queried = await data(rest.queryOrder({ symbol, origClientOrderId: id }));
    checks.check('the order is found by client id', String(queried.orderId) === String(placed.orderId) && Number(queried.price) === Number(far), queried);
    checks.check('it is open', (await data(rest.currentAllOpenOrders({ symbol }))).some((order) => order.clientOrderId === id));
    checks.check('a duplicate id is refused', (await code(rest.newOrder({ symbol, side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', quantity, price: Number(far), newClientOrderId: id }))) === -4116);
    checks.check('cancelled', (await data(rest.cancelOrder({ symbol, origClientOrderId: id }))).status === 'CANCELED');
    checks.check('cancelling again is refused', (await code(rest.cancelOrder({ symbol, origClientOrderId: id }))) === -2011);
    for (const execution of ['NEW', 'CANCELED']) {
        await checks.eventually(`${execution} arrives on the user stream`, () => seen((event) => event.e === 'ORDER_TRADE_UPDATE' && event.o.c === id && event.o.x === execution));
    }

    const filled = await data(rest.newOrder({ symbol, side: 'BUY', type: 'MARKET', quantity, newOrderRespType: 'RESULT' }));
    checks.check('a market order fills', filled.status === 'FILLED' && Number(filled.executedQty) === quantity && Number(filled.avgPrice) > 0, filled);
    await checks.eventually('the fill arrives', () => seen((event) => event.e === 'ORDER_TRADE_UPDATE' && String(event.o.i) === String(filled.orderId) && event.o.X === 'FILLED'));
    await checks.eventually('the account change arrives', () => seen((event) => event.e === 'ACCOUNT_UPDATE' && event.a.P.some((position) => position.s === symbol)));
    const positions = await data(rest.positionInformationV3({ symbol }));
    checks.check('the position is held', Number(positions[0].positionAmt) === quantity, positions);
    const fills = (await data(rest.accountTradeList({ symbol }))).filter((fill) => String(fill.orderId) === String(filled.orderId));
    checks.check('its fills add up', Math.abs(fills.reduce((sum, fill) => sum + Number(fill.qty), 0) - quantity) < 1e-9, fills);
    const closed = await data(rest.newOrder({ symbol, side: 'SELL', type: 'MARKET', quantity, reduceOnly: 'true', newOrderRespType: 'RESULT' }));
    checks.check('a reducing order closes it', closed.status === 'FILLED', closed);
    checks.check('the position is gone', (await data(rest.positionInformationV3({ symbol }))).length === 0);
    checks.check('reducing nothing is refused', (await code(rest.newOrder({ symbol, side: 'SELL', type: 'MARKET', quantity, reduceOnly: 'true' }))) === -2022);
    checks.check('an unknown symbol is refused', (await code(rest.orderBook({ symbol: 'NOPE' }))) === -1121);
    checks.check('a stop order is sent elsewhere', (await code(rest.newOrder({ symbol, side: 'SELL', type: 'STOP_MARKET', quantity, stopPrice: Number(far) }))) === -4120);

    checks.check('cancel all', (await data(rest.cancelAllOpenOrders({ symbol }))).code === 200);
    await data(rest.keepaliveUserDataStream());
    await data(rest.closeUserDataStream());
    await checks.eventually('the end of the listen key is announced', () => seen((event) => event.e === 'listenKeyExpired'));
    await stream.disconnect();
} catch (error) {
    checks.check(`no exception: ${error.stack}`, false);
}
checks.finish();
