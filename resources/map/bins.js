// A square of bins over boxes: which of many boxes touch a small window, without looking at all of them.

export class Bins {
  /** boxes: [west, south, east, north] per item, in metres. */
  constructor(boxes) {
    const count = boxes.length / 4;
    this.boxes = boxes;
    this.count = count;
    this.side = Math.max(1, Math.min(128, Math.ceil(Math.sqrt(count / 2))));
    this.bounds = boundsOf(boxes);
    const [west, south, east, north] = this.bounds;
    this.width = Math.max((east - west) / this.side, 1e-6);
    this.height = Math.max((north - south) / this.side, 1e-6);
    this.stamps = new Uint32Array(count);
    this.stamp = 0;
    this.#fill();
  }

  #column(x) {
    return Math.max(0, Math.min(this.side - 1, Math.floor((x - this.bounds[0]) / this.width)));
  }

  #row(y) {
    return Math.max(0, Math.min(this.side - 1, Math.floor((y - this.bounds[1]) / this.height)));
  }

  #fill() {
    const { boxes, count, side, bounds: [west, south], width, height } = this;
    const first = new Uint32Array(side * side + 1);
    const spans = new Uint8Array(4 * count); // columns and rows fit a byte: there are at most 128
    for (let i = 0; i < count; i++) {
      const left = Math.min(side - 1, Math.floor((boxes[4 * i] - west) / width));
      const low = Math.min(side - 1, Math.floor((boxes[4 * i + 1] - south) / height));
      const right = Math.min(side - 1, Math.floor((boxes[4 * i + 2] - west) / width));
      const high = Math.min(side - 1, Math.floor((boxes[4 * i + 3] - south) / height));
      spans[4 * i] = left;
      spans[4 * i + 1] = low;
      spans[4 * i + 2] = right;
      spans[4 * i + 3] = high;
      for (let row = low; row <= high; row++) {
        for (let column = left; column <= right; column++) first[row * side + column + 1]++;
      }
    }
    for (let bin = 0; bin < side * side; bin++) first[bin + 1] += first[bin];
    const next = first.slice();
    const items = new Uint32Array(first[side * side]);
    for (let i = 0; i < count; i++) {
      for (let row = spans[4 * i + 1]; row <= spans[4 * i + 3]; row++) {
        for (let column = spans[4 * i]; column <= spans[4 * i + 2]; column++) {
          items[next[row * side + column]++] = i;
        }
      }
    }
    this.first = first;
    this.items = items;
  }

  /** The items whose box touches the window, in no particular order. */
  within(west, south, east, north) {
    const [w, s, e, n] = this.bounds;
    const found = [];
    if (!this.count || west > e || east < w || south > n || north < s) return found;
    this.stamp++;
    const b = this.boxes;
    const right = this.#column(east);
    const top = this.#row(north);
    for (let row = this.#row(south); row <= top; row++) {
      for (let column = this.#column(west); column <= right; column++) {
        const bin = row * this.side + column;
        for (let k = this.first[bin]; k < this.first[bin + 1]; k++) {
          const i = this.items[k];
          if (this.stamps[i] === this.stamp) continue;
          this.stamps[i] = this.stamp;
          if (b[4 * i] <= east && b[4 * i + 2] >= west && b[4 * i + 1] <= north && b[4 * i + 3] >= south) {
            found.push(i);
          }
        }
      }
    }
    return found;
  }
}

function boundsOf(boxes) {
  let west = Infinity;
  let south = Infinity;
  let east = -Infinity;
  let north = -Infinity;
  for (let i = 0; i < boxes.length; i += 4) {
    if (boxes[i] < west) west = boxes[i];
    if (boxes[i + 1] < south) south = boxes[i + 1];
    if (boxes[i + 2] > east) east = boxes[i + 2];
    if (boxes[i + 3] > north) north = boxes[i + 3];
  }
  return [west, south, east, north];
}

/** Whether a tile (256 px) lies outside bounds in metres: then it needs no canvas, the ground is the page's own. */
export function isOutside([west, south, east, north], plane, { x, y }) {
  const [left, top] = [x * 256 - plane.left, y * 256 - plane.top];
  const spare = 24; // px, for lines, names and marks that reach over the edge
  return east * plane.scale < left - spare || west * plane.scale > left + 256 + spare
    || -south * plane.scale < top - spare || -north * plane.scale > top + 256 + spare;
}
