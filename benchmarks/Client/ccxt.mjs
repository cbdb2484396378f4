// Receives aggregate trades with ccxt pro and prints how many a second its own handler finished, from the first to the last.
// usage: node ccxt.mjs MODULES EXCHANGE-INFO.json.gz PORT SYMBOL TOTAL [name of the stream, default aggTrade]
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { performance } from 'node:perf_hooks';

const [modules, exchangeInfo, port, id, count] = process.argv.slice(2);
const ccxt = createRequire(path.resolve(modules, 'x.js'))('ccxt');
const info = JSON.parse(gunzipSync(fs.readFileSync(exchangeInfo)).toString());
const total = Number(count);

async function run() {
    const ex = new ccxt.pro.binanceusdm({ enableRateLimit: false, newUpdates: true });
    ex.setMarkets(info.symbols.filter((s) => s.symbol === id || s.symbol === 'ETHUSDT').map((s) => ex.parseMarket(s)));
    ex.urls.api.ws.future = `ws://127.0.0.1:${port}/ws`;
    ex.httpAgent = new http.Agent();                                           // it wants one for ws:// addresses
    const symbol = ex.markets_by_id[id][0].symbol;
    let n = 0, first = 0, last = 0, got = 0;
    const own = ex.handleTrade;
    ex.handleTrade = function (client, message) {
        if (n++ === 0) first = performance.now();
        own.call(this, client, message);
        if (n === total) last = performance.now();
    };
    while (n < total) got += (await ex.watchTrades(symbol, undefined, undefined, { name: 'aggTrade' })).length;
    if (got !== total) throw new Error(`${got} of ${total} trades reached the caller`);
    for (const c of Object.values(ex.clients)) c.connection.terminate();
    await ex.close().catch(() => {});
    return (total - 1) / (last - first) * 1e3;
}

await run();                                                                   // warms up
console.log(await run());
process.exit(0);
