// ccxt pro. What it has unified calls for goes through them; the rest through its implicit methods, which are named after the venue's paths.
import ccxt from 'ccxt';
import { apiKey, apiSecret } from '../exchange.js';
import { thrownBy } from './venue.js';

const symbol = 'BTC/USDT:USDT';
const id = 'BTCUSDT';
const statusOf = (o) => ({ open: o.filled > 0 ? 'PARTIALLY_FILLED' : 'NEW', closed: 'FILLED', canceled: 'CANCELED', expired: 'EXPIRED' })[o.status] ?? o.status;

export async function create(server, events) {
    const ex = new ccxt.pro.binanceusdm({
        apiKey, secret: apiSecret, options: { recvWindow: 30_000, fetchCurrencies: false, fetchMarkets: { types: ['linear'] }, warnOnFetchOpenOrdersWithoutSymbol: false },
    });
    for (const [name, value] of Object.entries(ex.urls.api)) if (typeof value === 'string') ex.urls.api[name] = value.replace(/^https?:\/\/[^/]+/, server.url);
    ex.urls.api.ws.future = `${server.socketUrl}/ws`;
    ex.urls.api.ws['ws-api'].future = `${server.socketUrl}/ws-fapi/v1`;
    ex.enableRateLimit = false;
    // Agents for plain ws:// addresses exist only once this was called.
    await ex.loadHttpProxyAgent();

    const toOrder = (o) => {
        if (o.id === undefined) return { code: Number(o.info?.code) };
        return { id: o.id, clientId: o.clientOrderId, status: statusOf(o), executed: o.filled, quantity: o.amount, price: o.price, average: o.average };
    };
    const parameters = (o) => ({
        ...(o.tif && { timeInForce: o.tif }), ...(o.reduceOnly && { reduceOnly: true }), ...(o.clientId && { newClientOrderId: o.clientId }),
        ...(o.positionSide && { positionSide: o.positionSide }), ...(o.result && { newOrderRespType: 'RESULT' }),
    });
    const toStop = (o) => ({ id: o.id, clientId: o.clientOrderId ?? o.info.clientAlgoId, status: o.info.algoStatus, trigger: o.triggerPrice });
    /** Calls a watch method for ever; what it throws (a closed socket) ends one call, and the next one connects anew. */
    const loop = async (watch, take) => {
        for (;;) {
            try {
                take(await watch());
            } catch (thrown) {
                if (thrown instanceof ccxt.NotSupported) throw thrown;
                await new Promise((done) => setTimeout(done, 50));
            }
        }
    };

    return {
        cannot: {},
        tellsExpiry: false, tellsExecutions: false, tellsConditionals: true, tellsLeverage: false, tellsReasons: false, tellsClientIdOfOthers: true, watchesMarks: true,

        async refusal(call) {
            const thrown = await thrownBy(call);
            if (thrown === undefined) return 'accepted';
            // By the venue's code: ccxt chooses some exception types by host name and does not know this one.
            const code = thrown.message.match(/"code":(-\d+)/)?.[1];
            return code !== undefined ? Number(code) : thrown instanceof ccxt.NetworkError ? 'network' : thrown.message;
        },
        refusalText: async (call) => String(await thrownBy(call)),

        async market() {
            await ex.loadMarkets();
            const market = ex.market(symbol);
            return { status: market.active && market.linear ? 'TRADING' : 'not active', tick: market.precision.price, step: market.precision.amount, notionalMin: market.limits.cost.min };
        },
        time: () => ex.fetchTime(),
        candles: async (limit) => (await ex.fetchOHLCV(symbol, '1m', undefined, limit))
            .map(([openMs, open, high, low, close, volume]) => ({ openMs, open, high, low, close, volume })),
        book: (limit) => ex.fetchOrderBook(symbol, limit),
        trades: async (limit) => (await ex.fetchTrades(symbol, undefined, limit)).map((t) => ({ price: t.price, quantity: t.amount })),
        async markPrice() {
            const rate = await ex.fetchFundingRate(symbol);
            return { mark: rate.markPrice, index: rate.indexPrice, rate: rate.fundingRate, nextFundingMs: rate.fundingTimestamp ?? rate.nextFundingTimestamp };
        },
        async watchMarket() {
            let lastId = 0;
            loop(() => ex.watchTrades(symbol), (trades) => {
                // The list is a cache that may repeat what it gave before.
                for (const trade of trades.filter((each) => Number(each.id) > lastId)) events.push({ type: 'trade', id: (lastId = Number(trade.id)), price: trade.price });
            });
            loop(() => ex.watchOrderBook(symbol, 20), (book) => events.push({ type: 'book', bid: book.bids[0][0], ask: book.asks[0][0] }));
            loop(() => ex.watchMarkPrice(symbol), (ticker) => events.push({ type: 'mark', mark: ticker.markPrice }));
        },
        async watchUser() {
            loop(() => ex.watchOrders(), (orders) => {
                for (const o of orders) {
                    events.push({ type: 'order', id: o.id, clientId: o.clientOrderId, status: statusOf(o) });
                    // Conditional orders come as orders; the venue's word for their state is in info.
                    if (o.info.caid !== undefined) events.push({ type: 'algo', clientId: o.info.caid, status: o.info.X });
                }
            });
            loop(() => ex.watchPositions([symbol]), (positions) => events.push({ type: 'account', positions: positions.map((p) => ({ quantity: p.contracts, side: p.side })) }));
            while (!Object.entries(ex.clients).some(([url, client]) => url.includes('listenKey') && client.isConnected)) await new Promise((done) => setTimeout(done, 20));
        },
        async renewUser() {
            // Its hourly task is asked for now: the venue says -1125, ccxt closes the socket, and the running watches authenticate anew.
            const before = ex.options.future?.listenKey;
            await thrownBy(ex.keepAliveListenKey({ type: 'future' }));
            for (let i = 0; i < 250 && (ex.options.future?.listenKey ?? before) === before; i += 1) await new Promise((done) => setTimeout(done, 20));
            await new Promise((done) => setTimeout(done, 300));
        },

        place: async (o) => toOrder(await ex.createOrder(symbol, o.type.toLowerCase(), o.side.toLowerCase(), o.quantity, o.price, parameters(o))),
        query: async (o) => toOrder(await ex.fetchOrder(o.id, symbol, o.id ? {} : { origClientOrderId: o.clientId })),
        openOrders: async () => (await ex.fetchOpenOrders(symbol)).map(toOrder),
        amend: async (o, quantity, price) => toOrder(await ex.editOrder(o.id, symbol, 'limit', 'buy', quantity, price)),
        cancel: async (o) => toOrder(await ex.cancelOrder(o.id, symbol)),
        placeBatch: async (list) => (await ex.createOrders(list.map((o) => ({
            symbol, type: o.type.toLowerCase(), side: o.side.toLowerCase(), amount: o.quantity, price: o.price, params: parameters(o),
        })))).map(toOrder),
        cancelBatch: async (list) => (await ex.cancelOrders(list.map((o) => o.id), symbol)).map(toOrder),
        cancelAll: () => ex.cancelAllOrders(symbol),
        countdown: async (countdownTime) => Number((await ex.fapiPrivatePostCountdownCancelAll({ symbol: id, countdownTime })).countdownTime),
        placeStop: async (o) => toStop(await ex.createOrder(symbol, 'market', o.side.toLowerCase(), o.quantity, undefined, {
            [o.side === 'SELL' ? 'stopLossPrice' : 'triggerPrice']: o.trigger, clientAlgoId: o.clientId, newClientOrderId: o.clientId,
        })),
        openStops: async () => (await ex.fetchOpenOrders(symbol, undefined, undefined, { trigger: true })).map(toStop),
        cancelStop: (o) => ex.cancelOrder(o.id, symbol, { trigger: true }),
        fills: async (o) => (await ex.fetchMyTrades(symbol)).filter((f) => f.order === o.id)
            .map((f) => ({ price: f.price, quantity: f.amount, fee: f.fee.cost, maker: f.takerOrMaker === 'maker' })),

        async requests() {
            return {
                place: async (o) => toOrder(await ex.createOrderWs(symbol, o.type.toLowerCase(), o.side.toLowerCase(), o.quantity, o.price, parameters(o))),
                amend: async (o, quantity, price) => toOrder(await ex.editOrderWs(o.id, symbol, 'limit', 'buy', quantity, price)),
                query: async (o) => toOrder(await ex.fetchOrderWs(o.id, symbol)),
                cancel: async (o) => toOrder(await ex.cancelOrderWs(o.id, symbol)),
            };
        },
        balance: async () => ({ wallet: Number((await ex.fetchBalance()).info.totalWalletBalance ?? (await ex.fetchBalance()).USDT.total) }),
        positions: async () => (await ex.fetchPositions([symbol])).map((p) => ({
            side: p.hedged ? p.side.toUpperCase() : 'BOTH', quantity: p.side === 'short' ? -p.contracts : p.contracts, entry: p.entryPrice,
            liquidation: p.liquidationPrice, isolated: Number(p.info.isolatedWallet),
        })),
        async setLeverage(leverage) {
            // Its own call allows 125 at most; the venue's brackets begin at 150.
            const set = leverage > 125 ? await ex.fapiPrivatePostLeverage({ symbol: id, leverage }) : await ex.setLeverage(leverage, symbol);
            return { leverage: Number(set.leverage) };
        },
        brackets: async () => (await ex.fetchMarketLeverageTiers(symbol)).map((tier) => ({ leverage: tier.maxLeverage })),
        setMarginType: (type) => ex.setMarginMode(type === 'ISOLATED' ? 'isolated' : 'cross', symbol),
        setHedge: (on) => ex.setPositionMode(on),
        addMargin: (amount) => ex.addMargin(symbol, amount),
        income: async (type) => (await ex.fetchLedger('USDT', undefined, 1000)).filter((i) => i.info.incomeType === type)
            .map((i) => ({ amount: i.direction === 'out' ? -i.amount : i.amount, timeMs: i.timestamp })),
        fundingRates: async () => (await ex.fetchFundingRateHistory(symbol)).map((r) => ({ rate: r.fundingRate, mark: Number(r.info.markPrice), timeMs: r.timestamp })),
        forceOrders: async () => (await ex.fetchMyLiquidations(symbol)).map((o) => ({ status: o.info.status, price: o.price })),
    };
}
