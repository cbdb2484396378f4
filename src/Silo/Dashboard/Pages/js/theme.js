// Dark or light: as the system has it until somebody chooses.
const KEY = 'granary.theme';
const system = matchMedia('(prefers-color-scheme: light)');
const listeners = new Set();

export const theme = () => document.documentElement.dataset.theme;

/** Calls back when the theme changes; returns what ends that. */
export function onTheme(listener) {
    listeners.add(listener);
    return () => listeners.delete(listener);
}

export function toggleTheme() {
    const next = theme() === 'light' ? 'dark' : 'light';
    localStorage.setItem(KEY, next);
    apply(next);
}

function apply(next) {
    document.documentElement.dataset.theme = next;
    for (const listener of listeners) listener(next);
}

system.addEventListener('change', () => {
    if (!localStorage.getItem(KEY)) apply(system.matches ? 'light' : 'dark');
});
