// What goes wrong on a venue, and that the client says so and lives on. The last two steps use up the client's request weight.
import { pause, until } from '../checks.js';
import { far, orderEvent } from './helpers.js';

const order = 'POST /fapi/v1/order';

export async function unknownOutcome(context) {
    const { client, checks, exchange } = context;
    // Accepted by the exchange, but the answer says that nobody knows, or never comes.
    for (const [kind, code] of [['UnknownAfter', -1007], ['LostAfter', 'network']]) {
        const expected = code === -1007 && client.hidesServerCodes ? 503 : code;
        await exchange.faults({ kind, request: order, times: 1 });
        const wanted = await far(context);
        checks.equal(kind, await client.refusal(client.place(wanted)), expected);
        await exchange.noFaults();
        const found = await client.query({ clientId: wanted.clientId });
        checks.equal(`${kind}: the order is there`, found.status, 'NEW');
        await client.cancel(found);
    }
    await exchange.faults({ kind: 'Overloaded', request: order, times: 1 });
    const refused = await far(context);
    checks.equal('overloaded', await client.refusal(client.place(refused)), client.hidesServerCodes ? 503 : -1008);
    await exchange.noFaults();
    checks.equal('overloaded: the order is not there', await client.refusal(client.query({ clientId: refused.clientId })), -2013);
}

export async function clockSkew(context) {
    const { client, checks, exchange } = context;
    const balances = ['v2/balance', 'v3/balance', 'v2/account', 'v3/account'];
    await exchange.faults(...balances.map((path) => ({ kind: 'ClockSkew', request: `GET /fapi/${path}`, value: 60_000, times: 1 })));
    checks.equal('a timestamp too old', await client.refusal(client.balance()), -1021);
    await exchange.noFaults();
    checks.check('and then it is served', (await client.balance()).wallet > 0);
}

export async function listenKeyExpiry(context) {
    const { client, checks, exchange, events } = context;
    await exchange.faults({ kind: 'ListenKeyLost', account: 'main', times: 1 });
    await client.openOrders();
    await exchange.noFaults();
    if (client.tellsExpiry) await checks.eventually('listenKeyExpired arrives', () => events.some((each) => each.type === 'expired'));
    await client.renewUser();
    const placed = await client.place(await far(context));
    await checks.eventually('orders arrive again', () => orderEvent(events, placed.clientId, 'NEW'));
    await client.cancel(placed);
}

export async function dayCut(context) {
    const { client, checks, exchange, events } = context;
    const { closed } = await exchange.closeSessions();
    checks.check('sockets were open', closed > 0, closed);
    // What was under way when the sockets closed is over by then.
    await pause(200);
    const before = events.length;
    await client.afterCut?.();
    await checks.eventually('trades arrive again', () => events.slice(before).filter((each) => each.type === 'trade').length >= 3, 30_000);
    const placed = await until(async () => {
        const each = await client.place(await far(context));
        const arrived = await until(() => orderEvent(events, each.clientId, 'NEW'), 2000);
        await client.cancel(each);
        return arrived;
    }, 20_000);
    checks.check('orders arrive again', placed);
}

export async function rateLimited(context) {
    const { client, checks, exchange } = context;
    await exchange.faults({ kind: 'RateLimited', request: order, value: 1, times: 1 });
    checks.equal('429', await client.refusal(client.place(await far(context))), -1003);
    await exchange.noFaults();
    const placed = await client.place(await far(context));
    checks.equal('and then it is served', placed.status, 'NEW');
    await client.cancelAll();
}

export async function weightUsedUp({ client, checks }) {
    let refusal = 'accepted';
    let calls = 0;
    for (; calls < 400 && refusal === 'accepted'; calls += 1) refusal = await client.refusal(client.trades(1));
    checks.equal(`after ${calls} calls`, refusal, -1003);
    for (let i = 0; i < 25; i += 1) await client.refusal(client.trades(1));
    const banned = await client.refusalText(client.trades(1));
    checks.check('who does not stop is banned', /banned|418/.test(banned), banned);
}
