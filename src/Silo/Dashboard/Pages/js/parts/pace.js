// How fast a count rises.
const WINDOW_MS = 30000;

/** Per second over the last half minute; null before there are two samples. */
export function pace(all, key, count, timeMs) {
    if (!all.has(key)) all.set(key, []);
    const samples = all.get(key);
    samples.push([timeMs, count]);
    while (samples.length > 2 && samples[1][0] <= timeMs - WINDOW_MS) samples.shift();
    const [[firstMs, first]] = samples;
    return timeMs > firstMs ? ((count - first) * 1000) / (timeMs - firstMs) : null;
}
