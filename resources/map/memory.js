// Memory given back at once: the page's own collector waits until some ten megabytes of it lie about.

/** Empty a canvas that is not shown any more. */
export function emptied(canvas) {
  canvas.width = canvas.height = 0;
}

/** Give back what typed arrays stand on; nobody may look into them afterwards. */
export function letGo(...arrays) {
  for (const { buffer } of arrays) if (buffer.byteLength) buffer.transfer?.(0);
}
