// What the clients share that hand out the venue's own spelling: from its fields to those of the scenario, and back.
export const symbol = 'BTCUSDT';

export const toRequest = (o) => ({
    symbol, side: o.side, type: o.type, quantity: o.quantity, ...(o.price !== undefined && { price: o.price }), ...(o.tif && { timeInForce: o.tif }),
    ...(o.reduceOnly && { reduceOnly: 'true' }), ...(o.clientId && { newClientOrderId: o.clientId }), ...(o.positionSide && { positionSide: o.positionSide }),
    ...(o.result && { newOrderRespType: 'RESULT' }),
});

/** An order of a batch: its numbers as text, as in the venue's own examples. */
export const toItem = (o) => Object.fromEntries(Object.entries(toRequest(o)).map(([name, value]) => [name, String(value)]));

export const toStopRequest = (o) => ({
    algoType: 'CONDITIONAL', symbol, side: o.side, type: o.type, quantity: o.quantity, triggerPrice: o.trigger, clientAlgoId: o.clientId,
});

/** Names an order by its id, or by its client id where only that is known. */
export const named = (o) => (o.id ? { symbol, orderId: o.id } : { symbol, origClientOrderId: o.clientId });

export const toOrder = (o) => (o.code < 0 ? { code: Number(o.code) } : {
    id: String(o.orderId), clientId: o.clientOrderId, status: o.status, executed: Number(o.executedQty), quantity: Number(o.origQty),
    price: Number(o.price), average: Number(o.avgPrice),
});

export const toStop = (o) => ({ id: String(o.algoId), clientId: o.clientAlgoId, status: o.algoStatus, trigger: Number(o.triggerPrice) });

export function toRules(information) {
    const market = information.symbols.find((each) => each.symbol === symbol);
    const filters = Object.fromEntries(market.filters.map((filter) => [filter.filterType, filter]));
    return {
        status: market.status, tick: Number(filters.PRICE_FILTER.tickSize), step: Number(filters.LOT_SIZE.stepSize), notionalMin: Number(filters.MIN_NOTIONAL.notional),
    };
}

export const toCandle = (c) => ({ openMs: Number(c[0]), open: Number(c[1]), high: Number(c[2]), low: Number(c[3]), close: Number(c[4]), volume: Number(c[5]) });

export const toMark = (mark) => ({
    mark: Number(mark.markPrice), index: Number(mark.indexPrice), rate: Number(mark.lastFundingRate), nextFundingMs: Number(mark.nextFundingTime),
});

export const toFill = (f) => ({ price: Number(f.price), quantity: Number(f.qty), fee: Number(f.commission), maker: f.maker });

export const toPosition = (p) => ({
    side: p.positionSide, quantity: Number(p.positionAmt), entry: Number(p.entryPrice), liquidation: Number(p.liquidationPrice), isolated: Number(p.isolatedWallet),
});

export const toIncome = (i) => ({ amount: Number(i.income), timeMs: Number(i.time) });

export const toRate = (r) => ({ rate: Number(r.fundingRate), mark: Number(r.markPrice), timeMs: Number(r.fundingTime) });

/** What a promise was rejected with, or undefined. */
export async function thrownBy(call) {
    try {
        await call;
        return undefined;
    } catch (thrown) {
        return thrown;
    }
}
