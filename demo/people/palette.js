/** As many as are told apart at a glance. */
const COLOURS = 12;
/** From one try to the next: far apart on the wheel, and reaching every colour. */
const STEP = 5;

const preferredBy = (name) => {
  let hash = 7;
  for (const character of name) hash = (hash * 31 + character.codePointAt(0)) % 9973;
  return hash % COLOURS;
};

/**
 * The colours of one conversation's people. A name has the same colour wherever that is free; two people share one only
 * when all are taken by people who are here or have written.
 */
export class Palette {
  #namesInUse;
  #colours = new Map();

  /** `namesInUse` returns everyone who can be seen in the conversation now. */
  constructor(namesInUse) {
    this.#namesInUse = namesInUse;
  }

  /** In degrees. */
  hueOf(name) {
    const colour = this.#colours.get(name) ?? this.#assign(name);
    return (colour * 360) / COLOURS;
  }

  #assign(name) {
    const tries = Array.from({ length: COLOURS }, (_, index) => (preferredBy(name) + index * STEP) % COLOURS);
    const colour = this.#free(tries) ?? this.#freed(tries) ?? tries[0];
    this.#colours.set(name, colour);
    return colour;
  }

  #free(tries) {
    const taken = new Set(this.#colours.values());
    return tries.find((colour) => !taken.has(colour));
  }

  /** Those who can no longer be seen give their colours back. */
  #freed(tries) {
    const inUse = new Set(this.#namesInUse());
    for (const known of this.#colours.keys()) if (!inUse.has(known)) this.#colours.delete(known);
    return this.#free(tries);
  }
}
