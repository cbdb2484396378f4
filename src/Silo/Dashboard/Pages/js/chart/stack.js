// Panes above each other over one axis of indices, drawn on a canvas. Wheel or + and - zoom, dragging or the arrow keys move, the pointer reads values.
import { h } from '../dom.js';
import { onTheme } from '../theme.js';
import { colors } from './colors.js';
import { ticks, padded } from './scale.js';

const AXIS_RIGHT = 74;
const AXIS_BOTTOM = 22;
const GAP = 10;
const STEP_MIN = 1.5;
const STEP_MAX = 40;

/**
 * @param label what the chart shows, for those who do not see it
 * @param panes { weight or height, layers, format(value, decimals), legend?(i) → [[name, text, className?]], ticks? }
 * @param count how many indices there are
 * @param xLabel text below an index
 * @param height of the whole, in pixels
 */
export function stack({ label, panes, count, xLabel, height, step = 7 }) {
    const canvas = h('canvas', { tabindex: 0, role: 'img', 'aria-label': label });
    const legends = panes.map(() => h('div', { class: 'legend' }));
    const said = h('p', { class: 'unseen', 'aria-live': 'polite' });
    const element = h('div', { class: 'chart' }, canvas, legends, said);
    const ctx = canvas.getContext('2d');
    // The right edge in indices, null to follow the newest; how wide an index is; the index that is read, or null.
    let edge = null;
    let pitch = step;
    let cursor = null;
    let queued = false;
    let size = { width: 0, height };

    const observer = new ResizeObserver(() => {
        size = { width: element.clientWidth, height: typeof height === 'function' ? height() : height };
        const ratio = devicePixelRatio || 1;
        canvas.width = Math.round(size.width * ratio);
        canvas.height = Math.round(size.height * ratio);
        canvas.style.height = `${size.height}px`;
        ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
        draw();
    });
    observer.observe(element);
    const endTheme = onTheme(invalidate);
    listen();

    const plotWidth = () => Math.max(10, size.width - AXIS_RIGHT);
    const right = () => edge ?? count() - 1 + 2;
    const xOf = i => plotWidth() - (right() - i) * pitch;
    const indexOf = x => Math.round(right() - (plotWidth() - x) / pitch);

    function invalidate() {
        if (queued) return;
        queued = true;
        requestAnimationFrame(() => {
            queued = false;
            draw();
        });
    }

    function draw() {
        const n = count();
        const paint = colors();
        ctx.clearRect(0, 0, size.width, size.height);
        if (size.width === 0 || n === 0) return;
        const from = Math.max(0, Math.floor(indexOf(0)) - 1);
        const to = Math.min(n - 1, Math.ceil(right()));
        const boxes = layout();
        drawTimes(from, to, paint);
        panes.forEach((pane, p) => drawPane(pane, boxes[p], from, to, paint));
        if (cursor !== null) drawCursor(boxes, paint);
        writeLegends(boxes, cursor ?? n - 1);
    }

    function layout() {
        const fixed = panes.reduce((sum, p) => sum + (p.height ?? 0), 0);
        const weights = panes.reduce((sum, p) => sum + (p.height ? 0 : p.weight), 0);
        const free = size.height - AXIS_BOTTOM - fixed - GAP * (panes.length - 1);
        let top = 0;
        return panes.map(pane => {
            const tall = pane.height ?? (free * pane.weight) / weights;
            const box = { left: 0, right: plotWidth(), top, bottom: top + tall };
            top += tall + GAP;
            return box;
        });
    }

    function drawPane(pane, plot, from, to, paint) {
        let [min, max] = [Infinity, -Infinity];
        for (const layer of pane.layers) {
            const range = layer.range?.(from, to);
            if (!range) continue;
            min = Math.min(min, range[0]);
            max = Math.max(max, range[1]);
        }
        const hasScale = min <= max;
        if (hasScale) [min, max] = pane.bounds?.(min, max) ?? padded([min, max], 0.08);
        const top = plot.top + (pane.legend && !pane.height ? 16 : 0);
        const y = v => plot.bottom - ((v - min) / (max - min)) * (plot.bottom - top);
        ctx.strokeStyle = paint.line;
        ctx.lineWidth = 1;
        ctx.beginPath();
        ctx.moveTo(0, Math.round(plot.bottom) + 0.5);
        ctx.lineTo(plot.right, Math.round(plot.bottom) + 0.5);
        ctx.stroke();
        const tag = pane.tag?.() ?? null;
        if (hasScale) drawScale(pane, plot, top, min, max, y, tag, paint);
        ctx.save();
        ctx.beginPath();
        ctx.rect(0, plot.top, plot.right, plot.bottom - plot.top);
        ctx.clip();
        const view = { x: xOf, y, from, to, step: pitch, plot: { ...plot, top }, colors: paint };
        for (const layer of pane.layers) layer.draw(ctx, view);
        ctx.restore();
        if (tag && hasScale) drawTag(tag, y, plot, paint);
    }

    function drawScale(pane, plot, top, min, max, y, tag, paint) {
        const { values, decimals } = ticks(min, max, pane.ticks ?? Math.max(2, (plot.bottom - top) / 46));
        ctx.font = paint.font;
        ctx.textAlign = 'left';
        ctx.textBaseline = 'middle';
        for (const value of values) {
            const at = Math.round(y(value)) + 0.5;
            if (at < top + 2 || at > plot.bottom - 4) continue;
            ctx.strokeStyle = value === 0 ? paint['line-strong'] : paint.grid;
            ctx.beginPath();
            ctx.moveTo(0, at);
            ctx.lineTo(plot.right, at);
            ctx.stroke();
            if (tag && Math.abs(at - y(tag.value)) < 16) continue;
            ctx.fillStyle = paint.faint;
            ctx.fillText(pane.format(value, decimals), plot.right + 8, at);
        }
    }

    function drawTag({ value, text, color }, y, plot, paint) {
        const at = Math.max(plot.top + 9, Math.min(plot.bottom - 9, y(value)));
        ctx.fillStyle = paint[color];
        ctx.fillRect(plot.right + 2, at - 9, AXIS_RIGHT - 4, 18);
        ctx.fillStyle = paint.panel;
        ctx.textAlign = 'left';
        ctx.textBaseline = 'middle';
        ctx.font = paint.font;
        ctx.fillText(text, plot.right + 8, at + 0.5);
    }

    function drawTimes(from, to, paint) {
        ctx.font = paint.font;
        ctx.textAlign = 'center';
        ctx.textBaseline = 'alphabetic';
        ctx.fillStyle = paint.faint;
        const every = Math.max(1, Math.ceil(96 / pitch));
        for (let i = Math.ceil(from / every) * every; i <= to; i += every) {
            const x = xOf(i);
            if (x < 30 || x > plotWidth() - 24) continue;
            ctx.fillText(xLabel(i), x, size.height - 6);
        }
    }

    function drawCursor(boxes, paint) {
        const x = Math.round(xOf(cursor)) + 0.5;
        ctx.strokeStyle = paint['line-strong'];
        ctx.setLineDash([3, 3]);
        ctx.beginPath();
        ctx.moveTo(x, 0);
        ctx.lineTo(x, boxes.at(-1).bottom);
        ctx.stroke();
        ctx.setLineDash([]);
        const text = xLabel(cursor, true);
        const width = ctx.measureText(text).width + 14;
        const left = Math.max(0, Math.min(plotWidth() - width, x - width / 2));
        ctx.fillStyle = paint['line-strong'];
        ctx.fillRect(left, size.height - AXIS_BOTTOM + 2, width, AXIS_BOTTOM - 2);
        ctx.fillStyle = paint.text;
        ctx.textAlign = 'center';
        ctx.fillText(text, left + width / 2, size.height - 6);
    }

    function writeLegends(boxes, i) {
        panes.forEach((pane, p) => {
            if (!pane.legend) return;
            legends[p].style.top = `${boxes[p].top + 1}px`;
            const parts = pane.legend(i);
            while (legends[p].children.length > parts.length) legends[p].lastChild.remove();
            while (legends[p].children.length < parts.length) legends[p].append(h('span', {}, '', h('b')));
            parts.forEach(([name, text, className], k) => {
                const span = legends[p].children[k];
                span.firstChild.data = name ? `${name} ` : '';
                if (span.lastChild.textContent !== text) span.lastChild.textContent = text;
                span.lastChild.className = className ?? '';
            });
        });
    }

    function moveCursor(i) {
        cursor = i === null ? null : Math.max(0, Math.min(count() - 1, i));
        invalidate();
    }

    function pan(indices) {
        const next = right() - indices;
        const least = Math.min(count() - 1, (plotWidth() / pitch) * 0.5);
        edge = next >= count() + 1 ? null : Math.max(least, next);
        invalidate();
    }

    function zoom(factor, atX = plotWidth()) {
        const at = right() - (plotWidth() - atX) / pitch;
        pitch = Math.max(STEP_MIN, Math.min(STEP_MAX, pitch * factor));
        const next = at + (plotWidth() - atX) / pitch;
        edge = edge === null && atX >= plotWidth() - 60 ? null : next >= count() + 1 ? null : next;
        invalidate();
    }

    function listen() {
        let drag = null;
        canvas.addEventListener('pointerdown', e => {
            drag = { x: e.offsetX, edge: right() };
            canvas.setPointerCapture(e.pointerId);
        });
        canvas.addEventListener('pointermove', e => {
            if (drag) {
                edge = drag.edge;
                pan((e.offsetX - drag.x) / pitch);
            }
            moveCursor(e.offsetX < plotWidth() ? indexOf(e.offsetX) : null);
        });
        const end = () => {
            drag = null;
        };
        canvas.addEventListener('pointerup', end);
        canvas.addEventListener('pointercancel', end);
        canvas.addEventListener('pointerleave', () => {
            if (!drag) moveCursor(null);
        });
        canvas.addEventListener(
            'wheel',
            e => {
                e.preventDefault();
                if (Math.abs(e.deltaX) > Math.abs(e.deltaY)) pan(-e.deltaX / pitch);
                else zoom(Math.exp(-e.deltaY * 0.0016), e.offsetX);
            },
            { passive: false },
        );
        canvas.addEventListener('dblclick', () => {
            edge = null;
            pitch = step;
            invalidate();
        });
        canvas.addEventListener('keydown', e => {
            const far = e.shiftKey ? 10 : 1;
            const act = {
                ArrowLeft: () => read((cursor ?? count()) - far),
                ArrowRight: () => read((cursor ?? count() - 2) + far),
                '+': () => zoom(1.25),
                '=': () => zoom(1.25),
                '-': () => zoom(0.8),
                Home: () => read(0),
                End: () => {
                    edge = null;
                    read(count() - 1);
                },
                Escape: () => moveCursor(null),
            }[e.key];
            if (!act) return;
            e.preventDefault();
            act();
        });
    }

    /** As with the pointer, and what is read is said as well. */
    function read(i) {
        moveCursor(i);
        if (xOf(cursor) < 0) pan((20 - xOf(cursor)) / pitch);
        if (xOf(cursor) > plotWidth()) pan((plotWidth() - 20 - xOf(cursor)) / pitch);
        said.textContent = [xLabel(cursor, true), ...panes.flatMap(p => p.legend?.(cursor) ?? []).map(([name, text]) => `${name} ${text}`)].join(', ');
    }

    return {
        element,
        invalidate,
        close: () => {
            observer.disconnect();
            endTheme();
        },
    };
}
