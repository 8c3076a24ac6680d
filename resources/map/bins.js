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

  #eachBin(item, visit) {
    const b = this.boxes;
    const right = this.#column(b[4 * item + 2]);
    const top = this.#row(b[4 * item + 3]);
    for (let row = this.#row(b[4 * item + 1]); row <= top; row++) {
      for (let column = this.#column(b[4 * item]); column <= right; column++) {
        visit(row * this.side + column);
      }
    }
  }

  #fill() {
    const first = new Uint32Array(this.side * this.side + 1);
    for (let i = 0; i < this.count; i++) this.#eachBin(i, (bin) => { first[bin + 1]++; });
    for (let bin = 0; bin < first.length - 1; bin++) first[bin + 1] += first[bin];
    const next = first.slice();
    const items = new Uint32Array(first[first.length - 1]);
    for (let i = 0; i < this.count; i++) this.#eachBin(i, (bin) => { items[next[bin]++] = i; });
    this.first = first;
    this.items = items;
  }

  /** The items whose box touches the window, in rising order. */
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
    return found.sort((one, other) => one - other);
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
