// The commands: what each does, in the words that are read before it is given.
import { money, plain } from '../format.js';

export const COMMANDS = [
    { name: 'reduce-only', title: 'Reduce only', text: 'Winds down: only orders that make positions smaller.', danger: false },
    { name: 'halt', title: 'Halt', text: 'Opens nothing more. Stops and exits still pass; positions stay.', danger: true },
    { name: 'flatten', title: 'Flatten', text: 'Cancels every order and closes every position at market.', danger: true },
    { name: 'resume', title: 'Resume', text: 'Lifts the stop; strategies open positions again.', danger: false },
    { name: 'reconcile', title: 'Reconcile', text: 'Compares the books with the venue now. Changes no position.', danger: false, accountOnly: true },
];

export const ENGINE = '';

/** What will happen, line by line. Scope: an account's name, or ENGINE for all of them. */
export function consequences(command, scope, status) {
    const accounts = status.accounts.filter(a => scope === ENGINE || a.account === scope);
    const positions = accounts.flatMap(a => a.positions).filter(p => p.quantity !== 0);
    const orders = accounts.reduce((n, a) => n + a.liveOrders, 0);
    const held =
        positions.length === 0
            ? 'There is no open position now.'
            : `Open now: ${positions.map(p => `${plain(p.quantity)} ${p.symbol}`).join(', ')}; together ${money(
                  accounts.reduce((n, a) => n + a.grossNotional, 0),
                  0,
              )} USDT.`;
    const real = status.realMoney ? ['This moves real money.'] : [];
    const later =
        scope === ENGINE
            ? 'It holds for every account, also for one that starts later, and over every restart, until the engine is resumed.'
            : 'It holds over every restart until somebody resumes.';
    switch (command) {
        case 'halt':
            return ['No position is opened from now on.', 'Positions stay open; their stops and exits still pass.', held, later, ...real];
        case 'reduce-only':
            return ['Only orders that make a position smaller pass from now on.', held, later, ...real];
        case 'flatten':
            return [
                `Every open order is cancelled (${orders} now) and every position closed at market, again every few seconds until all is flat.`,
                'What the market costs at that moment is paid.',
                held,
                `The ${scope === ENGINE ? 'engine' : 'account'} stays halted afterwards.`,
                ...real,
            ];
        case 'resume':
            return [
                scope === ENGINE
                    ? "The engine's stop is lifted. An account's own stop stays."
                    : "The account's own stop is lifted, whoever made it. A stop of the whole engine stays.",
                'Strategies may open positions at once.',
                ...real,
            ];
        default:
            return ["Orders, positions, fills and the wallet are compared with the venue; the venue's word holds.", 'No position is opened or closed by this.'];
    }
}

/** The scope in a sentence. */
export const scopeName = scope => (scope === ENGINE ? 'the whole engine' : `account ${scope}`);

export const path = (command, scope) => (scope === ENGINE ? `/api/v1/engine/${command}` : `/api/v1/accounts/${encodeURIComponent(scope)}/${command}`);

/** What came of it, from the silo's answer: { kind, text }. */
export function outcome(command, scope, body) {
    const accounts = body.view ? [body.view] : (body.accounts ?? []);
    const states = accounts.map(a => `${a.account} is ${a.state}`).join(', ');
    const stop = body.stop ? ` Engine: ${body.stop.action === 'None' ? 'no stop' : body.stop.action}.` : '';
    const untold = body.untold?.length ? ` Not told yet: ${body.untold.join(', ')}; they find out within seconds.` : '';
    const recorded = body.recorded ? 'It is in the journal.' : "The journal could NOT record it; read the silo's log.";
    return { kind: body.recorded && !untold ? 'good' : 'warn', text: `Done: ${command} of ${scopeName(scope)}. ${states}.${stop}${untold} ${recorded}` };
}
