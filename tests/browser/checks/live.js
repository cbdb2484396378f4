// Values change by themselves, and the chart moves with the wheel and the keys.
import assert from 'node:assert/strict';

export async function live({ check, open, silo }) {
    await check('live: the clock, prices and trades change by themselves', async () => {
        const { page, said, close } = await open('#/symbol/BTCUSDT');
        for (const selector of ['.clock', '.side .price', '.page-head .price', '.depth b']) {
            await page.waitForFunction(s => /\d/.test(document.querySelector(s)?.textContent ?? ''), selector);
            const before = await page.locator(selector).first().textContent();
            await page.waitForFunction(([s, text]) => document.querySelector(s).textContent !== text, [selector, before]);
        }
        assert.deepEqual(said, []);
        await close();
    });

    await check('live: what is shown is what the API says', async () => {
        const { page, close } = await open('#/account/main');
        await page.waitForFunction(() => /\d/.test(document.querySelector('.fact .value')?.textContent ?? ''));
        const { initialWallet } = await silo.get('/api/v1/accounts/main');
        const text = await page.locator('dl.pairs dd').first().textContent();
        assert.equal(Number(text.replaceAll(',', '')), initialWallet);
        const risk = await silo.get('/api/v1/accounts/main/risk');
        assert.equal(await page.locator('.use').count(), risk.limits.length);
        await close();
    });

    await check('live: one stream for each page, and none for a page that was left', async () => {
        const { page, close } = await open('#/cluster');
        const viewers = () => page.locator('.fact', { hasText: 'Dashboards' }).locator('.value span').first().textContent();
        await page.waitForFunction(() => [...document.querySelectorAll('.fact')].some(f => f.textContent.startsWith('Dashboards1')));
        await page.evaluate(() => {
            location.hash = '#/orders';
        });
        await page.waitForSelector('h1:text("Orders and fills")');
        await page.evaluate(() => {
            location.hash = '#/cluster';
        });
        await page.waitForSelector('h1:text("Cluster")');
        await page.waitForFunction(() => [...document.querySelectorAll('.fact')].some(f => f.textContent.startsWith('Dashboards1')));
        assert.equal(await viewers(), '1');
        await close();
    });

    await check('live: the chart is read with pointer and keys, zoomed and moved', async () => {
        const { page, said, close } = await open('#/symbol/BTCUSDT');
        const canvas = page.locator('.chart canvas').first();
        const legend = page.locator('.chart .legend').first();
        await page.waitForFunction(() => /C\s?\d/.test(document.querySelector('.chart .legend')?.textContent ?? ''));
        const picture = () => canvas.evaluate(c => c.toDataURL());
        const before = await legend.textContent();
        const box = await canvas.boundingBox();
        await page.mouse.move(box.x + box.width / 2, box.y + 80);
        await page.waitForFunction(text => document.querySelector('.chart .legend').textContent !== text, before);
        const wide = await picture();
        await page.mouse.wheel(0, -400);
        await page.waitForFunction(p => document.querySelector('.chart canvas').toDataURL() !== p, wide);
        await canvas.focus();
        await page.keyboard.press('Home');
        await page.keyboard.press('ArrowRight');
        await page.waitForFunction(() => document.querySelector('.chart [aria-live]').textContent.includes('bar 1,'));
        await page.keyboard.press('Escape');
        await page.keyboard.press('End');
        assert.deepEqual(said, []);
        await close();
    });
}
