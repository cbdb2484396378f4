// A symbol's volume bars in the browser: fetched once, then kept up with the few that come with every live snapshot.
import { get } from '../api.js';

const BARS_MAX = 2000;

export function barSeries(symbol, onChange) {
    let bars = [];
    let running = null;
    let loading = false;
    let isClosed = false;

    async function load() {
        if (loading) return;
        loading = true;
        try {
            const body = await get(`/api/v1/symbols/${encodeURIComponent(symbol)}/bars?limit=1000`);
            if (isClosed) return;
            bars = body.bars;
            running = body.running;
            onChange();
        } catch {
            // Asked for again with the next snapshot that does not fit.
        } finally {
            loading = false;
        }
    }

    /** Takes what a snapshot brings; asks for all when bars in between were missed, or the silo began anew. */
    function take(body) {
        const [first] = body.bars;
        const next = bars.length ? bars.at(-1).index + 1 : null;
        const last = body.bars.at(-1)?.index ?? -1;
        if (first && (next === null || first.index > next || last < next - 1)) {
            load();
            return;
        }
        for (const bar of body.bars) if (next === null || bar.index >= next) bars.push(bar);
        if (bars.length > BARS_MAX) bars = bars.slice(-BARS_MAX);
        running = body.running;
        onChange();
    }

    load();
    return {
        take,
        close: () => {
            isClosed = true;
        },
        /** Closed bars and, at the end, the running one. */
        count: () => bars.length + (running ? 1 : 0),
        closed: () => bars,
        at: i => (i < bars.length ? bars[i] : i === bars.length && running ? { ...running, isOpen: true } : null),
        bar: i => bars[i] ?? null,
    };
}
