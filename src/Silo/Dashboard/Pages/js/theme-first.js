// Runs before the page is painted, so that it is never seen in the wrong theme. No module: modules wait.
(() => {
    const chosen = localStorage.getItem('granary.theme');
    const light = chosen ? chosen === 'light' : matchMedia('(prefers-color-scheme: light)').matches;
    document.documentElement.dataset.theme = light ? 'light' : 'dark';
})();
