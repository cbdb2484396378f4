// One stream of server-sent events for the page that is open. The newest snapshot of every topic is kept, so a page that opens is filled at once.
const SILENCE_MAX_MS = 5000;
const RETRY_MS = [1000, 2000, 5000, 10000];

const newest = new Map();
const listeners = new Map();
const stateListeners = new Set();
let source = null;
let topics = [];
let retry = 0;
let retryTimer = 0;
let heardAt = 0;
let state = { kind: 'connecting', detail: '' };

/** The newest body of a topic, or null. */
export const latest = topic => newest.get(topic)?.body ?? null;

/** Calls back with every new body of a topic, and at once with the newest known; returns what ends that. */
export function listen(topic, listener) {
    if (!listeners.has(topic)) listeners.set(topic, new Set());
    listeners.get(topic).add(listener);
    if (newest.has(topic)) listener(newest.get(topic).body, newest.get(topic));
    return () => listeners.get(topic).delete(listener);
}

/** Calls back when the connection changes: live, connecting, or lost with the reason. */
export function onState(listener) {
    stateListeners.add(listener);
    listener(state);
}

/** Watches these topics from now on. */
export function watch(wanted) {
    const next = [...new Set(['status', ...wanted])];
    if (source && next.join() === topics.join()) return;
    topics = next;
    open();
}

function open() {
    clearTimeout(retryTimer);
    source?.close();
    if (document.hidden || topics.length === 0) return;
    const mine = (source = new EventSource(`/api/v1/live?topics=${topics.map(encodeURIComponent).join(',')}`));
    for (const topic of topics) mine.addEventListener(topic, event => take(topic, event.data));
    mine.onerror = () => {
        if (mine !== source) return;
        setState('lost', 'The stream broke');
        if (mine.readyState !== EventSource.CLOSED) return;
        // The browser does not come again by itself after a refusal.
        retryTimer = setTimeout(open, RETRY_MS[Math.min(retry++, RETRY_MS.length - 1)]);
    };
}

function take(topic, data) {
    heardAt = performance.now();
    retry = 0;
    const { timeMs, body, error } = JSON.parse(data);
    const known = newest.get(topic);
    const entry = { timeMs, body: body ?? known?.body ?? null, error: error ?? '' };
    newest.set(topic, entry);
    setState('live', '');
    for (const listener of listeners.get(topic) ?? []) listener(entry.body, entry);
}

function setState(kind, detail) {
    if (state.kind === kind) return;
    state = { kind, detail, sinceMs: Date.now(), newestMs: newest.get('status')?.timeMs ?? 0 };
    for (const listener of stateListeners) listener(state);
}

// A connection can be dead without saying so.
setInterval(() => {
    if (state.kind === 'live' && !document.hidden && performance.now() - heardAt > SILENCE_MAX_MS) setState('lost', 'Nothing was heard for 5 s');
}, 1000);

// A hidden tab costs the silo nothing.
document.addEventListener('visibilitychange', () => {
    if (document.hidden) {
        source?.close();
        source = null;
    } else {
        heardAt = performance.now();
        open();
    }
});
