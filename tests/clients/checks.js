// Checks that are counted and named, and steps that are skipped by name with a reason.
const stepTimeoutMs = 90_000;

export class Checks {
    passed = 0;
    failed = 0;
    steps = { passed: 0, failed: 0, skipped: 0 };
    #client;
    #step = '';

    constructor(client) {
        this.#client = client;
    }

    /** Runs one step: an exception is a failed check of its own, and the next step begins all the same. */
    async step(name, skipReason, run) {
        this.#step = name;
        if (skipReason !== undefined) {
            this.steps.skipped += 1;
            console.log(`SKIPPED ${this.#client}: ${name}: ${skipReason}`);
            return;
        }
        const [started, failedBefore] = [Date.now(), this.failed];
        let timer;
        try {
            await Promise.race([run(), new Promise((_, late) => (timer = setTimeout(() => late(new Error('the step hangs')), stepTimeoutMs)))]);
        } catch (error) {
            this.check(`no exception: ${error.stack ?? JSON.stringify(error)}`, false);
        }
        clearTimeout(timer);
        this.steps[this.failed === failedBefore ? 'passed' : 'failed'] += 1;
        if (process.env.GRANARY_VERBOSE) console.log(`${this.#client}: ${name} took ${Date.now() - started} ms`);
    }

    check(name, condition, seen) {
        if (condition) {
            this.passed += 1;
            return true;
        }
        this.failed += 1;
        console.error(`FAILED ${this.#client}: ${this.#step}: ${name}`, seen === undefined ? '' : JSON.stringify(seen));
        return false;
    }

    equal(name, actual, expected) {
        return this.check(`${name} is ${JSON.stringify(expected)}`, Object.is(actual, expected), actual);
    }

    near(name, actual, expected, tolerance = 1e-9) {
        return this.check(`${name} is ${expected}`, Math.abs(actual - expected) <= tolerance, actual);
    }

    /** Waits until the condition gives something and returns it; a failed check after the time. */
    async eventually(name, condition, timeoutMs = 10_000) {
        const found = await until(condition, timeoutMs);
        this.check(name, Boolean(found));
        return found;
    }
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** The first truthy value of the condition, or undefined after the time. A condition that asks the venue spends request weight: it is to be asked less often. */
export async function until(condition, timeoutMs, pauseMs = 20) {
    const deadline = Date.now() + timeoutMs;
    for (;;) {
        const found = await condition();
        if (found || Date.now() >= deadline) return found || undefined;
        await pause(pauseMs);
    }
}

/** The multiple of step that is nearest to value, without binary noise. */
export function onGrid(value, step, round = Math.round) {
    const decimals = (String(step).split('.')[1] ?? '').replace(/0+$/, '').length;
    return Number((round(Number((value / Number(step)).toFixed(6))) * Number(step)).toFixed(decimals));
}
