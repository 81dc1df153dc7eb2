// Sets the color scheme before the first paint. A file, not inline: the content policy forbids inline scripts.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('cordboard.scheme');
  } catch {
    // Storage may be forbidden; the system's preference then decides.
  }
  const dark = chosen
    ? chosen === 'dark'
    : window.matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
