/** An object whose own fields are all there is to it: not a list, a `Map`, a `Uint8Array` or the like. */
export const isPlain = (value: unknown): boolean =>
  Object.prototype.toString.call(value) === '[object Object]';
