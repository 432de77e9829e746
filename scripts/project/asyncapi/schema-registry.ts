import * as z from 'zod/mini';
import { frames } from '../../../schemas/frames.js';
import { anyRoom, cursor, joinableRoom, label, userId } from '../../../schemas/grammar.js';
import { item } from '../../../schemas/item.js';
import { pushes } from '../../../schemas/pushes.js';
import { errorCode, errorFrame, refusal } from '../../../schemas/refusal.js';
import { replies } from '../../../schemas/replies.js';

type Schema = z.core.$ZodType & Pick<z.ZodMiniType, 'safeParse'>;

/** The schema of each message, by its name. */
export const messageSchemas = new Map<string, Schema>([
  ...named(frames, ''),
  ...named(replies, 'Ack'),
  ...named(pushes, 'Push'),
  ['error', errorFrame],
]);

const parts: Record<string, Schema> = {
  label,
  userId,
  joinableRoom,
  anyRoom,
  cursor,
  item,
  errorCode,
  refusal,
};

/** A refinement has no counterpart in JSON Schema, so this replaces it. */
const REFINED = new Map<string, object>([
  ['history', { not: { required: ['since', 'before'] } }],
  ['signal', { oneOf: [{ required: ['room'] }, { required: ['to'] }] }],
]);

const AT = '#/components/schemas/';

/** All schemas as draft 7, which AsyncAPI builds on. */
export const jsonSchemas = (): Record<string, object> => {
  const registry = z.registry<{ id: string; not?: object; oneOf?: object[] }>();
  for (const [id, schema] of [...Object.entries(parts), ...messageSchemas])
    registry.add(schema, { id, ...REFINED.get(id) });
  const { schemas } = z.toJSONSchema(registry, { target: 'draft-7', uri: (id) => AT + id });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $id, $schema, id: name, ...schema }]) => [id, schema]),
  );
};

function named(schemas: Record<string, Schema>, suffix: string): [string, Schema][] {
  return Object.entries(schemas).map(([name, schema]) => [name + suffix, schema]);
}
