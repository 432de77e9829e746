import { beforeAll, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ERRORS } from '../../../protocol/errors.js';
import { frames } from '../../../schemas/frames.js';
import { UNANSWERED_ROUTES } from '../../../src/entry/lambda/frames/unanswered/unanswered-routes.js';
import { arbitraryBody } from './arbitrary-frame.js';
import { connectEvent, messageEvent, routerWorld } from './router-world.js';

const CODES = new Set(Object.keys(ERRORS));
/** Outcomes that no frame may cause. */
const OURS = new Set(['internal', 'unavailable', 'timeout', 'conflict']);

const routeKey = fc.oneof(
  fc.constantFrom('$default', '$connect', '$disconnect', ...Object.keys(frames), 'constructor', '__proto__'),
  fc.string({ unit: 'binary', maxLength: 20 }),
);

/** The route of a body, as API Gateway selects it. */
const routeOf = (body: string): string | undefined => {
  try {
    const { action } = Object(JSON.parse(body));
    return Object.hasOwn(frames, action) ? action : undefined;
  } catch {
    return undefined;
  }
};

/** `bodies`: how many of them to send. */
export const routerSuite = (bodies: number) => {
  let world: ReturnType<typeof routerWorld>;
  beforeAll(async () => {
    world = routerWorld();
    world.clients.open(connectEvent().requestContext.connectionId);
    await world.handler(connectEvent());
  });

  it(`answers ${bodies} bodies on any route with one frame that is an ack or a documented error, or not at all`, async () => {
    const seen = new Map<string, number>();
    await fc.assert(
      fc.asyncProperty(routeKey, arbitraryBody, fc.boolean(), async (any, body, isSelected) => {
        const key = isSelected ? (routeOf(body) ?? any) : any;
        const lines = world.lines.length;

        const result = await world.handler(messageEvent(key, body));

        expect(result.statusCode).toBe(200);
        if (UNANSWERED_ROUTES.has(key)) {
          expect(result).toEqual({ statusCode: 200 });
          for (const { outcome } of world.lines.slice(lines)) expect(OURS).not.toContain(outcome);
          return;
        }
        expect(Object.keys(result).sort()).toEqual(['body', 'statusCode']);
        const reply = JSON.parse(result.body ?? '');
        const outcome = reply.type === 'ack' ? 'ok' : reply.code;
        if (reply.type !== 'ack') {
          expect(reply.type).toBe('error');
          expect(CODES).toContain(reply.code);
          expect(OURS).not.toContain(reply.code);
        }
        expect(Buffer.byteLength(result.body ?? '')).toBeLessThanOrEqual(32 * 1024);
        expect(world.lines.slice(lines)).toMatchObject([{ outcome }]);
        seen.set(outcome, (seen.get(outcome) ?? 0) + 1);
      }),
      { numRuns: bodies },
    );
    // Each of these outcomes has to occur often; otherwise the test proves little.
    for (const outcome of ['ok', 'invalid_json', 'invalid_message', 'invalid_room', 'not_a_member'])
      expect(seen.get(outcome)).toBeGreaterThan(bodies / 200);
  });

  it('answers any event that is not of a WebSocket API with 400 and one line', async () => {
    await fc.assert(
      fc.asyncProperty(fc.anything(), async (event) => {
        const lines = world.lines.length;

        expect(await world.handler(event)).toEqual({ statusCode: 400 });

        expect(world.lines.slice(lines)).toMatchObject([{ outcome: 'ignored' }]);
      }),
      { numRuns: bodies / 10 },
    );
  });

  it('never rejects an event with a missing or wrong part', async () => {
    const event: Record<string, unknown> = messageEvent('ping', '{"action":"ping"}');
    const contextFields = Object.keys(event.requestContext as object);
    const mangled = fc.record({
      event: fc.dictionary(fc.constantFrom(...Object.keys(event)), fc.anything(), { maxKeys: 2 }),
      context: fc.dictionary(fc.constantFrom(...contextFields), fc.anything(), { maxKeys: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(mangled, async (wrong) => {
        const lines = world.lines.length;
        const context = { ...(event.requestContext as object), ...wrong.context };

        const { statusCode, body } = await world.handler({
          ...event,
          requestContext: context,
          ...wrong.event,
        });

        expect([200, 400, 401]).toContain(statusCode);
        if (body !== undefined) expect(OURS).not.toContain(JSON.parse(body).code);
        expect(world.lines.slice(lines)).toHaveLength(1);
      }),
      { numRuns: bodies / 5 },
    );
  });
};
