// Numbers and times as text. A missing value is a dash, never a zero.
const NONE = '–';
const formats = new Map();

function numberFormat(min, max) {
    const key = `${min}/${max}`;
    if (!formats.has(key)) formats.set(key, new Intl.NumberFormat('en-US', { minimumFractionDigits: min, maximumFractionDigits: max }));
    return formats.get(key);
}

const known = value => value !== null && value !== undefined && Number.isFinite(value);

/** A number with so many decimals; a minus is a minus sign. */
export function number(value, decimals = 0) {
    return known(value) ? sign(numberFormat(decimals, decimals).format(value)) : NONE;
}

/** A number as it is, with at most so many decimals. */
export function plain(value, decimals = 8) {
    return known(value) ? sign(numberFormat(0, decimals).format(value)) : NONE;
}

/** Four digits that count: for statistics of any size. */
export function figures(value, digits = 4) {
    if (!known(value)) return NONE;
    if (value === 0) return '0';
    const size = Math.abs(value);
    if (size >= 1e6 || size < 1e-4) return sign(value.toExponential(digits - 2));
    return sign(numberFormat(0, Math.max(0, digits - 1 - Math.floor(Math.log10(size)))).format(value));
}

export const money = (value, decimals = 2) => number(value, decimals);

/** Money with its sign, also when it is a gain. */
export function gain(value, decimals = 2) {
    if (!known(value)) return NONE;
    return (value > 0 ? '+' : '') + number(value, decimals);
}

/** Good, bad or nothing, for a gain. */
export const gainClass = value => (!known(value) || value === 0 ? '' : value > 0 ? 'good' : 'bad');

export const percent = (share, decimals = 1) => (known(share) ? `${number(share * 100, decimals)} %` : NONE);

export function bytes(value) {
    if (!known(value)) return NONE;
    return value < 1 << 20 ? `${number(value / 1024, 0)} kB` : value < 1 << 30 ? `${number(value / (1 << 20), 0)} MB` : `${number(value / (1 << 30), 2)} GB`;
}

/** Milliseconds as the largest unit that says enough. */
export function duration(ms) {
    if (!known(ms) || ms > 1e15) return NONE;
    if (ms < 1000) return `${number(ms, 0)} ms`;
    const seconds = ms / 1000;
    if (seconds < 60) return `${number(seconds, seconds < 10 ? 1 : 0)} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
    return `${Math.floor(seconds / 86400)} d ${Math.floor((seconds % 86400) / 3600)} h`;
}

const two = n => String(n).padStart(2, '0');

/** Time of day, UTC. */
export function clock(ms, seconds = true) {
    if (!known(ms) || ms <= 0) return NONE;
    const d = new Date(ms);
    return `${two(d.getUTCHours())}:${two(d.getUTCMinutes())}${seconds ? `:${two(d.getUTCSeconds())}` : ''}`;
}

/** Time of day, with the date where it is not that of the silo's day. */
export function moment(ms, nowMs) {
    if (!known(ms) || ms <= 0) return NONE;
    const day = new Date(ms).toISOString().slice(0, 10);
    return day === new Date(nowMs || ms).toISOString().slice(0, 10) ? clock(ms) : `${day} ${clock(ms)}`;
}

export const iso = ms => (known(ms) && ms > 0 ? new Date(ms).toISOString() : '');

/** Decimals that a symbol's prices have: the most that were seen. */
const digits = new Map();
export function learnDigits(symbol, ...prices) {
    let most = digits.get(symbol) ?? 0;
    for (const price of prices) {
        if (!known(price)) continue;
        const point = String(price).indexOf('.');
        if (point >= 0) most = Math.max(most, Math.min(8, String(price).length - point - 1));
    }
    digits.set(symbol, most);
}
export const price = (symbol, value) => (known(value) && value !== 0 ? number(value, digits.get(symbol) ?? 2) : NONE);

/** camelCase or PascalCase as words. */
export function words(name) {
    const text = String(name)
        .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
        .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
        .replace(/_/g, ' ');
    return text.charAt(0).toUpperCase() + text.slice(1).toLowerCase();
}

function sign(text) {
    if (!text.startsWith('-')) return text;
    // What rounds to zero has no sign.
    return /[1-9]/.test(text) ? `\u2212${text.slice(1)}` : text.slice(1);
}
