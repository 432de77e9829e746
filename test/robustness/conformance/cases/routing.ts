import { expect } from '@jest/globals';
import type { MessageEvent } from '../../../../gateway/lambda/event-shapes.js';
import type { ConformanceCheck } from '../conformance-case.js';

/** The wording of a frame from the file, with the ids that the frame itself carries. */
const filledIn = (template: string, frame: string): string =>
  template.replace(/<(\w+)>/g, (_, name: string) => {
    expect(JSON.parse(frame)[name]).toMatch(/^[A-Za-z0-9_-]{15}=$/);
    return JSON.parse(frame)[name];
  });

/** Sends the case's text to an API with the case's routes; every route answers with what it was invoked with. */
const routed: ConformanceCheck = async (world, { given: { api, textFrame }, expect: expected }) => {
  const answering = { handler: world.recorder.handler(eventAsBody), routeResponse: '$default' as const };
  const handlers: Record<string, unknown> = world.lifecycle();
  const routes = Object.fromEntries(api.routes.map((key: string) => [key, handlers[key] ?? answering]));
  const gateway = await world.start({ routes, routeSelectionExpression: api.routeSelectionExpression });
  const client = await world.connect(gateway);

  client.send(textFrame);
  const frame = await client.frame();

  if (expected.client !== undefined) {
    expect(frame).toBe(filledIn(expected.client, frame));
    expect(JSON.parse(frame).connectionId).toBe(await world.connectionId());
    expect(world.recorder.events).toHaveLength(1);
    expect(client.socket.readyState).toBe(client.socket.OPEN);
    return;
  }
  const { requestContext, body, isBase64Encoded } = JSON.parse(frame) as MessageEvent;
  expect(requestContext).toMatchObject({ routeKey: expected.handler.routeKey, eventType: 'MESSAGE' });
  expect(body).toBe(textFrame);
  expect(isBase64Encoded).toBe(false);
};

const eventAsBody = (event: unknown) => ({ statusCode: 200, body: JSON.stringify(event) });

export const routing: Record<string, ConformanceCheck> = {
  'rt-01': routed,
  'rt-02': routed,
  'rt-03': routed,
  'rt-04': routed,
  'rt-05': routed,
  'rt-06': routed,
  'rt-08': routed,
  'rt-10': routed,
  'rt-17': async (world, theCase) => {
    const model = (message: unknown) => message !== null && typeof message === 'object' && 'text' in message;
    const routes = { ...world.lifecycle(), send: { ...world.echo(), model } };
    const gateway = await world.start({ routes });
    const client = await world.connect(gateway);

    client.send({ action: 'send' });
    const frame = await client.frame();
    client.send({ action: 'send', text: 'fits' });

    expect(frame).toBe(filledIn(theCase.expect.client, frame));
    expect(await client.frame(1)).toContain('fits');
    expect(world.recorder.of('send')).toHaveLength(1);
  },
};
