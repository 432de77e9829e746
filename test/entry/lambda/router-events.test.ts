import { beforeEach, describe, expect, it } from '@jest/globals';
import { connectEvent, messageEvent, routerWorld } from '../../robustness/fuzz/router-world.js';

/** Events of other services and other API types. */
const FOREIGN: [name: string, event: unknown][] = [
  ['nothing', undefined],
  ['null', null],
  ['an empty object', {}],
  ['a string', 'CONNECT'],
  ['a number', 5],
  ['a list', [messageEvent('ping', '{"action":"ping"}')]],
  [
    'SQS',
    { Records: [{ messageId: 'm', receiptHandle: 'r', body: '{"action":"ping"}', eventSource: 'aws:sqs' }] },
  ],
  [
    'S3',
    { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', s3: { object: { key: 'k' } } }] },
  ],
  [
    'a DynamoDB stream',
    { Records: [{ eventSource: 'aws:dynamodb', dynamodb: { Keys: { pk: { S: 'x' } } } }] },
  ],
  ['SNS', { Records: [{ EventSource: 'aws:sns', Sns: { Message: '{"action":"ping"}' } }] }],
  ['EventBridge', { source: 'aws.events', 'detail-type': 'Scheduled Event', detail: {} }],
  [
    'an HTTP API',
    {
      version: '2.0',
      routeKey: '$default',
      requestContext: { http: { method: 'GET' }, requestId: 'r' },
      body: '{}',
    },
  ],
  [
    'a REST API',
    { httpMethod: 'POST', path: '/', requestContext: { requestId: 'r', stage: 'dev' }, body: '{}' },
  ],
  ['an authorizer', { ...connectEvent(), type: 'REQUEST', requestContext: undefined }],
];

const without = (field: string) => {
  const event = messageEvent('ping', '{"action":"ping"}');
  return { ...event, requestContext: { ...event.requestContext, [field]: undefined } };
};

describe('An event of the router', () => {
  let world: ReturnType<typeof routerWorld>;
  beforeEach(async () => {
    world = routerWorld();
    await world.handler(connectEvent('Alice12345678900='));
    world.lines.length = 0;
  });

  it.each(FOREIGN)('from another source (%s) is answered with 400 and one line', async (_, event) => {
    expect(await world.handler(event)).toEqual({ statusCode: 400 });

    expect(world.lines).toHaveLength(1);
    expect(world.lines[0]).toMatchObject({ outcome: 'ignored' });
  });

  it.each(['eventType', 'routeKey', 'connectionId', 'requestId', 'connectedAt'])(
    'without its %s is answered with 400 and one line',
    async (field) => {
      expect(await world.handler(without(field))).toEqual({ statusCode: 400 });

      expect(world.lines).toHaveLength(1);
    },
  );

  it('that is a message without a text is answered with 400', async () => {
    for (const body of [undefined, null, 5, {}])
      expect(await world.handler(messageEvent('ping', body))).toEqual({ statusCode: 400 });
  });

  it('without an identity is not admitted, and its frames are unauthenticated', async () => {
    for (const authorizer of [undefined, {}, { userId: 5 }, { userId: '' }, { userId: 'a#b' }]) {
      const connect = connectEvent();
      const message = messageEvent('ping', '{"action":"ping"}');
      const connected = await world.handler({
        ...connect,
        requestContext: { ...connect.requestContext, authorizer },
      });
      const { body = '' } = await world.handler({
        ...message,
        requestContext: { ...message.requestContext, authorizer },
      });

      expect(connected).toEqual({ statusCode: 401 });
      expect(JSON.parse(body)).toMatchObject({ type: 'error', code: 'unauthenticated' });
    }
  });

  it.each(['$connect', '$disconnect'])(
    'that is a message on the route %s neither opens nor ends a connection',
    async (routeKey) => {
      for (const body of [`{"action":"${routeKey}"}`, '{"action":"ping"}', '']) {
        await world.handler(messageEvent(routeKey, body, 'Stranger12345678='));
        await world.handler(messageEvent(routeKey, body, 'Alice12345678900='));
      }

      const stranger = await world.handler(messageEvent('hello', '{"action":"hello"}', 'Stranger12345678='));
      const alice = await world.handler(messageEvent('hello', '{"action":"hello"}', 'Alice12345678900='));
      expect(JSON.parse(stranger.body ?? '')).toMatchObject({ code: 'session_unknown' });
      expect(JSON.parse(alice.body ?? '')).toMatchObject({ type: 'ack', userId: 'alice' });
    },
  );

  it('with a route that is not deployed arrives as $default and runs its action', async () => {
    await world.handler(connectEvent('Alice12345678900='));
    const ping = messageEvent('$default', '{"action":"ping"}', 'Alice12345678900=');

    const { body = '' } = await world.handler(ping);

    expect(JSON.parse(body)).toMatchObject({ type: 'ack' });
  });

  it('leaves no content in the log', async () => {
    await world.handler(messageEvent('send', '{"action":"send","to":"bob","data":"a secret"}'));
    await world.handler(messageEvent('$default', 'a secret'));

    expect(JSON.stringify(world.lines)).not.toContain('secret');
  });
});
