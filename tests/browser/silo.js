// A silo of its own for the checks: free ports, a journal in a temporary folder, the built-in exchange.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const assembly = fileURLToPath(new URL('../../src/Silo/bin/Debug/net10.0/Granary.Silo.dll', import.meta.url));
const startTimeoutMs = 60_000;
const stopTimeoutMs = 30_000;

export class Silo {
    #process = null;
    #folder = mkdtempSync(join(tmpdir(), 'granary-browser-'));
    url = '';
    #speed;

    /** @param speed market seconds per second */
    constructor(speed = 4) {
        this.#speed = speed;
    }

    /** Starts it, the second time on the port that it had. GRANARY_SILO_COMMAND names another program for it. */
    async start() {
        const command = process.env.GRANARY_SILO_COMMAND?.split(' ') ?? ['dotnet', assembly];
        const options = [
            '--Journal:Path',
            this.#folder,
            '--Exchange:Url',
            'http://127.0.0.1:0',
            '--Exchange:Speed',
            String(this.#speed),
            '--Operator:Url',
            this.url || 'http://127.0.0.1:0',
        ];
        this.#process = spawn(command[0], [...command.slice(1), ...options], { stdio: ['ignore', 'pipe', 'inherit'] });
        this.url = await new Promise((told, failed) => {
            let text = '';
            const timer = setTimeout(() => failed(new Error('the silo did not start in time')), startTimeoutMs);
            this.#process.on('error', failed);
            this.#process.on('exit', code => failed(new Error(`the silo ended with ${code}:\n${text}`)));
            this.#process.stdout.on('data', bytes => {
                text += bytes;
                const found = /dashboard (http:\/\/\S+)\//.exec(text);
                if (!found) return;
                clearTimeout(timer);
                text = '';
                told(found[1]);
            });
        });
    }

    get token() {
        return readFileSync(join(this.#folder, 'operator.token'), 'utf8').trim();
    }

    async get(path) {
        const response = await fetch(this.url + path);
        return response.json();
    }

    /** Ends it: SIGKILL at once, SIGINT in order. */
    stop(signal = 'SIGINT') {
        const child = this.#process;
        if (!child) return Promise.resolve();
        this.#process = null;
        return new Promise(done => {
            const timer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutMs);
            child.removeAllListeners('exit');
            child.on('exit', () => {
                clearTimeout(timer);
                done();
            });
            child.kill(signal);
        });
    }

    remove() {
        rmSync(this.#folder, { recursive: true, force: true });
    }
}
