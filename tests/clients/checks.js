// What the client scripts share: where the exchange is, and checks that are counted and named.
export const url = (process.env.GRANARY_EXCHANGE_URL ?? 'http://127.0.0.1:8089').replace(/\/$/, '');
export const socketUrl = url.replace(/^http/, 'ws');
export const apiKey = process.env.GRANARY_EXCHANGE_KEY ?? 'granary-test-key';
export const apiSecret = process.env.GRANARY_EXCHANGE_SECRET ?? 'granary-test-secret';

export class Checks {
    #client;
    #passed = 0;
    #failed = 0;

    constructor(client) {
        this.#client = client;
    }

    check(name, condition, seen) {
        if (condition) this.#passed += 1;
        else {
            this.#failed += 1;
            console.error(`FAILED ${this.#client}: ${name}`, seen === undefined ? '' : JSON.stringify(seen));
        }
    }

    /** Polls until the condition holds; a check that fails after the time. */
    async eventually(name, condition, timeoutMs = 10_000) {
        const deadline = Date.now() + timeoutMs;
        while (!condition() && Date.now() < deadline) await new Promise((done) => setTimeout(done, 20));
        this.check(name, condition());
    }

    /** Prints the result and ends the process with 0 or 1. */
    finish() {
        console.log(`${this.#client}: ${this.#passed} checks passed, ${this.#failed} failed`);
        process.exit(this.#failed === 0 && this.#passed > 0 ? 0 : 1);
    }
}

/** The multiple of step that is nearest to value, as text without binary noise. */
export function onGrid(value, step, round = Math.round) {
    const decimals = (step.split('.')[1] ?? '').replace(/0+$/, '').length;
    return (round(value / Number(step)) * Number(step)).toFixed(decimals);
}
