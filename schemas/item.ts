import * as z from 'zod/mini';
import type { Item } from '../protocol/item.js';
import { sender } from './grammar.js';

export const publicationFields = {
  offset: z.int().check(z.minimum(1)),
  id: z.string().check(z.minLength(1)),
  from: sender,
  at: z.int(),
  data: z.unknown(),
};

export const item = z.strictObject(publicationFields) satisfies z.ZodMiniType<Item>;
