// The theme's colours, read from the style sheet once and again when the theme changes.
import { onTheme } from '../theme.js';

const NAMES = ['up', 'down', 'grid', 'series', 'series-2', 'accent', 'good', 'bad', 'warn', 'text', 'soft', 'faint', 'panel', 'line', 'line-strong'];
let known = null;

export function colors() {
    if (known) return known;
    const style = getComputedStyle(document.documentElement);
    known = Object.fromEntries(NAMES.map(name => [name, style.getPropertyValue(`--${name}`).trim()]));
    known.font = `12px ${style.getPropertyValue('--font')}`;
    return known;
}

onTheme(() => {
    known = null;
});
