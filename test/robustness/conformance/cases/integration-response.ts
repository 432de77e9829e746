import { expect } from '@jest/globals';
import type { ConformanceCheck } from '../conformance-case.js';

/** Runs the case's handler on `test`, then an echo: frames before the echo are the case's answer. */
const answered: ConformanceCheck = async (world, { given, expect: expected }) => {
  const { routeResponseSelectionExpression: routeResponse } = given.route;
  const test = {
    handler: world.recorder.handler(() => given.handler.returns),
    ...(routeResponse && { routeResponse }),
  };
  const gateway = await world.start({ routes: { ...world.lifecycle(), test, $default: world.echo() } });
  const client = await world.connect(gateway);

  client.send({ action: 'test' });
  await world.recorder.event('test');
  client.send('echo');

  const wanted = /^one text frame: (.*)$/.exec(expected.client)?.[1];
  await client.frame(wanted === undefined ? 0 : 1);
  expect(client.frames).toEqual(wanted === undefined ? ['echo'] : [wanted, 'echo']);
};

const fails =
  (handler: () => unknown, limits = {}): ConformanceCheck =>
  async (world, theCase) => {
    const routes = { ...world.lifecycle(), test: world.recorder.handler(handler), $default: world.echo() };
    const gateway = await world.start({ routes, limits });
    const client = await world.connect(gateway);

    client.send({ action: 'test' });
    const frame = await client.frame();
    client.send('still open');

    const { connectionId, requestId } = JSON.parse(frame);
    const wording = theCase.expect.client
      .replace('<connectionId>', connectionId)
      .replace('<requestId>', requestId);
    expect(frame).toBe(wording);
    expect((await world.recorder.event('test')).requestContext).toMatchObject({ connectionId, requestId });
    expect(await client.frame(1)).toBe('still open');
    expect(world.recorder.of('test')).toHaveLength(1);
  };

const throwing = () => {
  throw new Error('a bug');
};

export const integrationResponse: Record<string, ConformanceCheck> = {
  'ir-01': answered,
  'ir-02': answered,
  'ir-03': answered,
  'ir-06': answered,
  'ir-08': fails(throwing),
  'ir-09': fails(() => new Promise(() => {}), { integrationMs: 50 }),
  'ir-15': async (world) => {
    const $disconnect = world.recorder.handler(throwing);
    const gateway = await world.start({ routes: { $connect: world.recorder.handler(), $disconnect } });
    const client = await world.connect(gateway);

    client.socket.close();
    await world.recorder.event('$disconnect');
    await gateway.close();

    expect(world.recorder.of('$disconnect')).toHaveLength(1);
    expect(client.frames).toEqual([]);
  },
};
