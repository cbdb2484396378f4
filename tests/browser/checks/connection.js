// When the silo goes the page says so, and when it comes back it goes on by itself.
import assert from 'node:assert/strict';

export async function connection({ check, open, silo }) {
    await check('connection: a silo that is killed is told at once, and one that is back is watched again', async () => {
        const { page, close } = await open('#/');
        await page.waitForSelector('.connection .dot.good');
        await silo.stop('SIGKILL');
        await page.waitForSelector('.banner');
        assert.match(await page.locator('.banner').textContent(), /No connection to the silo.*Everything below is from \d\d:\d\d:\d\d UTC/);
        assert.equal(await page.locator('body.stale').count(), 1);
        assert.match(await page.locator('.verdict').textContent(), /No connection/, 'nothing is called well that nobody sees');
        await silo.start();
        await page.waitForSelector('.banner', { state: 'detached' });
        const before = await page.locator('.clock').textContent();
        await page.waitForFunction(text => document.querySelector('.clock').textContent !== text, before);
        await close();
    });
}
