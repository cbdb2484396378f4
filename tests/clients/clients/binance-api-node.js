// binance-api-node: raw /ws/<stream> sockets, a signed query on every verb.
import Binance from 'binance-api-node';
import { apiKey, apiSecret } from '../exchange.js';
import { named, symbol, thrownBy, toFill, toIncome, toItem, toMark, toOrder, toPosition, toRate, toRequest, toRules, toStop, toStopRequest } from './venue.js';

export async function create(server, events) {
    const api = (Binance.default ?? Binance)({
        apiKey, apiSecret, httpFutures: server.url,
        wsFuturesPublic: `${server.socketUrl}/public/ws`, wsFuturesMarket: `${server.socketUrl}/market/ws`, wsFuturesPrivate: `${server.socketUrl}/private/ws`,
    });
    let closeUser;

    const onUser = (e) => {
        if (e.eventType === 'ORDER_TRADE_UPDATE') events.push({ type: 'order', id: String(e.orderId), clientId: e.clientOrderId, status: e.orderStatus, execution: e.executionType });
        if (e.eventType === 'ACCOUNT_UPDATE') {
            events.push({ type: 'account', reason: e.eventReasonType, positions: e.positions.map((p) => ({ quantity: Number(p.positionAmount), side: p.positionSide })) });
        }
        // It knows no transform for this event and hands out its members as they came.
        if (e.type === 'ALGO_UPDATE') events.push({ type: 'algo', clientId: e.o.caid, status: e.o.X });
        if (e.eventType === 'ACCOUNT_CONFIG_UPDATE') events.push({ type: 'leverage', leverage: Number(e.leverage) });
        if (e.eventType === 'USER_DATA_STREAM_EXPIRED') events.push({ type: 'expired' });
    };
    const watchUser = async () => {
        closeUser = await api.ws.futuresUser(onUser);
    };

    return {
        cannot: { countdown: 'the client has no call for countdownCancelAll', socketRequests: 'the client has no requests over a socket' },
        watchesMarks: true, tellsExecutions: true, tellsConditionals: true, tellsLeverage: true, tellsReasons: true, tellsExpiry: true, tellsClientIdOfOthers: true,

        async refusal(call) {
            const thrown = await thrownBy(call);
            if (thrown === undefined) return 'accepted';
            return typeof thrown.code === 'number' ? thrown.code : thrown.name === 'FetchError' || thrown.message === 'fetch failed' ? 'network' : thrown.message;
        },
        refusalText: async (call) => String((await thrownBy(call))?.message),

        market: async () => toRules(await api.futuresExchangeInfo()),
        time: () => api.futuresTime(),
        candles: async (limit) => (await api.futuresCandles({ symbol, interval: '1m', limit }))
            .map((c) => ({ openMs: c.openTime, open: Number(c.open), high: Number(c.high), low: Number(c.low), close: Number(c.close), volume: Number(c.volume) })),
        async book(limit) {
            const book = await api.futuresBook({ symbol, limit });
            const levels = (side) => side.map((level) => [Number(level.price), Number(level.quantity)]);
            return { bids: levels(book.bids), asks: levels(book.asks) };
        },
        trades: async (limit) => (await api.futuresAggTrades({ symbol, limit })).map((t) => ({ price: Number(t.price), quantity: Number(t.quantity) })),
        markPrice: async () => toMark(await api.futuresMarkPrice({ symbol })),
        async watchMarket() {
            api.ws.futuresAggTrades(symbol, (e) => events.push({ type: 'trade', id: Number(e.aggId), price: Number(e.price) }));
            api.ws.futuresPartialDepth(
                { symbol: `${symbol}@100ms`, level: 5 }, (e) => events.push({ type: 'book', bid: Number(e.bidDepth[0].price), ask: Number(e.askDepth[0].price) }));
            api.ws.futuresMarkPrice({ symbol, updateSpeed: '1s' }, (e) => events.push({ type: 'mark', mark: Number(e.markPrice) }));
        },
        watchUser,
        async renewUser() {
            await thrownBy(closeUser());
            await watchUser();
        },

        place: async (o) => toOrder(await api.futuresOrder(toRequest(o))),
        query: async (o) => toOrder(await api.futuresGetOrder(named(o))),
        openOrders: async () => (await api.futuresOpenOrders({ symbol })).map(toOrder),
        amend: async (o, quantity, price) => toOrder(await api.futuresUpdateOrder({ ...named(o), side: 'BUY', quantity, price })),
        cancel: async (o) => toOrder(await api.futuresCancelOrder(named(o))),
        placeBatch: async (list) => (await api.futuresBatchOrders({ batchOrders: JSON.stringify(list.map(toItem)) })).map(toOrder),
        cancelBatch: async (list) => (await api.futuresCancelBatchOrders({ symbol, orderIdList: JSON.stringify(list.map((o) => Number(o.id))) })).map(toOrder),
        cancelAll: () => api.futuresCancelAllOpenOrders({ symbol }),
        placeStop: async (o) => toStop(await api.futuresCreateAlgoOrder(toStopRequest(o))),
        openStops: async () => (await api.futuresGetOpenAlgoOrders({ symbol })).map(toStop),
        cancelStop: (o) => api.futuresCancelAlgoOrder({ algoId: o.id }),
        fills: async (o) => (await api.futuresUserTrades({ symbol, orderId: o.id })).map(toFill),

        balance: async () => ({ wallet: Number((await api.futuresAccountBalance())[0].balance) }),
        // The second version names every symbol, flat or not.
        positions: async () => (await api.futuresPositionRisk({ symbol })).map(toPosition).filter((each) => each.quantity !== 0),
        setLeverage: async (leverage) => ({ leverage: Number((await api.futuresLeverage({ symbol, leverage })).leverage) }),
        brackets: async () => (await api.futuresLeverageBracket({ symbol }))[0].brackets.map((b) => ({ leverage: Number(b.initialLeverage) })),
        setMarginType: (marginType) => api.futuresMarginType({ symbol, marginType }),
        setHedge: (on) => api.futuresPositionModeChange({ dualSidePosition: String(on), recvWindow: 5000 }),
        addMargin: (amount) => api.futuresPositionMargin({ symbol, amount, type: 1 }),
        income: async (incomeType) => (await api.futuresIncome({ symbol, incomeType, limit: 1000 })).map(toIncome),
        fundingRates: async () => (await api.futuresFundingRate({ symbol })).map(toRate),
        async forceOrders() {
            // It asks an endpoint that the venue has retired; its own orders with the venue's client ids are the same ones.
            return (await api.futuresAllOrders({ symbol })).map(toOrder).filter((o) => o.clientId.startsWith('autoclose-'));
        },
    };
}
