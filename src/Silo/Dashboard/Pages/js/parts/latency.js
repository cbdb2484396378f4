// Quantiles of histograms over the last minute, from counts that only rise.
const WINDOW_MS = 60000;

/** Keeps what is needed of one histogram; add its counts with every sample. */
export function latencyWindow() {
    const samples = [];
    return {
        add(timeMs, bounds, buckets) {
            samples.push({ timeMs, buckets });
            while (samples.length > 2 && samples[1].timeMs <= timeMs - WINDOW_MS) samples.shift();
            const first = samples[0].buckets;
            const recent = buckets.map((n, i) => n - (first[i] ?? 0));
            const isRecent = sum(recent) > 0;
            const counts = isRecent ? recent : buckets;
            return {
                isRecent,
                count: sum(counts),
                p50: quantile(bounds, counts, 0.5),
                p95: quantile(bounds, counts, 0.95),
                p99: quantile(bounds, counts, 0.99),
                top: quantile(bounds, counts, 1),
            };
        },
    };
}

/** The value below which a share of the counts lies, along a straight line inside its bucket; null without counts. */
export function quantile(bounds, counts, share) {
    const total = sum(counts);
    if (total === 0) return null;
    const wanted = share * total;
    let before = 0;
    for (let i = 0; i < counts.length; i++) {
        if (counts[i] > 0 && before + counts[i] >= wanted) {
            const low = i === 0 ? 0 : bounds[i - 1];
            const high = bounds[i] ?? bounds.at(-1);
            return low + (high - low) * Math.min(1, (wanted - before) / counts[i]);
        }
        before += counts[i];
    }
    return bounds.at(-1);
}

/** All series of a histogram together: bounds and buckets, or null. */
export function together(family) {
    if (!family) return null;
    const buckets = new Array(family.bounds.length + 1).fill(0);
    for (const one of family.series)
        one.buckets.forEach((n, i) => {
            buckets[i] += n;
        });
    return { bounds: family.bounds, buckets };
}

export function milliseconds(value) {
    if (value === null || value === undefined) return '–';
    if (value < 1) return `${(value * 1000).toFixed(0)} µs`;
    if (value < 1000) return `${value.toFixed(value < 100 ? 1 : 0)} ms`;
    return `${(value / 1000).toFixed(1)} s`;
}

const sum = values => values.reduce((a, b) => a + b, 0);
