// What the steps share.
import { onGrid } from '../checks.js';

let number = 0;

/** A client order id that nobody has used. */
export const newId = () => `gc-${Date.now()}-${++number}`;

/** A bid two percent below the market: it rests. */
export async function far({ client, rules }, more = {}) {
    const { bids } = await client.book(5);
    const price = onGrid(bids[0][0] * 0.98, rules.tick, Math.floor);
    return { side: 'BUY', type: 'LIMIT', tif: 'GTX', quantity: 0.01, price, clientId: newId(), ...more };
}

/** The event of the user stream that told this status of an order. */
export const orderEvent = (events, clientId, status) => events.find((each) => each.type === 'order' && each.clientId === clientId && each.status === status);

/** Brings the account back to flat. */
export async function close({ client }) {
    for (const position of await client.positions()) {
        if (position.quantity === 0) continue;
        const side = position.quantity > 0 ? 'SELL' : 'BUY';
        const extra = position.side === 'BOTH' ? { reduceOnly: true } : { positionSide: position.side };
        await client.place({ side, type: 'MARKET', quantity: Math.abs(position.quantity), clientId: newId(), ...extra });
    }
}
