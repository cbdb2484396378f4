// Runs every client (or those that are named) one after the other and adds up their steps. The last line is for machines: "N passed, N failed, N skipped".
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const clients = process.argv.length > 2 ? process.argv.slice(2) : ['official', 'ccxt', 'binance', 'binance-api-node'];
const timeoutMs = 240_000;
const total = { passed: 0, failed: 0, skipped: 0 };

for (const client of clients) {
    const started = Date.now();
    const { text, code } = await run(client);
    const seen = text.match(/steps: (\d+) passed, (\d+) failed, (\d+) skipped\s*$/);
    if (seen === null) console.error(`FAILED ${client}: ended with ${code} before its last line`);
    total.passed += Number(seen?.[1] ?? 0);
    total.failed += Number(seen?.[2] ?? 1);
    total.skipped += Number(seen?.[3] ?? 0);
    console.log(`${client} took ${((Date.now() - started) / 1000).toFixed(0)} s`);
}
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);

function run(client) {
    return new Promise((done) => {
        const script = spawn(process.execPath, [fileURLToPath(new URL('one.js', import.meta.url)), client], { stdio: ['ignore', 'pipe', 'inherit'] });
        let text = '';
        // SIGTERM first: the script stops its exchange.
        const timer = setTimeout(() => script.kill('SIGTERM'), timeoutMs);
        script.stdout.on('data', (bytes) => {
            text += bytes;
            process.stdout.write(bytes);
        });
        script.on('exit', (code) => {
            clearTimeout(timer);
            done({ text, code });
        });
    });
}
