// Starts a silo and a browser, runs every check, and says what passed; screenshots go to a temporary folder.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { Silo } from './silo.js';
import { commands } from './checks/commands.js';
import { connection } from './checks/connection.js';
import { keyboard } from './checks/keyboard.js';
import { live } from './checks/live.js';
import { pages } from './checks/pages.js';

const silo = new Silo();
const shots = process.env.GRANARY_SCREENSHOTS ?? mkdtempSync(join(tmpdir(), 'granary-screenshots-'));
const only = process.argv[2] ?? '';
let browser = null;
let passed = 0;
let failed = 0;

/** Runs a check; its failure does not keep the others from running. */
async function check(name, action) {
    if (!name.includes(only)) return;
    try {
        await action();
        passed++;
        console.log(`ok      ${name}`);
    } catch (error) {
        failed++;
        console.log(`FAILED  ${name}\n        ${String(error.message ?? error).replaceAll('\n', '\n        ')}`);
    } finally {
        // What a failed check left open would be counted by the next.
        for (const context of browser.contexts()) await context.close();
    }
}

/** A page of its own, and whatever its console said that it should not have. */
async function open(hash, { width = 1440, height = 900, theme = 'dark', reducedMotion = 'no-preference' } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion });
    const page = await context.newPage();
    const said = [];
    page.on('console', message => ['error', 'warning'].includes(message.type()) && said.push(message.text()));
    page.on('pageerror', error => said.push(error.message));
    await page.goto(`${silo.url}/${hash}`);
    await page.waitForSelector('main h1', { state: 'attached' });
    return { page, said, close: () => context.close() };
}

try {
    await silo.start();
    browser = await chromium.launch({ executablePath: process.env.GRANARY_CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
    const bench = { silo, shots, check, open };
    // The connection's check ends the silo, so it is the last.
    for (const all of [pages, live, keyboard, commands, connection]) await all(bench);
} catch (error) {
    failed++;
    console.log(`FAILED  ${error.stack}`);
} finally {
    await browser?.close();
    await silo.stop();
    silo.remove();
}
console.log(`Screenshots: ${shots}`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
