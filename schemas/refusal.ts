import * as z from 'zod/mini';
import { ERRORS, type ErrorCode, type ErrorFrame, type Refusal } from '../protocol/errors.js';
import { label } from './grammar.js';

export const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

const fields = {
  code: errorCode,
  message: z.string().check(z.minLength(1)),
  retryable: z.boolean(),
  retryAfterMs: z.exactOptional(z.int().check(z.minimum(0))),
};

export const refusal = z.strictObject(fields) satisfies z.ZodMiniType<Refusal>;

export const errorFrame = z.strictObject({
  type: z.literal('error'),
  id: z.nullable(label),
  ...fields,
  requestId: z.string().check(z.minLength(1)),
}) satisfies z.ZodMiniType<ErrorFrame>;
