// Scales and ticks.

/** Round steps that give about so many ticks. */
export function ticks(min, max, about) {
    const span = max - min;
    if (!(span > 0) || about < 1) return { values: [min], decimals: 2 };
    const raw = span / about;
    const power = 10 ** Math.floor(Math.log10(raw));
    const step = [1, 2, 2.5, 5, 10].map(f => f * power).find(f => f >= raw);
    const values = [];
    for (let v = Math.ceil(min / step) * step; v <= max + step * 1e-9; v += step) values.push(Math.abs(v) < step * 1e-9 ? 0 : v);
    const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9) + (Math.abs(step / power - 2.5) < 1e-9 ? 1 : 0));
    return { values, decimals: Math.min(8, decimals) };
}

/** A range with room above and below; a flat one gets a height. */
export function padded([min, max], share) {
    const span = max - min || Math.abs(max) * 1e-4 || 1;
    return [min - span * share, max + span * share];
}

/** The range of what a function gives for whole indices of a stretch; null when it gives nothing. */
export function rangeOf(from, to, ...functions) {
    let [min, max] = [Infinity, -Infinity];
    for (let i = from; i <= to; i++) {
        for (const f of functions) {
            const v = f(i);
            if (v === null || v === undefined || !Number.isFinite(v)) continue;
            if (v < min) min = v;
            if (v > max) max = v;
        }
    }
    return min <= max ? [min, max] : null;
}

/** The first index whose time is not before the given one; times rise. */
export function indexAt(times, timeMs) {
    let [low, high] = [0, times.length];
    while (low < high) {
        const mid = (low + high) >> 1;
        if (times[mid] < timeMs) low = mid + 1;
        else high = mid;
    }
    return low;
}
