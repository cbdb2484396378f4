// Every step of the scenario, in order. A step gets { client, exchange, checks, events, rules } and leaves the account flat.
import { clockSkew, dayCut, listenKeyExpiry, rateLimited, unknownOutcome, weightUsedUp } from './failures.js';
import { funding, leverage, liquidation, marginType } from './margin.js';
import { bookAndTrades, candles, loadMarkets, markPrice, streams } from './market.js';
import { amend, batch, cancelAll, conditional, countdown, marketOrder, partialFill, place, socketRequests, userStream } from './orders.js';

export const steps = {
    loadMarkets, candles, bookAndTrades, markPrice, streams, userStream, place, amend, partialFill, marketOrder, batch, cancelAll, countdown, conditional, socketRequests,
    leverage, marginType, funding, liquidation, unknownOutcome, clockSkew, rateLimited, listenKeyExpiry, dayCut, weightUsedUp,
};
