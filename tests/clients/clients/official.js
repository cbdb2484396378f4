// The venue's own SDK.
import { DerivativesTradingUsdsFutures } from '@binance/derivatives-trading-usds-futures';
import { apiKey, apiSecret } from '../exchange.js';
import {
    named, symbol, thrownBy, toCandle, toFill, toIncome, toItem, toMark, toOrder, toPosition, toRate, toRequest, toRules, toStop, toStopRequest,
} from './venue.js';

export async function create(exchange, events) {
    console.info = console.warn = () => {};
    const sdk = new DerivativesTradingUsdsFutures({
        configurationRestAPI: { apiKey, apiSecret, basePath: exchange.url, timeout: 5000, retries: 0 },
        configurationWebsocketStreams: { wsURL: exchange.socketUrl, reconnectDelay: 500 },
        configurationWebsocketAPI: { apiKey, apiSecret, wsURL: `${exchange.socketUrl}/ws-fapi/v1` },
    });
    const rest = sdk.restAPI;
    const data = async (call) => (await call).data();
    let stream;

    const onUser = (e) => {
        if (e.e === 'ORDER_TRADE_UPDATE') events.push({ type: 'order', id: String(e.o.i), clientId: e.o.c, status: e.o.X, execution: e.o.x });
        if (e.e === 'ACCOUNT_UPDATE') events.push({ type: 'account', reason: e.a.m, positions: e.a.P.map((p) => ({ quantity: Number(p.pa), side: p.ps })) });
        if (e.e === 'ALGO_UPDATE') events.push({ type: 'algo', clientId: e.o.caid, status: e.o.X });
        if (e.e === 'ACCOUNT_CONFIG_UPDATE') events.push({ type: 'leverage', leverage: Number(e.ac?.l) });
        if (e.e === 'listenKeyExpired') events.push({ type: 'expired' });
    };
    const watchUser = async () => {
        const { listenKey } = await data(rest.startUserDataStream());
        stream.userData(listenKey).on('message', onUser);
    };
    return {
        cannot: {},
        hidesServerCodes: true,
        watchesMarks: true, tellsExecutions: true, tellsConditionals: true, tellsLeverage: true, tellsReasons: true, tellsExpiry: true, tellsClientIdOfOthers: true,

        async refusal(call) {
            const thrown = await thrownBy(call);
            if (thrown === undefined) return 'accepted';
            if (thrown.statusCode >= 500) return thrown.statusCode;
            return typeof thrown.code === 'number' ? thrown.code : thrown.name === 'NetworkError' ? 'network' : thrown.message;
        },
        async refusalText(call) {
            const thrown = await thrownBy(call);
            return `${thrown?.name} ${thrown?.message}`;
        },

        market: async () => toRules(await data(rest.exchangeInformation())),
        time: async () => Number((await data(rest.checkServerTime())).serverTime),
        candles: async (limit) => (await data(rest.klineCandlestickData({ symbol, interval: '1m', limit }))).map(toCandle),
        async book(limit) {
            const book = await data(rest.orderBook({ symbol, limit }));
            return { bids: book.bids.map((level) => level.map(Number)), asks: book.asks.map((level) => level.map(Number)) };
        },
        trades: async (limit) => (await data(rest.compressedAggregateTradesList({ symbol, limit }))).map((t) => ({ price: Number(t.p), quantity: Number(t.q) })),
        markPrice: async () => toMark(await data(rest.markPrice({ symbol }))),
        async watchMarket() {
            stream = await sdk.websocketStreams.connect();
            const name = symbol.toLowerCase();
            stream.aggregateTradeStreams({ symbol: name }).on('message', (e) => events.push({ type: 'trade', id: Number(e.a), price: Number(e.p) }));
            stream.partialBookDepthStreams({ symbol: name, levels: 5, updateSpeed: '100ms' })
                .on('message', (e) => events.push({ type: 'book', bid: Number(e.b[0][0]), ask: Number(e.a[0][0]) }));
            stream.markPriceStream({ symbol: name, updateSpeed: '1s' }).on('message', (e) => events.push({ type: 'mark', mark: Number(e.p) }));
        },
        watchUser,
        renewUser: watchUser,

        place: async (o) => toOrder(await data(rest.newOrder(toRequest(o)))),
        query: async (o) => toOrder(await data(rest.queryOrder(named(o)))),
        openOrders: async () => (await data(rest.currentAllOpenOrders({ symbol }))).map(toOrder),
        amend: async (o, quantity, price) => toOrder(await data(rest.modifyOrder({ ...named(o), side: 'BUY', quantity, price }))),
        cancel: async (o) => toOrder(await data(rest.cancelOrder(named(o)))),
        placeBatch: async (list) => (await data(rest.placeMultipleOrders({ batchOrders: list.map(toItem) }))).map(toOrder),
        cancelBatch: async (list) => (await data(rest.cancelMultipleOrders({ symbol, orderIdList: list.map((o) => Number(o.id)) }))).map(toOrder),
        cancelAll: () => data(rest.cancelAllOpenOrders({ symbol })),
        countdown: async (countdownTime) => Number((await data(rest.autoCancelAllOpenOrders({ symbol, countdownTime }))).countdownTime),
        placeStop: async (o) => toStop(await data(rest.newAlgoOrder(toStopRequest(o)))),
        openStops: async () => (await data(rest.currentAllAlgoOpenOrders({ symbol }))).map(toStop),
        cancelStop: (o) => data(rest.cancelAlgoOrder({ algoId: o.id })),
        fills: async (o) => (await data(rest.accountTradeList({ symbol, orderId: o.id }))).map(toFill),

        async requests() {
            const socket = await sdk.websocketAPI.connect();
            return {
                place: async (o) => toOrder((await socket.newOrder(toRequest(o))).data),
                amend: async (o, quantity, price) => toOrder((await socket.modifyOrder({ ...named(o), side: 'BUY', quantity, price })).data),
                query: async (o) => toOrder((await socket.queryOrder(named(o))).data),
                cancel: async (o) => toOrder((await socket.cancelOrder(named(o))).data),
                close: () => socket.disconnect(),
            };
        },
        balance: async () => ({ wallet: Number((await data(rest.futuresAccountBalanceV3()))[0].balance) }),
        positions: async () => (await data(rest.positionInformationV3({ symbol }))).map(toPosition),
        async setLeverage(leverage) {
            return { leverage: Number((await data(rest.changeInitialLeverage({ symbol, leverage }))).leverage) };
        },
        brackets: async () => (await data(rest.notionalAndLeverageBrackets({ symbol })))[0].brackets.map((b) => ({ leverage: Number(b.initialLeverage) })),
        setMarginType: (marginType) => data(rest.changeMarginType({ symbol, marginType })),
        setHedge: (on) => data(rest.changePositionMode({ dualSidePosition: String(on) })),
        addMargin: (amount) => data(rest.modifyIsolatedPositionMargin({ symbol, amount, type: 1 })),
        income: async (incomeType) => (await data(rest.getIncomeHistory({ symbol, incomeType, limit: 1000 }))).map(toIncome),
        fundingRates: async () => (await data(rest.getFundingRateHistory({ symbol }))).map(toRate),
        forceOrders: async () => (await data(rest.usersForceOrders({ symbol }))).map(toOrder),
    };
}
