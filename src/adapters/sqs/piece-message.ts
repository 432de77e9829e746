import { createHash } from 'node:crypto';
import type { SendMessageBatchRequestEntry } from '@aws-sdk/client-sqs';
import * as z from 'zod/mini';
import type { Piece } from '../../domain/publications/piece.js';

const Body = z.strictObject({
  room: z.string(),
  section: z.strictObject({
    part: z.optional(z.int()),
    after: z.optional(z.string()),
    upTo: z.optional(z.string()),
  }),
  places: z.array(z.strictObject({ epoch: z.string(), offset: z.int(), mark: z.string() })),
});

/** `id` only names it in a batch. */
export const toMessage = (piece: Piece, id: number): SendMessageBatchRequestEntry => {
  const { room, section, places } = piece;
  const { part, after, upTo } = section;
  // The bounds themselves, never a number: with other bounds, the second section would be another.
  const group = [room, part ?? null, after ?? null, upTo ?? null];
  const marked = places.map(({ epoch, offset, mark }) => `${epoch}#${offset}#${mark}`).sort();
  return {
    Id: String(id),
    MessageBody: JSON.stringify({ room, section, places }),
    MessageGroupId: sha256(group),
    MessageDeduplicationId: sha256([group, marked]),
  };
};

/** @throws Error if the text is not a piece */
export const toPiece = (body: string): Piece => {
  const { success, data } = Body.safeParse(parsed(body));
  if (success) return data as Piece;
  throw new Error('This message is not a piece');
};

const parsed = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
};

const sha256 = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('hex');
