// The scale bar, written anew only when it says something else.
//
// Leaflet writes its own at every step of a moving map, and the whole page is laid out anew each time.

export const ScaleBar = L.Control.Scale.extend({
  options: { imperial: false, maxWidth: 120 },

  _updateScale(bar, text, share) {
    const width = `${Math.round(this.options.maxWidth * share)}px`;
    if (bar.style.width !== width) bar.style.width = width;
    if (bar.textContent !== text) bar.textContent = text;
  },
});
