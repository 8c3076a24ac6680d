// Lines over what has too few cases to be in a class: it is told by its pattern, not by its colour alone.

const STEP = 6; // px between the lines, which go down to the left
export const FEW = 6; // the class

/** Whether any cell is in that class. */
export const anyFew = (levels) => levels.includes(FEW);

/** Draw the lines into pixels of which the first lies at (left, top) of the plane, wherever they are of `ground`. */
export function hatch(pixels, width, height, left, top, ratio, ground, line) {
  const step = Math.round(STEP * ratio);
  const broad = Math.max(1, Math.round(ratio));
  for (let row = 0; row < height; row++) {
    const begin = row * width;
    const first = (step - ((left + top + row) % step)) % step; // may begin before the row by its breadth
    for (let column = first - step; column < width; column += step) {
      for (let at = Math.max(0, column); at < Math.min(width, column + broad); at++) {
        if (pixels[begin + at] === ground) pixels[begin + at] = line;
      }
    }
  }
}
