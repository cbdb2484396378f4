// 50 clients of the live stream, 5 of which never read, on a silo at ten times the market's speed: what the engine's latency and memory do meanwhile.
import { connect } from 'node:net';
import { Silo } from './silo.js';

const clients = 50;
const stalled = 5;
const secondsEach = Number(process.argv[2] ?? 60);
const topics = 'status,cluster,symbol/BTCUSDT,risk/main,orders,fills,decisions,incidents';

const silo = new Silo(10);
const sockets = [];

/** One client: reads all, or nothing at all. */
function watch(isStalled) {
    const { hostname, port } = new URL(silo.url);
    const client = { bytes: 0, isStalled, isOpen: true };
    const socket = connect({ host: hostname, port: Number(port), highWaterMark: 1024 }, () =>
        socket.write(`GET /api/v1/live?topics=${topics} HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`),
    );
    socket.on('error', () => {});
    socket.on('close', () => (client.isOpen = false));
    if (isStalled) socket.pause();
    else socket.on('data', bytes => (client.bytes += bytes.length));
    client.socket = socket;
    sockets.push(client);
}

/** Decisions timed from one reading to the next, and memory. */
async function measure(name) {
    const before = await read();
    await new Promise(done => setTimeout(done, secondsEach * 1000));
    const after = await read();
    const counts = after.counts.map((n, i) => n - (before.counts[i] ?? 0));
    const total = counts.reduce((a, b) => a + b, 0);
    const quantile = share => {
        let sum = 0;
        return after.bounds[counts.findIndex(n => (sum += n) >= share * total)];
    };
    const open = sockets.filter(c => c.isOpen);
    const cpu = (after.cpu - before.cpu) / secondsEach;
    console.log(
        `${name.padEnd(24)} decisions ${String(total).padStart(5)}  p50 <= ${quantile(0.5)} ms  p95 <= ${quantile(0.95)} ms  p99 <= ${quantile(0.99)} ms  ` +
            `RSS ${(after.rss / 2 ** 20).toFixed(0)} MB  heap ${(after.heap / 2 ** 20).toFixed(0)} MB  CPU ${(cpu * 100).toFixed(0)} %  ` +
            `clients ${open.length} (stalled ${open.filter(c => c.isStalled).length})`,
    );
}

async function read() {
    const text = await (await fetch(`${silo.url}/metrics`)).text();
    const value = name => Number(new RegExp(`^${name} (.+)$`, 'm').exec(text)?.[1]);
    const buckets = [...text.matchAll(/^granary_tick_to_decision_seconds_bucket\{le="(.+)"\} (\d+)$/gm)];
    const sums = buckets.map(b => Number(b[2]));
    return {
        bounds: buckets.map(b => String(Number(b[1]) * 1000)),
        counts: sums.map((n, i) => n - (sums[i - 1] ?? 0)),
        rss: value('process_resident_memory_bytes'),
        heap: value('dotnet_gc_heap_bytes'),
        cpu: value('process_cpu_seconds_total'),
    };
}

try {
    await silo.start();
    await measure('warming up');
    await measure('nobody watches');
    for (let i = 0; i < clients; i++) watch(i < stalled);
    await measure('50 watch, 5 stalled');
    await measure('50 watch, 5 stalled');
    const read = sockets.filter(c => !c.isStalled).map(c => c.bytes);
    console.log(`each reader was sent ${(Math.min(...read) / 2 ** 20).toFixed(1)} to ${(Math.max(...read) / 2 ** 20).toFixed(1)} MB`);
    for (const { socket } of sockets) socket.destroy();
    await measure('nobody watches again');
} finally {
    for (const { socket } of sockets) socket.destroy();
    await silo.stop();
    silo.remove();
}
