// How many pixels of the screen are one of the page: another screen or another zoom of the interface changes it.

/** Call changed() at every change from now on. */
export function watchRatio(changed) {
  const query = matchMedia(`(resolution: ${window.devicePixelRatio}dppx)`);
  query.addEventListener('change', () => {
    changed();
    watchRatio(changed);
  }, { once: true });
}
