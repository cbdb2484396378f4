// What can be drawn into a pane. A layer: { range?(from, to), draw(ctx, view) }. A view: { x(i), y(v), from, to, step, plot, colors }.
import { rangeOf } from './scale.js';

/** Candles: open, high, low and close of each index; at(i) gives { open, high, low, close } or null. */
export const candles = at => ({
    range: (from, to) =>
        rangeOf(
            from,
            to,
            i => at(i)?.low,
            i => at(i)?.high,
        ),
    draw(ctx, { x, y, from, to, step, colors }) {
        const width = Math.max(1, Math.min(13, Math.floor(step * 0.66)));
        for (let i = from; i <= to; i++) {
            const bar = at(i);
            if (!bar) continue;
            const middle = Math.round(x(i)) + 0.5;
            const isUp = bar.close >= bar.open;
            ctx.strokeStyle = ctx.fillStyle = isUp ? colors.up : colors.down;
            ctx.globalAlpha = bar.isOpen ? 0.55 : 1;
            ctx.lineWidth = 1;
            ctx.beginPath();
            ctx.moveTo(middle, y(bar.high));
            ctx.lineTo(middle, y(bar.low));
            ctx.stroke();
            const [top, bottom] = [y(Math.max(bar.open, bar.close)), y(Math.min(bar.open, bar.close))];
            ctx.fillRect(Math.round(middle - width / 2), top, width, Math.max(1, bottom - top));
            ctx.globalAlpha = 1;
        }
    },
});

/** A line through values; gaps stay gaps. With isArea what is below is filled faintly; without isScaled it leaves the scale to the others. */
export const line = (value, color, { isArea = false, isScaled = true, width = 1.5, dash = [] } = {}) => ({
    range: (from, to) => (isScaled ? rangeOf(from, to, value) : null),
    draw(ctx, { x, y, from, to, plot, colors }) {
        ctx.strokeStyle = colors[color];
        ctx.lineWidth = width;
        ctx.lineJoin = 'round';
        ctx.setLineDash(dash);
        let start = null;
        let last = null;
        ctx.beginPath();
        for (let i = from; i <= to; i++) {
            const v = value(i);
            if (v === null || v === undefined || !Number.isFinite(v)) {
                close();
                continue;
            }
            if (start === null) {
                start = x(i);
                ctx.moveTo(start, y(v));
            } else {
                ctx.lineTo(x(i), y(v));
            }
            last = x(i);
        }
        close();
        ctx.setLineDash([]);

        function close() {
            if (start === null) return;
            ctx.stroke();
            if (isArea) {
                ctx.lineTo(last, plot.bottom);
                ctx.lineTo(start, plot.bottom);
                ctx.globalAlpha = 0.1;
                ctx.fillStyle = colors[color];
                ctx.fill();
                ctx.globalAlpha = 1;
            }
            start = null;
            ctx.beginPath();
        }
    },
});

/** Bars from zero, coloured by sign. */
export const histogram = value => ({
    range: (from, to) => {
        const range = rangeOf(from, to, value);
        return range && [Math.min(0, range[0]), Math.max(0, range[1])];
    },
    draw(ctx, { x, y, from, to, step, colors }) {
        const width = Math.max(1, Math.min(13, Math.floor(step * 0.66)));
        const zero = y(0);
        for (let i = from; i <= to; i++) {
            const v = value(i);
            if (!Number.isFinite(v)) continue;
            ctx.fillStyle = v >= 0 ? colors.up : colors.down;
            const top = Math.min(zero, y(v));
            ctx.fillRect(Math.round(x(i) - width / 2), top, width, Math.max(1, Math.abs(y(v) - zero)));
        }
    },
});

/** A strip of cells, -1 to 1: the further from 0, the stronger. Fills the pane. */
export const heat = value => ({
    draw(ctx, { x, from, to, step, plot, colors }) {
        for (let i = from; i <= to; i++) {
            const v = value(i);
            if (!Number.isFinite(v)) continue;
            ctx.fillStyle = v >= 0 ? colors.up : colors.down;
            ctx.globalAlpha = Math.min(1, 0.08 + Math.abs(v) * 0.92);
            ctx.fillRect(x(i) - step / 2, plot.top, Math.max(1, step - (step > 4 ? 1 : 0)), plot.bottom - plot.top);
        }
        ctx.globalAlpha = 1;
    },
});

/** Level lines over the whole width, with a label: levels() gives { value, color, label, dash }. */
export const levels = all => ({
    range: () => {
        const values = all().map(l => l.value);
        return values.length ? [Math.min(...values), Math.max(...values)] : null;
    },
    draw(ctx, { y, plot, colors }) {
        // Labels of lines that lie close go beside each other.
        let [lastAt, left] = [-Infinity, 0];
        for (const { value, color, label, dash = [] } of all().toSorted((a, b) => a.value - b.value)) {
            const at = Math.round(y(value)) + 0.5;
            if (at < plot.top || at > plot.bottom) continue;
            ctx.strokeStyle = colors[color];
            ctx.lineWidth = 1;
            ctx.setLineDash(dash);
            ctx.beginPath();
            ctx.moveTo(plot.left, at);
            ctx.lineTo(plot.right, at);
            ctx.stroke();
            ctx.setLineDash([]);
            ctx.font = colors.font;
            const width = ctx.measureText(label).width + 8;
            left = Math.abs(at - lastAt) < 17 ? left : plot.left + 10;
            lastAt = at;
            ctx.fillStyle = colors.panel;
            ctx.fillRect(left, at - 8, width, 16);
            ctx.fillStyle = colors[color];
            ctx.textAlign = 'left';
            ctx.textBaseline = 'middle';
            ctx.fillText(label, left + 4, at);
            left += width + 12;
        }
    },
});

/**
 * Marks at an index and a value: all() gives { i, value, shape, color, hollow }. Shapes: up and down (triangles off the bar), dot, ring, square.
 */
export const marks = all => ({
    draw(ctx, { x, y, from, to, colors, plot }) {
        for (const { i, value, shape, color, hollow } of all()) {
            if (i < from || i > to) continue;
            const [cx, cy] = [x(i), Math.max(plot.top + 5, Math.min(plot.bottom - 5, y(value)))];
            ctx.fillStyle = ctx.strokeStyle = colors[color];
            ctx.lineWidth = 1.5;
            ctx.beginPath();
            if (shape === 'up' || shape === 'down') {
                const d = shape === 'up' ? 1 : -1;
                const base = cy + d * 9;
                ctx.moveTo(cx, base);
                ctx.lineTo(cx - 5, base + d * 8);
                ctx.lineTo(cx + 5, base + d * 8);
                ctx.closePath();
            } else if (shape === 'square') {
                ctx.rect(cx - 3.5, cy - 3.5, 7, 7);
            } else {
                ctx.arc(cx, cy, 4, 0, Math.PI * 2);
            }
            if (hollow) {
                ctx.stroke();
            } else {
                ctx.fill();
                ctx.strokeStyle = colors.panel;
                ctx.lineWidth = 1;
                ctx.stroke();
            }
        }
    },
});
