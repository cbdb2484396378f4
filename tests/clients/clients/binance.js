// The "binance" package (tiagosiebler). One socket client per path: its wsUrl stands for the whole path, whatever the topic.
import { USDMClient, WebsocketAPIClient, WebsocketClient } from 'binance';
import { apiKey, apiSecret } from '../exchange.js';
import {
    named, symbol, thrownBy, toCandle, toFill, toIncome, toMark, toOrder, toPosition, toRate, toRequest, toRules, toStop, toStopRequest,
} from './venue.js';

export async function create(server, events) {
    console.warn = () => {};
    const silent = { trace() {}, info() {}, error() {} };
    const keys = { api_key: apiKey, api_secret: apiSecret };
    const rest = new USDMClient({ ...keys, baseUrl: server.url, disableTimeSync: true, recvWindow: 30_000 });
    const socket = (path) => {
        const client = new WebsocketClient({
            ...keys, wsUrl: `${server.socketUrl}/${path}/ws`, beautify: true, reconnectTimeout: 200, restOptions: { baseUrl: server.url, disableTimeSync: true },
        }, silent);
        client.on('exception', () => {});
        client.on('formattedMessage', take);
        return client;
    };
    const take = (e) => {
        if (e.eventType === 'aggTrade') events.push({ type: 'trade', id: Number(e.tradeId), price: Number(e.price) });
        if (e.eventType === 'depthUpdate') events.push({ type: 'book', bid: Number(e.bidDepthDelta[0].price), ask: Number(e.askDepthDelta[0].price) });
        if (e.eventType === 'markPriceUpdate') events.push({ type: 'mark', mark: Number(e.markPrice) });
        if (e.eventType === 'ORDER_TRADE_UPDATE') {
            events.push({ type: 'order', id: String(e.order.orderId), clientId: e.order.clientOrderId, status: e.order.orderStatus, execution: e.order.executionType });
        }
        if (e.eventType === 'ACCOUNT_UPDATE') {
            const positions = e.updateData.updatedPositions.map((p) => ({ quantity: Number(p.positionAmount), side: p.positionSide }));
            events.push({ type: 'account', reason: e.updateData.updateEventType, positions });
        }
        if (e.eventType === 'ALGO_UPDATE') events.push({ type: 'algo', clientId: e.algoOrder.clientAlgoId, status: e.algoOrder.algoStatus });
        if (e.eventType === 'ACCOUNT_CONFIG_UPDATE') events.push({ type: 'leverage', leverage: Number(e.assetConfiguration.leverage) });
        if (e.eventType === 'listenKeyExpired') events.push({ type: 'expired' });
    };
    const sockets = { public: socket('public'), market: socket('market') };
    const watchUser = async () => {
        sockets.private = socket('private');
        await sockets.private.subscribeUsdFuturesUserDataStream('usdmPrivate');
    };

    return {
        cannot: {},
        watchesMarks: true, tellsExecutions: true, tellsConditionals: true, tellsLeverage: true, tellsReasons: true, tellsExpiry: true, tellsClientIdOfOthers: true,

        async refusal(call) {
            const thrown = await thrownBy(call);
            if (thrown === undefined) return 'accepted';
            return typeof thrown.code === 'number' ? thrown.code : thrown.isAxiosError ? 'network' : thrown.message;
        },
        async refusalText(call) {
            const thrown = await thrownBy(call);
            return `${thrown?.code} ${thrown?.message}`;
        },

        market: async () => toRules(await rest.getExchangeInfo()),
        time: () => rest.getServerTime(),
        candles: async (limit) => (await rest.getKlines({ symbol, interval: '1m', limit })).map(toCandle),
        async book(limit) {
            const book = await rest.getOrderBook({ symbol, limit });
            return { bids: book.bids.map((level) => level.map(Number)), asks: book.asks.map((level) => level.map(Number)) };
        },
        trades: async (limit) => (await rest.getAggregateTrades({ symbol, limit })).map((t) => ({ price: Number(t.p), quantity: Number(t.q) })),
        markPrice: async () => toMark(await rest.getMarkPrice({ symbol })),
        async watchMarket() {
            const name = symbol.toLowerCase();
            await sockets.market.subscribe([`${name}@aggTrade`, `${name}@markPrice@1s`], 'usdmMarket');
            await sockets.public.subscribe([`${name}@depth5@100ms`], 'usdmPublic');
        },
        watchUser,
        async renewUser() {
            sockets.private.closeAll(true);
            await watchUser();
        },

        place: async (o) => toOrder(await rest.submitNewOrder(toRequest(o))),
        query: async (o) => toOrder(await rest.getOrder(named(o))),
        openOrders: async () => (await rest.getAllOpenOrders({ symbol })).map(toOrder),
        amend: async (o, quantity, price) => toOrder(await rest.modifyOrder({ ...named(o), side: 'BUY', quantity, price })),
        cancel: async (o) => toOrder(await rest.cancelOrder(named(o))),
        placeBatch: async (list) => (await rest.submitMultipleOrders(list.map(toRequest))).map(toOrder),
        cancelBatch: async (list) => (await rest.cancelMultipleOrders({ symbol, orderIdList: list.map((o) => Number(o.id)) })).map(toOrder),
        cancelAll: () => rest.cancelAllOpenOrders({ symbol }),
        countdown: async (countdownTime) => Number((await rest.setCancelOrdersOnTimeout({ symbol, countdownTime })).countdownTime),
        placeStop: async (o) => toStop(await rest.submitNewAlgoOrder(toStopRequest(o))),
        openStops: async () => (await rest.getOpenAlgoOrders({ symbol })).map(toStop),
        cancelStop: (o) => rest.cancelAlgoOrder({ algoId: o.id }),
        fills: async (o) => (await rest.getAccountTrades({ symbol, orderId: o.id })).map(toFill),

        async requests() {
            // It appends the path itself.
            const api = new WebsocketAPIClient({ ...keys, wsUrl: server.socketUrl, attachEventListeners: false }, silent);
            api.getWSClient().on('exception', () => {});
            const result = async (call) => {
                try {
                    return toOrder((await call).result);
                } catch (refused) {
                    throw refused.error ?? refused;
                }
            };
            // It signs what it is given and leaves the timestamp to its caller.
            const stamped = (request) => ({ ...request, timestamp: Date.now() });
            return {
                place: (o) => result(api.submitNewFuturesOrder('usdm', stamped(toRequest(o)))),
                amend: (o, quantity, price) => result(api.modifyFuturesOrder('usdm', stamped({ ...named(o), side: 'BUY', quantity, price }))),
                query: (o) => result(api.getFuturesOrderStatus('usdm', stamped(named(o)))),
                cancel: (o) => result(api.cancelFuturesOrder('usdm', stamped(named(o)))),
                close: () => api.getWSClient().closeAll(true),
            };
        },
        balance: async () => ({ wallet: Number((await rest.getBalanceV3())[0].balance) }),
        positions: async () => (await rest.getPositionsV3({ symbol })).map(toPosition),
        setLeverage: async (leverage) => ({ leverage: Number((await rest.setLeverage({ symbol, leverage })).leverage) }),
        brackets: async () => (await rest.getNotionalAndLeverageBrackets({ symbol }))[0].brackets.map((b) => ({ leverage: Number(b.initialLeverage) })),
        setMarginType: (marginType) => rest.setMarginType({ symbol, marginType }),
        setHedge: (on) => rest.setPositionMode({ dualSidePosition: String(on) }),
        addMargin: (amount) => rest.setIsolatedPositionMargin({ symbol, amount, type: '1' }),
        income: async (incomeType) => (await rest.getIncomeHistory({ symbol, incomeType, limit: 1000 })).map(toIncome),
        fundingRates: async () => (await rest.getFundingRateHistory({ symbol })).map(toRate),
        forceOrders: async () => (await rest.getForceOrders({ symbol })).map(toOrder),
    };
}
