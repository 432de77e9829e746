import type { Publication } from '../../../src/domain/publications/publication.js';
import type { MovedPublication } from './move-file.js';

/** A publication as its line of the file: with its key, which no reader is shown. */
export const toMoved = (publication: Publication, key: unknown): MovedPublication => ({
  ...publication,
  data: publication.data.text,
  ...(typeof key === 'string' && { key }),
});
