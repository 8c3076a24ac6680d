// What is seen after a zoom step until the new level is drawn: the old one, in one picture of the view.
//
// The old tiles themselves could stand there stretched, but smoothing them takes 50 to 100 ms of a frame where
// no graphics chip helps; this picture is made in some milliseconds, unsmoothed.

export class StandIn {
  /** layers: Sheets, the lowest first; they are shown when all of them are drawn. */
  constructor(map, layers) {
    this.map = map;
    this.layers = layers;
    this.sheet = document.createElement('canvas');
    this.sheet.hidden = true;
    map.createPane('standIn').append(this.sheet);
    this.ink = this.sheet.getContext('2d');
    map.on('viewreset', () => this.#show());
    for (const layer of layers) layer.on('load', () => this.#turn());
  }

  /** One layer a frame, below the picture: to show a whole level is as much as a frame can bear. */
  #turn() {
    if (this.layers.some((layer) => layer.isLoading())) return;
    const next = this.layers.find((layer) => layer.isTurning());
    if (next) next.turn();
    else this.sheet.hidden = true;
    if (next) requestAnimationFrame(() => this.#turn());
  }

  #show() {
    const { map, sheet, ink } = this;
    const turning = this.layers.filter((layer) => layer.standing && layer.isTurning());
    sheet.hidden = !turning.length;
    if (!turning.length) return;
    const ratio = window.devicePixelRatio || 1;
    const { x: width, y: height } = map.getSize();
    if (sheet.width !== Math.round(width * ratio) || sheet.height !== Math.round(height * ratio)) {
      sheet.width = Math.round(width * ratio);
      sheet.height = Math.round(height * ratio);
      sheet.style.width = `${width}px`;
      sheet.style.height = `${height}px`;
      ink.imageSmoothingEnabled = false;
    }
    ink.clearRect(0, 0, sheet.width, sheet.height);
    for (const layer of turning) this.#draw(layer, ratio);
    L.DomUtil.setPosition(sheet, map.containerPointToLayerPoint([0, 0]).round());
  }

  #draw(layer, ratio) {
    const { ink, map, sheet } = this;
    const stretch = 2 ** (map.getZoom() - layer.standing.zoom) * ratio;
    const { min } = map.getPixelBounds();
    ink.globalAlpha = layer.options.opacity;
    for (const { canvas, coords } of layer.shown.values()) {
      if (coords.z !== layer.standing.zoom) continue;
      const [left, right] = [coords.x, coords.x + 1].map((x) => Math.round(x * 256 * stretch - min.x * ratio));
      const [top, bottom] = [coords.y, coords.y + 1].map((y) => Math.round(y * 256 * stretch - min.y * ratio));
      if (right > 0 && bottom > 0 && left < sheet.width && top < sheet.height) {
        ink.drawImage(canvas, left, top, right - left, bottom - top);
      }
    }
    ink.globalAlpha = 1;
  }
}
