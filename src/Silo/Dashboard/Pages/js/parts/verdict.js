// How things stand, in words: what is wrong, and what to do about it. The sentences are the silo's own; the advice is that of the operator guide.
import { latest } from '../live.js';
import { duration, moment, percent } from '../format.js';

const ADVICE = [
    [/^account (\S+) is recovering/, 'Books and venue are being compared. Wait a minute; then reconcile, and read the incidents.', 'reconcile'],
    [/^account (\S+) has \d+ orders with unknown outcome/, 'The venue is being asked what became of them. Reconcile asks at once.', 'reconcile'],
    [
        /^account (\S+) does not answer/,
        'Its grain hangs or fails; it is tried again every few seconds. Read the log; stop and start the silo if it lasts.',
        null,
    ],
    [
        /^symbol (\S+) does not answer/,
        'Its grain hangs or fails; it is tried again every few seconds. Read the log; stop and start the silo if it lasts.',
        null,
    ],
    [
        /^symbol (\S+) has had no/,
        'The market stream is silent. The client reconnects by itself and fetches what was missed. Open positions keep their stops at the venue.',
        null,
    ],
    [/^account (\S+) is (Halted|ReduceOnly)/, 'Nothing is opened. Resume when the reason is gone.', 'resume'],
    [/^symbol (\S+) has \d+ holes/, 'Bars with missing trades are marked; no strategy fires on them.', null],
];

/** What to do about a sentence of the silo: { text, command, scope }. */
export function advice(sentence) {
    for (const [pattern, text, command] of ADVICE) {
        const found = pattern.exec(sentence);
        if (found) return { text, command, scope: command ? found[1] : null };
    }
    return { text: '', command: null, scope: null };
}

/** { kind: good | warn | bad, title, words } for the head of every page. */
export function verdict(overview) {
    if (!overview) return { kind: '', title: 'Connecting …', words: '' };
    const { status, stop, stream } = overview;
    const problems = status.problems.length;
    if (problems > 0)
        return {
            kind: 'bad',
            title: problems === 1 ? capital(status.problems[0]) : `${problems} problems`,
            words: 'Something needs a look; what to do stands beside each.',
        };
    if (stop && stop.action !== 'None')
        return { kind: 'warn', title: `The engine is stopped: ${STOPS[stop.action] ?? stop.action}`, words: `${stop.who}: ${stop.reason}` };
    const held = status.accounts.filter(a => a.state !== 'Active');
    if (held.length > 0)
        return {
            kind: 'warn',
            title: held.map(a => `${a.account} is ${STATES[a.state] ?? a.state}`).join(', '),
            words: held
                .map(a => a.stateReason)
                .filter(Boolean)
                .join('; '),
        };
    const paused = pauses(status);
    if (paused.length > 0) return { kind: 'warn', title: paused[0].title, words: paused[0].words };
    if (!stop)
        return { kind: 'warn', title: 'The kill switch does not answer', words: "The engine's stop cannot be read; accounts open nothing until it can." };
    if (!stream.connected) return { kind: 'warn', title: 'The market stream is not connected', words: `${stream.detail}. The client reconnects by itself.` };
    const oldest = Math.max(0, ...status.symbols.map(s => s.dataAgeMs));
    return {
        kind: 'good',
        title: 'All is well',
        words:
            `${count(status.accounts.length, 'account')} active, ${count(status.symbols.length, 'symbol')} trading, no order of unknown outcome, ` +
            `market data ${duration(oldest)} old at most.`,
    };
}

/** Accounts that open nothing by a rule of theirs, though nobody stopped them. */
export function pauses(status) {
    return status.accounts.flatMap(({ account }) => {
        const risk = latest(`risk/${account}`);
        if (!risk) return [];
        const until = (ms, why) => [{ title: `${account} opens nothing until ${moment(ms, status.nowMs)} UTC`, words: `${why}. Stops and exits still pass.` }];
        if (risk.haltedUntilMs) return until(risk.haltedUntilMs, 'The loss of the day reached its limit');
        if (risk.isDrawdownStopped) {
            return [
                { title: `${account} opens nothing`, words: `The drawdown of ${percent(risk.drawdown, 2)} is above its limit. Stops and exits still pass.` },
            ];
        }
        return risk.pausedUntilMs ? until(risk.pausedUntilMs, `${risk.lossStreak} trades in a row lost`) : [];
    });
}

export const STATES = { Active: 'active', ReduceOnly: 'reducing only', Halted: 'halted', Recovering: 'recovering', NoAnswer: 'not answering' };
export const STOPS = { ReduceOnly: 'reducing only', Halt: 'halted', Flatten: 'flattening' };

export function stateClass(state) {
    return state === 'Active' ? 'good' : state === 'NoAnswer' || state === 'Recovering' ? 'bad' : 'warn';
}

export const SIGNS = { good: '✓', warn: '!', bad: '×', '': '…' };

const count = (n, what) => `${n} ${what}${n === 1 ? '' : 's'}`;
const capital = text => text.charAt(0).toUpperCase() + text.slice(1);
