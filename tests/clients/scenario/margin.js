// Leverage, margin type, position mode, funding and liquidation. Minutes and hours of the market pass in seconds.
import { until } from '../checks.js';
import { close, far, newId } from './helpers.js';

/** Market seconds per second: an hour in a few seconds, with room left for the requests. */
const fast = 1500;
const waitMs = 60_000;
const pauseMs = 500;

export async function leverage(context) {
    const { client, checks, events } = context;
    checks.equal('leverage', (await client.setLeverage(50)).leverage, 50);
    if (client.tellsLeverage) await checks.eventually('the change arrives', () => events.find((each) => each.type === 'leverage' && each.leverage === 50));
    checks.equal('beyond the brackets', await client.refusal(client.setLeverage(151)), -4028);
    checks.equal('brackets begin at', (await client.brackets())[0].leverage, 150);
    checks.equal('leverage', (await client.setLeverage(20)).leverage, 20);
}

export async function marginType(context) {
    const { client, checks } = context;
    await client.setMarginType('ISOLATED');
    checks.equal('no change', await client.refusal(client.setMarginType('ISOLATED')), -4046);
    const resting = await client.place(await far(context));
    checks.equal('with open orders', await client.refusal(client.setMarginType('CROSSED')), -4047);
    await client.cancel(resting);
    await client.place({ side: 'BUY', type: 'MARKET', quantity: 0.1, clientId: newId() });
    const [position] = await client.positions();
    checks.check('the position has a margin of its own', position.isolated > 0 && position.liquidation > 0 && position.liquidation < position.entry, position);
    await client.addMargin(100);
    checks.near('margin added', (await client.positions())[0].isolated - position.isolated, 100, 1);
    checks.equal('with a position', await client.refusal(client.setMarginType('CROSSED')), -4048);
    await close(context);
    await client.setMarginType('CROSSED');
}

export async function funding(context) {
    const { client, checks, events, exchange } = context;
    await client.place({ side: 'BUY', type: 'MARKET', quantity: 0.5, clientId: newId() });
    const before = (await client.income('FUNDING_FEE')).length;
    await exchange.speed(fast);
    const paid = await until(async () => (await client.income('FUNDING_FEE')).slice(before).at(-1), waitMs, pauseMs);
    await exchange.speed(1);
    if (!checks.check('funding is charged', paid)) return;
    const rates = await client.fundingRates();
    const due = rates.find((each) => Math.abs(each.timeMs - paid.timeMs) < 60_000);
    checks.check('its rate is published', due !== undefined, rates);
    if (due?.mark > 0) checks.near('amount', paid.amount, -0.5 * due.mark * due.rate, 1e-6);
    if (client.tellsReasons) await checks.eventually('the account change arrives', () => events.find((each) => each.type === 'account' && each.reason === 'FUNDING_FEE'));
    await close(context);
}

export async function liquidation(context) {
    const { client, checks, events, exchange } = context;
    // Both ways at the highest leverage: whichever way the market goes, one of them goes.
    await client.setHedge(true);
    checks.equal('no change', await client.refusal(client.setHedge(true)), -4059);
    await client.setMarginType('ISOLATED');
    await client.setLeverage(150);
    for (const [side, positionSide] of [['BUY', 'LONG'], ['SELL', 'SHORT']]) {
        await client.place({ side, positionSide, type: 'MARKET', quantity: 0.5, clientId: newId() });
    }
    const held = await client.positions();
    checks.check('both are held', ['LONG', 'SHORT'].every((side) => held.some((each) => each.side === side && Math.abs(each.quantity) === 0.5)), held);
    checks.equal('without a side', await client.refusal(client.place({ side: 'BUY', type: 'MARKET', quantity: 0.01, positionSide: 'BOTH' })), -4061);
    await exchange.speed(fast);
    const left = await until(async () => {
        const now = (await client.positions()).filter((each) => each.quantity !== 0);
        return now.length < 2 && { now };
    }, waitMs, pauseMs);
    await exchange.speed(1);
    if (!checks.check('one is liquidated', left)) return;
    const forced = await client.forceOrders();
    checks.check('the liquidation order is told', forced.length >= 1 && forced.every((each) => each.status === 'FILLED'), forced);
    if (client.tellsClientIdOfOthers) await checks.eventually('its fill arrives', () => events.find((each) => each.type === 'order' && each.clientId?.startsWith('autoclose-') && each.status === 'FILLED'));
    await close(context);
    checks.check('flat', (await client.positions()).every((each) => each.quantity === 0));
    await client.setHedge(false);
    await client.setMarginType('CROSSED');
    await client.setLeverage(20);
    const audit = await exchange.audit();
    checks.near('the wallet agrees with the audit', (await client.balance()).wallet, Number(audit.wallet.balance), 1e-6);
}
