// Starts an exchange of its own for each client, and reaches what Binance does not have: the market's speed, faults, the end of all sockets.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const project = fileURLToPath(new URL('../../src/Client', import.meta.url));
const startTimeoutMs = 120_000;
const stopTimeoutMs = 10_000;

export const apiKey = 'granary-test-key';
export const apiSecret = 'granary-test-secret';

export class Exchange {
    #process;

    /** Starts `exchange` of the console on a free port. GRANARY_EXCHANGE_COMMAND names another program for it. */
    static async start() {
        const command = process.env.GRANARY_EXCHANGE_COMMAND?.split(' ') ?? ['dotnet', 'run', '--no-build', '--project', project, '--'];
        const account = `name=main,key=${apiKey},secret=${apiSecret},balance=1000000`;
        const options = ['exchange', '--port', '0', '--symbols', 'BTCUSDT', '--synthetic', '7', '--funding-hours', '1', '--account', account, '--json'];
        const exchange = new Exchange();
        // A process group of its own, so that a signal reaches what dotnet run has started.
        exchange.#process = spawn(command[0], [...command.slice(1), ...options], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
        exchange.url = await new Promise((told, failed) => {
            let text = '';
            const timer = setTimeout(() => failed(new Error('the exchange did not start in time')), startTimeoutMs);
            exchange.#process.on('exit', (code) => failed(new Error(`the exchange ended with ${code}`)));
            exchange.#process.stdout.on('data', (bytes) => {
                text += bytes;
                const line = text.split('\n').find((each) => each.startsWith('{'));
                if (line === undefined || !text.includes('\n')) return;
                clearTimeout(timer);
                told(JSON.parse(line).url);
            });
        });
        exchange.socketUrl = exchange.url.replace(/^http/, 'ws');
        return exchange;
    }

    stop() {
        return new Promise((done) => {
            const end = (signal) => process.kill(-this.#process.pid, signal);
            const timer = setTimeout(() => end('SIGKILL'), stopTimeoutMs);
            this.#process.removeAllListeners('exit');
            this.#process.on('exit', () => {
                clearTimeout(timer);
                done();
            });
            end('SIGTERM');
        });
    }

    /** Market seconds per second. */
    speed(value) {
        return this.#call('POST', `/granary/v1/market?speed=${value}`);
    }

    faults(...rules) {
        return this.#call('POST', '/granary/faults', JSON.stringify({ rules }));
    }

    noFaults() {
        return this.#call('DELETE', '/granary/faults');
    }

    /** Closes every socket as after 24 hours. */
    closeSessions() {
        return this.#call('DELETE', '/granary/v1/sessions');
    }

    state() {
        return this.#call('GET', '/granary/v1/state');
    }

    async audit() {
        return (await this.#call('GET', '/granary/v1/audit'))[0];
    }

    async #call(method, path, body) {
        const answer = await fetch(this.url + path, { method, body });
        const json = await answer.json();
        if (!answer.ok) throw new Error(`${method} ${path}: ${JSON.stringify(json)}`);
        return json;
    }
}
