// Whether a place lies inside a ring.

/** How often a closed run is crossed on the way east from a place. */
export function crossings(xy, x, y) {
  let crossed = 0;
  for (let i = 0, j = xy.length - 2; i < xy.length; j = i, i += 2) {
    const [yi, yj] = [xy[i + 1], xy[j + 1]];
    if ((yi > y) === (yj > y)) continue;
    if (x < ((xy[j] - xy[i]) * (y - yi)) / (yj - yi) + xy[i]) crossed++;
  }
  return crossed;
}
