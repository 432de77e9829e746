import * as z from 'zod/mini';
import type { AnnouncedState, UserState } from '../protocol/member-state.js';
import { userId } from './grammar.js';

const fields = { user: userId, state: z.unknown(), counter: z.int().check(z.minimum(0)) };

export const userState = z.strictObject(fields) satisfies z.ZodMiniType<UserState>;

export const announcedState = z.strictObject({
  ...fields,
  replaces: z.exactOptional(z.int().check(z.minimum(1))),
}) satisfies z.ZodMiniType<AnnouncedState>;
