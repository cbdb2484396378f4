// The life of orders: placed, amended, partly filled, cancelled, in batches, by countdown, conditional.
import { onGrid, until } from '../checks.js';
import { close, far, newId, orderEvent } from './helpers.js';

export async function userStream(context) {
    const { client, checks, events } = context;
    await client.watchUser();
    const placed = await client.place(await far(context));
    await checks.eventually('a new order arrives', () => orderEvent(events, placed.clientId, 'NEW'));
    await client.cancel(placed);
    await checks.eventually('its end arrives', () => orderEvent(events, placed.clientId, 'CANCELED'));
}

export async function place(context) {
    const { client, checks } = context;
    const order = await far(context);
    const placed = await client.place(order);
    checks.equal('status', placed.status, 'NEW');
    checks.equal('client id', placed.clientId, order.clientId);
    checks.near('executed', placed.executed, 0);
    const queried = await client.query(placed);
    checks.equal('the same id', queried.id, placed.id);
    checks.near('price', queried.price, order.price);
    checks.near('quantity', queried.quantity, order.quantity);
    checks.check('it is open', (await client.openOrders()).some((each) => each.id === placed.id));
    checks.equal('a duplicate id', await client.refusal(client.place(order)), -4116);
    checks.equal('cancelled', (await client.cancel(placed)).status, 'CANCELED');
    checks.equal('cancelling again', await client.refusal(client.cancel(placed)), -2011);
    checks.equal('it is remembered', (await client.query(placed)).status, 'CANCELED');
    checks.equal('post-only that would trade', await client.refusal(client.place({ ...order, clientId: newId(), price: onGrid(order.price * 1.04, 0.1) })), -5022);
}

export async function amend(context) {
    const { client, checks, events } = context;
    const placed = await client.place(await far(context));
    const price = onGrid(placed.price - 10, 0.1);
    const amended = await client.amend(placed, 0.02, price);
    checks.equal('id', amended.id, placed.id);
    checks.near('price', amended.price, price);
    checks.near('quantity', amended.quantity, 0.02);
    if (client.tellsExecutions) await checks.eventually('AMENDMENT arrives', () => events.find((each) => each.clientId === placed.clientId && each.execution === 'AMENDMENT'));
    checks.equal('amending to the same', await client.refusal(client.amend(placed, 0.02, price)), -5027);
    await client.cancel(placed);
}

export async function partialFill(context) {
    const { client, checks, events } = context;
    // More than the best ask holds, at its price: the rest becomes the best bid.
    const { asks } = await client.book(5);
    const order = { side: 'BUY', type: 'LIMIT', tif: 'GTC', quantity: onGrid(asks[0][1] + 10, 0.001), price: asks[0][0], clientId: newId() };
    const placed = await client.place({ ...order, result: true });
    let seen = await until(async () => {
        const now = await client.query(placed);
        return now.executed > 0 && now;
    }, 20_000, 250);
    if (!checks.check('it trades', seen)) return;
    checks.equal('status', seen.status, 'PARTIALLY_FILLED');
    checks.check('part of it', seen.executed > 0 && seen.executed < order.quantity && seen.average <= order.price, seen);
    await checks.eventually('the partial fill arrives', () => orderEvent(events, order.clientId, 'PARTIALLY_FILLED'));
    await checks.eventually('the account change arrives', () => events.some((each) => each.type === 'account' && each.positions.some((p) => p.quantity > 0)));
    const away = await client.amend(placed, order.quantity, onGrid(order.price * 0.98, 0.1));
    checks.near('the amended rest keeps its fills', away.executed, (await client.query(placed)).executed);
    const ended = await client.cancel(placed);
    checks.equal('cancelled', ended.status, 'CANCELED');
    seen = await client.query(placed);
    const fills = await client.fills(placed);
    checks.near('fills add up', fills.reduce((sum, fill) => sum + fill.quantity, 0), seen.executed);
    checks.check('fees are paid', fills.every((fill) => Math.abs(fill.fee - fill.price * fill.quantity * (fill.maker ? 0.0002 : 0.0005)) < 1e-6), fills[0]);
    const [position] = await client.positions();
    checks.near('position', position.quantity, seen.executed);
    checks.near('entry', position.entry, seen.average, 0.01);
    await close(context);
    checks.check('closed', (await client.positions()).every((each) => each.quantity === 0));
}

export async function marketOrder(context) {
    const { client, checks, events, exchange } = context;
    const filled = await client.place({ side: 'BUY', type: 'MARKET', quantity: 0.01, clientId: newId(), result: true });
    checks.equal('status', filled.status, 'FILLED');
    checks.check('average price', filled.executed === 0.01 && filled.average > 0, filled);
    await checks.eventually('the fill arrives', () => orderEvent(events, filled.clientId, 'FILLED'));
    await close(context);
    checks.equal('reducing nothing', await client.refusal(client.place({ side: 'SELL', type: 'MARKET', quantity: 0.01, reduceOnly: true })), -2022);
    checks.equal('too much', await client.refusal(client.place({ side: 'BUY', type: 'LIMIT', tif: 'GTC', quantity: 900, price: filled.average })), -2019);
    const audit = await exchange.audit();
    checks.near('the wallet agrees with the audit', (await client.balance()).wallet, Number(audit.wallet.balance), 1e-6);
}

export async function socketRequests(context) {
    const { client, checks } = context;
    const socket = await client.requests();
    const order = await far(context);
    const placed = await socket.place(order);
    checks.equal('placed', placed.status, 'NEW');
    checks.equal('client id', placed.clientId, order.clientId);
    checks.equal('a duplicate id', await client.refusal(socket.place(order)), -4116);
    const amended = await socket.amend(placed, 0.02, onGrid(order.price - 10, 0.1));
    checks.near('amended', amended.quantity, 0.02);
    checks.near('found', (await socket.query(placed)).price, order.price - 10);
    checks.equal('cancelled', (await socket.cancel(placed)).status, 'CANCELED');
    checks.equal('cancelling again', await client.refusal(socket.cancel(placed)), -2011);
    await socket.close?.();
}

export async function batch(context) {
    const { client, checks } = context;
    const orders = [await far(context), await far(context, { quantity: 0.02 }), await far(context)];
    orders[2].price = onGrid(orders[2].price * 1.04, 0.1);
    const results = await client.placeBatch(orders);
    checks.equal('results', results.length, 3);
    checks.equal('first', results[0].status, 'NEW');
    checks.near('second', results[1].quantity, 0.02);
    checks.equal('third', results[2].code, -5022);
    const cancelled = await client.cancelBatch([results[0], results[1]]);
    checks.check('cancelled', cancelled.length === 2 && cancelled.every((each) => each.status === 'CANCELED'), cancelled);
    checks.equal('open orders', (await client.openOrders()).length, 0);
}

export async function cancelAll(context) {
    const { client, checks } = context;
    for (let i = 0; i < 3; i += 1) await client.place(await far(context));
    checks.equal('open orders', (await client.openOrders()).length, 3);
    await client.cancelAll();
    checks.equal('open orders', (await client.openOrders()).length, 0);
}

export async function countdown(context) {
    const { client, checks, events } = context;
    const kept = await client.place(await far(context));
    checks.near('it is armed', await client.countdown(600_000), 600_000);
    checks.near('disarmed', await client.countdown(0), 0);
    checks.near('armed for a moment', await client.countdown(300), 300);
    await checks.eventually('the order is cancelled', async () => (await client.openOrders()).length === 0);
    await checks.eventually('and its end arrives', () => orderEvent(events, kept.clientId, 'CANCELED') ?? orderEvent(events, kept.clientId, 'EXPIRED'));
}

export async function conditional(context) {
    const { client, checks, events, exchange } = context;
    const { bids, asks } = await client.book(5);
    const far = { side: 'SELL', type: 'STOP_MARKET', quantity: 0.01, trigger: onGrid(bids[0][0] * 0.95, 0.1), clientId: newId() };
    const stop = await client.placeStop(far);
    checks.equal('client id', stop.clientId, far.clientId);
    checks.check('it is listed', (await client.openStops()).some((each) => each.id === stop.id && Math.abs(each.trigger - far.trigger) < 1e-9));
    if (client.tellsConditionals) await checks.eventually('it arrives', () => events.find((each) => each.type === 'algo' && each.clientId === stop.clientId && each.status === 'NEW'));
    await client.cancelStop(stop);
    checks.equal('waiting ones', (await client.openStops()).length, 0);
    checks.equal('on the wrong side', await client.refusal(client.placeStop({ ...far, clientId: newId(), trigger: onGrid(asks[0][0] * 1.03, 0.1) })), -2021);

    const near = { side: 'BUY', type: 'STOP_MARKET', quantity: 0.01, trigger: onGrid((await client.book(5)).asks[0][0] * 1.0002, 0.1), clientId: newId() };
    await client.placeStop(near);
    await exchange.speed(200);
    await checks.eventually('it triggers', async () => (await client.positions()).some((each) => each.quantity === 0.01), 30_000);
    await exchange.speed(1);
    if (client.tellsConditionals) {
        await checks.eventually('its end arrives', () => events.find((each) => each.type === 'algo' && each.clientId === near.clientId && each.status === 'FINISHED'));
    }
    checks.equal('waiting ones', (await client.openStops()).length, 0);
    await close(context);
}
