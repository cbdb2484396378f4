// Everything that can be pressed is reached with Tab, shows that it is, and has a name.
import assert from 'node:assert/strict';
import { PAGES } from './pages.js';

const PRESSABLE = 'a[href], button:not([disabled]), input:not([disabled]), select:not([disabled]), [tabindex="0"]';
const TABS_MAX = 400;

export async function keyboard({ check, open }) {
    for (const [name, [hash, filled]] of Object.entries(PAGES)) {
        await check(`keyboard: ${name}`, async () => {
            const { page, close } = await open(hash);
            await page.waitForFunction(selector => document.querySelector(selector)?.textContent.length > 0, filled);
            const nameless = await page.evaluate(
                selector =>
                    [...document.querySelectorAll(selector)]
                        .filter(e => e.checkVisibility() && !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length))
                        .map(e => e.outerHTML.slice(0, 120)),
                PRESSABLE,
            );
            assert.deepEqual(nameless, [], 'without a name');

            // New rows come in while Tab goes on, so what is asked is which kinds of places were reached, not how many.
            const kinds = await page.evaluate(selector => {
                globalThis.kindOf = e =>
                    `${e.tagName} ${e.closest('header, nav, section, .chart, main')?.className ?? ''} ${e.tagName === 'A' ? '' : e.className}`;
                return [...new Set([...document.querySelectorAll(selector)].filter(e => e.checkVisibility()).map(kindOf))];
            }, PRESSABLE);
            const reached = new Set();
            const unseen = new Set();
            for (let i = 0; i < TABS_MAX; i++) {
                await page.keyboard.press('Tab');
                const at = await page.evaluate(() => {
                    const e = document.activeElement;
                    if (!e || e === document.body) return null;
                    const style = getComputedStyle(e);
                    return { kind: kindOf(e), isSeen: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 1 };
                });
                if (!at && reached.size > 0) break;
                if (!at) continue;
                reached.add(at.kind);
                if (!at.isSeen) unseen.add(at.kind);
            }
            assert.deepEqual(
                kinds.filter(k => !reached.has(k)),
                [],
                'not reached',
            );
            assert.deepEqual([...unseen], [], 'without an outline');
            await close();
        });
    }

    await check('keyboard: motion is off for those who ask for it', async () => {
        const { page, close } = await open('#/', { reducedMotion: 'reduce' });
        const moving = await page.evaluate(() => document.getAnimations().length);
        assert.equal(moving, 0);
        await close();
    });
}
