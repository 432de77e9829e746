import type { Publication } from '../../../src/domain/publications/publication.js';
import type { MovedPublication } from './move-file.js';

/** A publication as a line of the file, with its key, which clients never see. */
export const toMoved = (publication: Publication, key: unknown): MovedPublication => ({
  ...publication,
  data: publication.data.text,
  ...(typeof key === 'string' && { key }),
});
