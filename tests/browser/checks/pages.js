// Every page at desktop and phone width in both themes: it fills, says nothing on the console, fits the width, is readable.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { contrast } from './contrast.js';

// What stands on the page once it is filled.
export const PAGES = {
    overview: ['#/', '.fact .value span'],
    symbol: ['#/symbol/BTCUSDT', '.answers .conditions span'],
    account: ['#/account/main', '.use .share'],
    orders: ['#/orders', '.card h2'],
    decisions: ['#/decisions', '.card h2'],
    incidents: ['#/incidents', '.timeline li'],
    cluster: ['#/cluster', 'tbody tr'],
};
const WIDTHS = [
    [1440, 900],
    [390, 844],
];

export async function pages({ check, open, shots }) {
    for (const [name, [hash, filled]] of Object.entries(PAGES)) {
        for (const [width, height] of WIDTHS) {
            for (const theme of ['dark', 'light']) {
                await check(`page ${name} at ${width}, ${theme}`, async () => {
                    const { page, said, close } = await open(hash, { width, height, theme });
                    await page.waitForFunction(selector => document.querySelector(selector)?.textContent.length > 0, filled);
                    await page.waitForFunction(() => document.querySelector('.connection .dot.good'));
                    // A frame later what came last is painted.
                    await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
                    await page.screenshot({ path: join(shots, `${name}-${width}-${theme}.png`), fullPage: width < 1000 });
                    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, 'the page is wider than the screen');
                    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), theme);
                    assert.deepEqual(await page.evaluate(contrast), [], 'text that is hard to read');
                    assert.equal(await page.locator('h1').count(), 1, 'a page has one title');
                    assert.deepEqual(said, [], 'the console');
                    await close();
                });
            }
        }
    }
    await check('a symbol or page that is not there is told in words', async () => {
        for (const hash of ['#/symbol/NOTHING', '#/nowhere', '#/account/nobody']) {
            const { page, said, close } = await open('#/');
            await page.evaluate(to => {
                location.hash = to;
            }, hash);
            await page.waitForSelector('main .empty');
            assert.match(await page.locator('main .empty').first().textContent(), /There is no|does not trade/);
            assert.deepEqual(said, []);
            await close();
        }
    });
}
