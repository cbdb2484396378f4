// Commands ask twice, are refused without the token, work with it, and are on record.
import assert from 'node:assert/strict';

export async function commands({ check, open, silo }) {
    const state = async () => (await silo.get('/api/v1/accounts/main')).state;

    await check('commands: halt is refused without a token and with a wrong one', async () => {
        const { page, close } = await open('#/');
        await settle(page);
        await page.getByRole('button', { name: 'Stop …' }).click();
        await page.getByRole('button', { name: /^Halt/ }).click();
        assert.match(await page.locator('dialog .what').textContent(), /No position is opened from now on/);
        for (const token of ['', 'wrong']) {
            await page.locator('input[name=token]').fill(token);
            await page.getByRole('button', { name: 'Halt main now' }).click();
            await page.waitForSelector('dialog .outcome.bad:text("Refused")');
            assert.equal(await state(), 'Active');
        }
        await close();
    });

    await check('commands: halt and resume work with the token, from the keyboard alone', async () => {
        const { page, said, close } = await open('#/account/main');
        await settle(page);
        await page.getByRole('button', { name: 'Halt …' }).focus();
        await page.keyboard.press('Enter');
        await page.waitForSelector('dialog input[name=reason]:focus');
        await page.keyboard.type('a check');
        await page.keyboard.press('Tab');
        await page.keyboard.type('browser');
        await page.keyboard.press('Tab');
        await page.keyboard.type(silo.token);
        await page.keyboard.press('Enter');
        await page.waitForSelector('dialog .outcome.good:text("main is Halted")');
        assert.equal(await state(), 'Halted');
        const { items } = await silo.get('/api/v1/incidents?limit=20');
        assert.ok(
            items.some(i => i.kind === 'OperatorCommand' && i.seen === 'halt by browser: a check'),
            'no record of who and why',
        );
        await page.keyboard.press('Escape');
        await page.waitForFunction(() => document.querySelector('.verdict').textContent.includes('main is halted'));

        await page.evaluate(() => {
            location.hash = '#/';
        });
        await page.locator('.health').getByRole('button', { name: 'Resume …' }).click();
        // The tab still knows the token.
        await page.getByRole('button', { name: 'Resume main now' }).click();
        await page.waitForSelector('dialog .outcome.good:text("main is Active")');
        assert.equal(await state(), 'Active');
        assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), [], 'the token is not kept beyond the tab');
        assert.deepEqual(said, []);
        await close();
    });

    await check('commands: the whole engine is stopped and resumed', async () => {
        const { page, close } = await open('#/');
        await settle(page);
        await page.getByRole('button', { name: 'Stop …' }).click();
        await page.getByRole('button', { name: 'Whole engine' }).click();
        await page.getByRole('button', { name: /^Reduce only/ }).click();
        await page.locator('input[name=token]').fill(silo.token);
        await page.getByRole('button', { name: 'Reduce only the whole engine now' }).click();
        await page.waitForSelector('dialog .outcome:text("Engine: ReduceOnly")');
        await page.getByRole('button', { name: 'Close' }).click();
        await page.waitForFunction(() => document.querySelector('.verdict').textContent.includes('The engine is stopped'));
        await page.getByRole('button', { name: 'Resume the engine …' }).click();
        await page.getByRole('button', { name: 'Resume the whole engine now' }).click();
        await page.waitForSelector('dialog .outcome:text("no stop")');
        await close();
    });

    await check('commands: flatten must be typed', async () => {
        const { page, close } = await open('#/account/main');
        await settle(page);
        await page.getByRole('button', { name: 'Flatten …' }).click();
        const send = page.getByRole('button', { name: 'Flatten main now' });
        assert.equal(await send.isDisabled(), true);
        await page.locator('input[name=typed]').fill('flat');
        assert.equal(await send.isDisabled(), true);
        await page.locator('input[name=typed]').fill('flatten');
        await page.locator('input[name=token]').fill(silo.token);
        await send.click();
        await page.waitForSelector('dialog .outcome.good:text("main is Halted")');
        await page.waitForFunction(async () => (await (await fetch('/api/v1/positions')).json()).items.length === 0);
        await close();
    });
}

/** The account is active, so that what follows is seen to change. */
const settle = page => page.waitForFunction(async () => (await (await fetch('/api/v1/accounts/main')).json()).state === 'Active');
