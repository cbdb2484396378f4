// The silo itself: process, grains, latencies, streams, request weight, and every number that it measures.
import { h, card } from '../dom.js';
import { facts, pairs } from '../parts/facts.js';
import { table } from '../parts/table.js';
import { latencyWindow, milliseconds, quantile } from '../parts/latency.js';
import { limits } from '../parts/limits.js';
import { pace } from '../parts/pace.js';
import { bytes, clock, duration, figures, number, percent } from '../format.js';

export function open({ status, listen }) {
    const figures_ = facts([
        ['up', 'Up for'],
        ['memory', 'Memory in RAM'],
        ['heap', 'Managed heap'],
        ['cpu', 'Processor'],
        ['gc', 'Collections’ pauses'],
        ['queue', 'Thread pool queue'],
        ['grains', 'Grains'],
        ['viewers', 'Dashboards'],
    ]);
    const grains = pairs();
    const stream = pairs();
    const weight = limits();
    const latencies = latencyTable();
    const flow = flowTable();
    const paces = new Map();
    const all = metricsTable();
    const windows = new Map();
    const rates = rateOf();
    let needle = '';
    let metrics = {};
    const search = h('input', {
        class: 'field',
        type: 'search',
        'aria-label': 'Find a metric',
        placeholder: 'find a metric',
        oninput: () => {
            needle = search.value.trim().toLowerCase();
            showAll();
        },
    });
    const showAll = () =>
        all.update(
            rows(metrics)
                .filter(r => r.name.includes(needle) || r.labels.includes(needle))
                .slice(0, 400),
        );

    listen('status', body =>
        stream.update([
            ['Market stream', body.stream.connected ? 'connected' : 'not connected', body.stream.connected ? '' : 'bad'],
            ['Last said', body.stream.detail],
            ['Frames not understood', number(body.stream.rejects), body.stream.rejects ? 'warn' : ''],
            ['Runtime', body.status.runtime],
            ['Engine', body.status.engine],
            ['Version', body.status.version],
            ['Venue', body.status.venue],
            ...(body.status.market ? [['Market', body.status.market]] : []),
        ]),
    );
    listen('cluster', (body, { timeMs }) => {
        if (!body) return;
        metrics = body.metrics;
        const p = body.process;
        const { cpu, gc } = rates(timeMs, p);
        figures_.update({
            up: { value: duration(timeMs - body.startedMs), more: `since ${clock(body.startedMs)} UTC` },
            memory: { value: bytes(p.residentBytes) },
            heap: { value: bytes(p.heapBytes) },
            cpu: { value: percent(cpu, 0), more: `of one; ${number(p.processors)} there` },
            gc: { value: percent(gc, 2), more: `${duration(p.gcPauseMs)} in all` },
            queue: { value: number(p.queueLength), className: p.queueLength > 100 ? 'warn' : '', more: `${number(p.threads)} threads` },
            grains: { value: number(Object.values(body.grains).reduce((a, b) => a + b, 0)), more: 'always active' },
            viewers: { value: number(body.viewers), more: body.viewersStalled ? `${number(body.viewersStalled)} disconnected as stalled` : 'none stalled' },
        });
        grains.update(Object.entries(body.grains).map(([name, count]) => [name, number(count)]));
        weight.update(weights(metrics));
        latencies.update(latencyRows(metrics, windows, timeMs));
        flow.update(flowRows(metrics, paces, timeMs));
        showAll();
    });
    const element = h(
        'div',
        {},
        h('div', { class: 'page-head' }, h('h1', {}, 'Cluster'), h('span', { class: 'note' }, status.runtime)),
        figures_.element,
        h(
            'div',
            { class: 'grid spaced' },
            h(
                'div',
                { class: 'w8 column' },
                card('Latencies', { flush: true, note: 'over the last minute, or since the start where nothing came' }, latencies.element).element,
                card('Request weight', { note: 'of the venue’s budget in the running minute' }, weight.element).element,
                card('Market by symbol', { flush: true, note: 'a second, over the last half minute' }, flow.element).element,
            ),
            h('div', { class: 'w4 column' }, card('Silo', {}, stream.element).element, card('Grains', { note: 'by kind' }, grains.element).element),
            card('Everything measured', { width: 'w12', flush: true, note: 'the same as /metrics', end: search }, all.element).element,
        ),
    );
    return { element, title: 'Cluster', topics: ['cluster'] };
}

/** Processor and pause shares between two samples. */
function rateOf() {
    let before = null;
    return (timeMs, { cpuMs, gcPauseMs }) => {
        const shares =
            before && timeMs > before.timeMs
                ? { cpu: (cpuMs - before.cpuMs) / (timeMs - before.timeMs), gc: (gcPauseMs - before.gcPauseMs) / (timeMs - before.timeMs) }
                : { cpu: null, gc: null };
        before = { timeMs, cpuMs, gcPauseMs };
        return shares;
    };
}

const labelsOf = labels =>
    Object.entries(labels)
        .map(([k, v]) => `${k} ${v}`)
        .join(', ');

function weights(metrics) {
    const limitsOf = metrics.granary_venue_weight_limit?.series ?? [];
    return (metrics.granary_venue_weight_used?.series ?? []).map(one => ({
        name: one.labels.client,
        used: one.value,
        max: limitsOf.find(l => l.labels.client === one.labels.client)?.value ?? 0,
    }));
}

function latencyRows(metrics, windows, timeMs) {
    const rows = [];
    for (const [name, family] of Object.entries(metrics)) {
        if (family.kind !== 'histogram' || !name.endsWith('_ms')) continue;
        for (const one of family.series) {
            const key = `${name}/${labelsOf(one.labels)}`;
            if (!windows.has(key)) windows.set(key, latencyWindow());
            rows.push({ key, help: family.help, labels: labelsOf(one.labels), ...windows.get(key).add(timeMs, family.bounds, one.buckets) });
        }
    }
    return rows;
}

const latencyTable = () =>
    table({
        caption: 'Latencies',
        empty: 'Nothing was timed yet.',
        key: r => r.key,
        columns: [
            { label: 'What', text: r => r.help || r.key, wrap: true },
            { label: 'Of', text: r => r.labels, less: true },
            { label: '50 %', num: true, text: r => milliseconds(r.p50) },
            { label: '95 %', num: true, text: r => milliseconds(r.p95) },
            { label: '99 %', num: true, text: r => milliseconds(r.p99) },
            { label: 'At most', num: true, text: r => milliseconds(r.top) },
            { label: 'Times', num: true, text: r => number(r.count) },
            { label: 'Over', text: r => (r.isRecent ? 'last minute' : 'since start'), className: () => 'faint' },
        ],
    });

/** What came in by symbol: counters, and how fast they rose. */
function flowRows(metrics, paces, timeMs) {
    const symbols = new Map();
    for (const [name, key] of [
        ['granary_trades_total', 'trades'],
        ['granary_bars_total', 'bars'],
        ['granary_trades_backfilled_total', 'fetched'],
        ['granary_holes_total', 'holes'],
    ]) {
        for (const one of metrics[name]?.series ?? []) {
            const { symbol } = one.labels;
            symbols.set(symbol, { ...symbols.get(symbol), symbol, [key]: one.value });
        }
    }
    return [...symbols.values()]
        .sort((a, b) => a.symbol.localeCompare(b.symbol))
        .map(row => ({
            ...row,
            tradePace: pace(paces, `${row.symbol}/trades`, row.trades, timeMs),
            barPace: pace(paces, `${row.symbol}/bars`, row.bars, timeMs),
        }));
}

const flowTable = () =>
    table({
        caption: 'Market data by symbol',
        empty: 'No trade has come yet.',
        key: r => r.symbol,
        columns: [
            { label: 'Symbol', text: r => r.symbol, href: r => `#/symbol/${r.symbol}` },
            { label: 'Trades/s', num: true, text: r => number(r.tradePace, 1) },
            { label: 'Bars/min', num: true, text: r => number(r.barPace === null ? null : r.barPace * 60, 1) },
            { label: 'Trades', num: true, text: r => number(r.trades) },
            { label: 'Bars', num: true, text: r => number(r.bars ?? 0) },
            { label: 'Fetched over REST', num: true, text: r => number(r.fetched ?? 0) },
            { label: 'Holes', num: true, text: r => number(r.holes ?? 0), className: r => (r.holes ? 'warn' : 'faint') },
        ],
    });

function* seriesOf(metrics) {
    for (const [name, family] of Object.entries(metrics)) {
        for (const one of family.series) yield { name, family, one };
    }
}

const rows = metrics =>
    [...seriesOf(metrics)].map(({ name, family, one }) => ({
        name,
        labels: labelsOf(one.labels),
        kind: family.kind,
        help: family.help,
        value: family.kind === 'histogram' ? `median ${figures(quantile(family.bounds, one.buckets, 0.5), 3)}` : figures(one.value, 7),
    }));

const metricsTable = () =>
    table({
        caption: 'Metrics',
        empty: 'No metric of this name.',
        tall: true,
        key: r => `${r.name}/${r.labels}`,
        columns: [
            { label: 'Name', text: r => r.name, className: () => 'mono', title: r => r.help },
            { label: 'Labels', text: r => r.labels },
            { label: 'Value', num: true, text: r => r.value },
            { label: 'What it is', text: r => r.help, less: true, className: () => 'soft' },
        ],
    });
