import { randomInt } from 'node:crypto';
import type { Random } from '../../application/ports/random.js';

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz0123456789';

export class SystemRandom implements Random {
  number(): number {
    return Math.random();
  }

  id(length: number): string {
    return Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
  }
}
