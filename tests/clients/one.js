// Runs the scenario with one client against an exchange of its own: node one.js official|ccxt|binance|binance-api-node
import { Checks } from './checks.js';
import { Exchange } from './exchange.js';
import { steps } from './scenario/steps.js';

const name = process.argv[2];
const only = process.argv[3];
const { create } = await import(`./clients/${name}.js`);
const exchange = await Exchange.start();
const checks = new Checks(name);
const events = [];
process.on('SIGTERM', async () => {
    await exchange.stop();
    process.exit(1);
});
process.on('unhandledRejection', (error) => checks.check(`no unhandled rejection: ${error?.stack ?? error}`, false));
try {
    const client = await create(exchange, events);
    const context = { client, exchange, checks, events, rules: {} };
    for (const [step, run] of Object.entries(steps)) {
        if (only === undefined || only.split(',').includes(step)) await checks.step(step, client.cannot[step], () => run(context));
    }
} finally {
    await exchange.stop();
}
const { steps: done } = checks;
console.log(`${name}: ${checks.passed} checks passed, ${checks.failed} failed; steps: ${done.passed} passed, ${done.failed} failed, ${done.skipped} skipped`);
process.exit(checks.failed === 0 && checks.passed > 0 ? 0 : 1);
