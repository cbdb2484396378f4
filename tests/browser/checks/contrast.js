// Runs in the page: texts whose colour is too close to what is behind them (WCAG 2, AA).

export function contrast() {
    const parse = text => {
        const parts = /rgba?\(([^)]+)\)/
            .exec(text)?.[1]
            .split(/[ ,/]+/)
            .map(Number) ?? [0, 0, 0, 0];
        return { rgb: parts.slice(0, 3), alpha: parts[3] ?? 1 };
    };
    const over = (top, below) => top.rgb.map((c, i) => c * top.alpha + below[i] * (1 - top.alpha));
    const luminance = rgb => {
        const [r, g, b] = rgb.map(c => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4));
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const behind = element => {
        const layers = [];
        for (let at = element; at; at = at.parentElement) {
            const colour = parse(getComputedStyle(at).backgroundColor);
            layers.push(colour);
            if (colour.alpha === 1) break;
        }
        return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255]);
    };
    const wrong = new Map();
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const element = walker.currentNode.parentElement;
        if (!walker.currentNode.data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
        if (element.closest('.unseen, noscript, option, .stale, [disabled]')) continue;
        const style = getComputedStyle(element);
        const ground = behind(element);
        const [a, b] = [luminance(over(parse(style.color), ground)), luminance(ground)].sort((x, y) => y - x);
        const ratio = (a + 0.05) / (b + 0.05);
        const size = parseFloat(style.fontSize);
        const least = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
        if (ratio < least)
            wrong.set(`${element.tagName.toLowerCase()}.${element.className}`, `${ratio.toFixed(2)} "${walker.currentNode.data.trim().slice(0, 30)}"`);
    }
    return [...wrong].map(([where, what]) => `${where}: ${what}`);
}
