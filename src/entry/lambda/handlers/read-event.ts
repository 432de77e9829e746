import * as z from 'zod/mini';

const Context = z.object({
  eventType: z.enum(['CONNECT', 'MESSAGE', 'DISCONNECT']),
  routeKey: z.string(),
  connectionId: z.string().check(z.minLength(1)),
  requestId: z.string(),
  connectedAt: z.number(),
  authorizer: z.optional(z.record(z.string(), z.unknown())),
});

const Event = z.object({
  requestContext: Context,
  headers: z.optional(z.nullable(z.record(z.string(), z.unknown()))),
  body: z.optional(z.unknown()),
});

/** The parts of a WebSocket event that the router needs. */
export type RoutedEvent = { context: z.infer<typeof Context>; headers: Record<string, unknown> } & (
  | { type: 'MESSAGE'; body: string }
  | { type: 'CONNECT' | 'DISCONNECT' }
);

/** Undefined for an event that does not come from a WebSocket API. */
export const readEvent = (event: unknown): RoutedEvent | undefined => {
  const { success, data } = Event.safeParse(event);
  if (!success) return undefined;

  const { requestContext: context, headers: given, body } = data;
  const headers = given ?? {};
  const type = context.eventType;
  if (type !== 'MESSAGE') return { type, context, headers };
  return typeof body === 'string' ? { type, context, headers, body } : undefined;
};
