// The tables that several pages show.
import { table } from './table.js';
import { gain, gainClass, iso, moment, money, plain, price, words } from '../format.js';

const sideClass = row => (row.side === 'Buy' ? 'good' : 'bad');

export const positionsTable = empty =>
    table({
        caption: 'Open positions',
        empty,
        key: p => `${p.account}/${p.symbol}`,
        columns: [
            { label: 'Symbol', text: p => p.symbol, href: p => `#/symbol/${p.symbol}` },
            { label: 'Account', text: p => p.account, less: true },
            { label: 'Side', text: p => (p.quantity > 0 ? 'Long' : 'Short'), className: p => (p.quantity > 0 ? 'good' : 'bad') },
            { label: 'Quantity', num: true, text: p => plain(Math.abs(p.quantity)) },
            { label: 'Entry', num: true, text: p => price(p.symbol, p.entryPrice) },
            { label: 'Mark', num: true, text: p => price(p.symbol, p.markPrice) },
            { label: 'Value', num: true, text: p => money(Math.abs(p.quantity) * p.markPrice, 0) },
            { label: 'Unrealised', num: true, text: p => gain(p.unrealizedPnl), className: p => gainClass(p.unrealizedPnl) },
            {
                label: 'Stop',
                num: true,
                text: p => (p.stopPrice === null ? p.stopReason || 'none' : price(p.symbol, p.stopPrice)),
                className: p => (p.stopPrice === null ? 'warn' : ''),
                title: p => p.stopReason,
            },
            {
                label: 'Stop at venue',
                text: p => words(p.stopState || 'none'),
                className: p => (p.stopState === 'Resting' || p.stopState === 'Live' ? '' : 'warn'),
                less: true,
            },
            { label: 'Strategy', text: p => p.strategy, less: true },
        ],
    });

export const decisionsTable = ({ nowMs, onRow = null, isShort = false, tall = false }) =>
    table({
        caption: 'Decisions, newest first',
        empty: "No strategy has asked for anything yet. Most bars meet no strategy's conditions; why the last one did not stands on the symbol's page.",
        key: d => `${d.account}/${d.intentId}/${d.timeMs}`,
        onRow,
        tall,
        columns: [
            { label: 'Time, UTC', text: d => moment(d.timeMs, nowMs()), title: d => iso(d.timeMs) },
            { label: 'Symbol', text: d => d.symbol, href: d => (onRow ? null : `#/symbol/${d.symbol}`) },
            ...(isShort ? [] : [{ label: 'Account', text: d => d.account, less: true }]),
            { label: 'Strategy', text: d => d.strategy, less: true },
            { label: 'Wanted', text: d => `${d.kind} ${d.side.toLowerCase()}`, className: sideClass },
            ...(isShort
                ? []
                : [
                      { label: 'Strength', num: true, text: d => plain(d.strength, 2), less: true },
                      { label: 'Bar', num: true, text: d => plain(d.barIndex), less: true },
                  ]),
            { label: 'Gate', text: d => d.outcome, className: d => (d.outcome === 'Approved' ? 'good' : 'warn') },
            { label: 'Reason', text: d => (d.reason ? words(d.reason) : ''), title: d => d.detail },
            ...(isShort ? [] : [{ label: 'Detail', text: d => d.detail, clip: true, title: d => d.detail, less: true }]),
        ],
    });

export const ordersTable = ({ nowMs, empty, isShort = false, tall = false }) =>
    table({
        caption: 'Orders, newest first',
        empty,
        key: o => `${o.account}/${o.clientOrderId}`,
        tall,
        columns: [
            { label: 'Time, UTC', text: o => moment(o.timeMs, nowMs()), title: o => iso(o.timeMs) },
            { label: 'Symbol', text: o => o.symbol, href: o => `#/symbol/${o.symbol}` },
            ...(isShort ? [] : [{ label: 'Account', text: o => o.account, less: true }]),
            { label: 'Purpose', text: o => o.purpose, title: o => (o.reduceOnly ? 'Only reduces' : '') },
            { label: 'Side', text: o => o.side, className: sideClass },
            { label: 'Type', text: o => (o.type === 'Limit' ? `Limit ${o.timeInForce}` : words(o.type)), less: true },
            { label: 'Quantity', num: true, text: o => (o.quantity === 0 ? '–' : plain(o.quantity)) },
            { label: 'Filled', num: true, text: o => plain(o.executedQuantity) },
            { label: 'Price', num: true, text: o => (o.price === null ? 'market' : price(o.symbol, o.price)) },
            {
                label: 'Stop',
                num: true,
                text: o => price(o.symbol, o.stopPrice),
                title: o => (o.purpose === 'Stop' ? 'Where it triggers' : 'The planned stop of the position'),
                less: true,
            },
            { label: 'State', text: o => words(o.status), className: o => statusClass(o.status), title: o => o.detail },
            ...(isShort
                ? []
                : [
                      { label: 'Strategy', text: o => o.strategy, less: true },
                      { label: 'Client order id', text: o => o.clientOrderId, className: () => 'mono faint', less: true },
                  ]),
        ],
    });

export const fillsTable = ({ nowMs, empty, isShort = false, tall = false }) =>
    table({
        caption: 'Fills, newest first',
        empty,
        key: f => `${f.account}/${f.symbol}/${f.tradeId}`,
        tall,
        columns: [
            { label: 'Time, UTC', text: f => moment(f.timeMs, nowMs()), title: f => iso(f.timeMs) },
            { label: 'Symbol', text: f => f.symbol, href: f => `#/symbol/${f.symbol}` },
            ...(isShort ? [] : [{ label: 'Account', text: f => f.account, less: true }]),
            { label: 'Side', text: f => f.side, className: sideClass },
            { label: 'Quantity', num: true, text: f => plain(f.quantity) },
            { label: 'Price', num: true, text: f => price(f.symbol, f.price) },
            { label: 'Fee', num: true, text: f => `${plain(f.fee, 6)}${f.feeAsset === 'USDT' ? '' : ` ${f.feeAsset}`}` },
            { label: 'Realised', num: true, text: f => (f.realizedPnl === 0 ? '' : gain(f.realizedPnl)), className: f => gainClass(f.realizedPnl) },
            { label: 'Role', text: f => (f.isMaker ? 'maker' : 'taker'), less: true },
            ...(isShort
                ? []
                : [
                      { label: 'Strategy', text: f => f.strategy, less: true },
                      { label: 'Trade id', num: true, text: f => String(f.tradeId), less: true },
                  ]),
        ],
    });

export const incidentsTable = ({ nowMs }) =>
    table({
        caption: 'Incidents, newest first',
        empty: 'Nothing out of the ordinary has happened, and no command was given.',
        key: i => `${i.timeMs}/${i.scope}/${i.kind}/${i.seen}`,
        columns: [
            { label: 'Time, UTC', text: i => moment(i.timeMs, nowMs()), title: i => iso(i.timeMs) },
            { label: 'What', text: i => words(i.kind), title: i => i.scope, href: () => '#/incidents' },
            { label: 'Seen', text: i => i.seen, clip: true, title: i => `${i.seen}; ${i.done}; ${i.result}` },
        ],
    });

export const statusClass = status =>
    ({ Filled: '', New: 'accent', PartiallyFilled: 'accent', Unknown: 'bad', Rejected: 'warn', Expired: 'warn' })[status] ?? 'faint';
