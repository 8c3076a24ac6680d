// Names from files as they may stand in a line of ours: one line, of bearable length, turning nothing around.

const LONGEST = 60;

/** Without control characters, cut, and held in itself whichever way it is written. */
export function tidy(name) {
  const letters = [...String(name).slice(0, 4 * LONGEST).replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029\s]+/g, ' ').trim()];
  const cut = letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : letters.join('');
  return `\u2068${cut}\u2069`; // a writing from right to left ends here
}
