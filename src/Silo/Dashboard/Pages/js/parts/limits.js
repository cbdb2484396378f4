// Limits as bars: the bar, the share and the numbers say the same.
import { h, setText, setClass } from '../dom.js';
import { money, percent, plain, words } from '../format.js';

const UNITS = {
    PositionEquityShareMax: 'share',
    DirectionEquityShareMax: 'share',
    GrossNotionalEquityMax: 'share',
    DailyLossMax: 'share',
    DailyTotalLossMax: 'share',
    DrawdownStopAbove: 'share',
    PositionNotionalMax: 'money',
    GrossNotionalMax: 'money',
    NetNotionalMax: 'money',
    LeverageMax: 'times',
};
const NAMES = {
    PositionEquityShareMax: 'Largest position, of equity',
    PositionNotionalMax: 'Largest position',
    DirectionEquityShareMax: 'One direction, of equity',
    SymbolsPerSideMax: 'Symbols on one side',
    GrossNotionalEquityMax: 'Gross exposure, of equity',
    GrossNotionalMax: 'Gross exposure',
    NetNotionalMax: 'Net exposure',
    LeverageMax: 'Leverage',
    OpenOrdersMax: 'Open orders',
    DailyLossMax: 'Realised loss of the day',
    DailyTotalLossMax: 'Total loss of the day',
    DrawdownStopAbove: 'Drawdown',
};

export function limits() {
    const element = h('div');
    const rows = new Map();
    return {
        element,
        update: all => {
            for (const { name, used, max } of all) {
                if (!rows.has(name)) {
                    const fill = h('div', { class: 'fill' });
                    const [share, of] = [h('span', { class: 'share' }), h('span', { class: 'of' })];
                    const track = h('div', { class: 'track', role: 'meter', 'aria-label': labelOf(name), 'aria-valuemin': 0, 'aria-valuemax': 100 }, fill);
                    rows.set(name, { fill, share, of, track });
                    element.append(h('div', { class: 'use', title: name }, h('span', {}, labelOf(name)), track, share, of));
                }
                const row = rows.get(name);
                const part = max > 0 ? Math.max(0, used / max) : 0;
                row.fill.style.width = `${Math.min(1, part) * 100}%`;
                setClass(row.fill, `fill ${part >= 0.95 ? 'bad' : part >= 0.75 ? 'warn' : ''}`.trim());
                setClass(row.share, `share ${part >= 0.95 ? 'bad' : part >= 0.75 ? 'warn' : ''}`.trim());
                setText(row.share, percent(part, 0));
                setText(row.of, `${amount(name, used)} of ${amount(name, max)}`);
                row.track.setAttribute('aria-valuenow', String(Math.round(part * 100)));
            }
        },
    };
}

function amount(name, value) {
    switch (UNITS[name]) {
        case 'share':
            return percent(value, value !== 0 && Math.abs(value) < 0.1 ? 2 : 0);
        case 'money':
            return money(value, 0);
        case 'times':
            return `${plain(value, 2)} ×`;
        default:
            return plain(value, 4);
    }
}

/** An option as words; what is no option, such as the name of a client, as it is. */
const labelOf = name => NAMES[name] ?? (/^[A-Z]\w+$/.test(name) ? words(name) : name);
