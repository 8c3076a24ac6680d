// A tile as cell numbers: for every pixel the index of its cell plus one, 0 outside the city.
//
// Below street level a cell is a few pixels wide. Filled as polygons, 38,515 of them take a second and
// leave seams; as numbers they are painted by one look-up per pixel, and recoloured the same way.

const CROSSINGS = new Float64Array(4096);

/** left, top: the tile's corner in device pixels of the plane; plane.scale: device pixels per metre. */
export function rasterOf(cells, plane, left, top, size) {
  const pixels = cells.count < 0xffff ? new Uint16Array(size * size) : new Uint32Array(size * size);
  const shiftX = plane.left - left;
  const shiftY = plane.top - top;
  const { scale } = plane;
  const inside = cells.bins.within(-shiftX / scale, (shiftY - size) / scale, (size - shiftX) / scale, shiftY / scale);
  for (const cell of inside) fillCell(cells, cell, pixels, size, scale, shiftX, shiftY);
  return pixels;
}

function fillCell(cells, cell, pixels, size, scale, shiftX, shiftY) {
  const { boxes, xy, firstVertex } = cells;
  const number = cell + 1;
  const low = Math.max(0, Math.ceil(shiftY - boxes[4 * cell + 3] * scale - 0.5));
  const high = Math.min(size - 1, Math.floor(shiftY - boxes[4 * cell + 1] * scale - 0.5));
  let painted = false;
  for (let row = low; row <= high; row++) {
    const y = (shiftY - row - 0.5) / scale;
    let found = 0;
    for (let ring = cells.firstRing[cell]; ring < cells.firstRing[cell + 1]; ring++) {
      const from = firstVertex[ring];
      const to = firstVertex[ring + 1];
      for (let i = from, j = to - 1; i < to; j = i++) {
        const yi = xy[2 * i + 1];
        const yj = xy[2 * j + 1];
        if ((yi > y) === (yj > y) || found === CROSSINGS.length) continue;
        const xi = xy[2 * i];
        let at = found++;
        const x = ((xy[2 * j] - xi) * (y - yi)) / (yj - yi) + xi;
        for (; at > 0 && CROSSINGS[at - 1] > x; at--) CROSSINGS[at] = CROSSINGS[at - 1];
        CROSSINGS[at] = x;
      }
    }
    for (let k = 0; k + 1 < found; k += 2) {
      const start = Math.max(0, Math.ceil(CROSSINGS[k] * scale + shiftX - 0.5));
      const end = Math.min(size, Math.ceil(CROSSINGS[k + 1] * scale + shiftX - 0.5));
      for (let i = row * size + start; i < row * size + end; i++) pixels[i] = number;
      painted ||= end > start;
    }
  }
  if (!painted) keepSmall(cells, cell, pixels, size, scale, shiftX, shiftY);
}

/** A cell that covers no pixel's centre still gets one: a lone open case must not vanish. */
function keepSmall(cells, cell, pixels, size, scale, shiftX, shiftY) {
  const { boxes } = cells;
  const width = (boxes[4 * cell + 2] - boxes[4 * cell]) * scale;
  const height = (boxes[4 * cell + 3] - boxes[4 * cell + 1]) * scale;
  if (width > 2 || height > 2) return;
  const x = Math.floor(((boxes[4 * cell] + boxes[4 * cell + 2]) / 2) * scale + shiftX);
  const y = Math.floor(shiftY - ((boxes[4 * cell + 1] + boxes[4 * cell + 3]) / 2) * scale);
  if (x >= 0 && y >= 0 && x < size && y < size) pixels[y * size + x] = cell + 1;
}
