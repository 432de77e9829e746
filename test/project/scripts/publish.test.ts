import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { invokeApi } from '../../../gateway/lambda/invoke-api.js';
import { readPublishCommand, USAGE } from '../../../scripts/operators/publish/read-publish-command.js';
import { type Switchboard, startSwitchboard } from '../../../src/entry/local/start.js';
import { BuiltProgram } from '../../support/programs/built-program.js';

const program = new BuiltProgram('scripts/operators/publish.ts');

const publish = async (env: Record<string, string>, ...args: string[]) => {
  const command = [program.file, ...args];
  const { stdout, stderr, code } = await promisify(execFile)(process.execPath, command, {
    env: { ...process.env, ...env },
  }).then(
    (output) => ({ ...output, code: 0 }),
    (error: { stdout: string; stderr: string; code: number }) => error,
  );
  return { stdout, stderr, code };
};

describe('npm run publish', () => {
  let switchboard: Switchboard;
  let here: Record<string, string>;

  beforeAll(async () => {
    switchboard = await startSwitchboard({
      port: 0,
      memory: true,
      dataFolder: undefined,
      env: { LOG_LEVEL: 'silent' },
      gateway: { host: '127.0.0.1' },
    });
    here = { PORT: String(switchboard.gateway.port) };
  });
  afterAll(() => switchboard.stop());

  it('publishes through the local program and prints the result', async () => {
    const { stdout, code } = await publish(here, '--to', 'alice', '{"text":"hi"}');

    expect(JSON.parse(stdout)).toMatchObject({ room: '@alice', offset: 1, delivered: 0 });
    expect(code).toBe(0);
  });

  it('signals with --signal', async () => {
    const { stdout, code } = await publish(here, '--signal', '--room', 'lobby', '1');

    expect(JSON.parse(stdout)).toEqual({ attempted: 0, delivered: 0, gone: 0 });
    expect(code).toBe(0);
  });

  it('exits with 1 when the message is refused, or when nothing answers', async () => {
    const refused = await publish(here, '--room', '@alice', '1');
    const silent = await publish({ PORT: '1' }, '--to', 'alice', '1');

    expect(JSON.parse(refused.stdout)).toMatchObject({ error: { code: 'invalid_room' } });
    expect(refused.code).toBe(1);
    expect(silent).toMatchObject({
      code: 1,
      stderr: "Nothing answers at port 1. Run npm start, or set PORT to the program's port.\n",
    });
  });

  it('finds the function of a stage on AWS through its stack', async () => {
    const invoke = invokeApi(new Map([['the-function', async (payload) => ({ got: payload })]]));
    const asked: string[] = [];
    const server = createServer(async (request, response) => {
      if (invoke(request, response)) return;
      asked.push(Buffer.concat(await request.toArray()).toString());
      response.end(`<DescribeStackResourceResponse><DescribeStackResourceResult><StackResourceDetail>
        <PhysicalResourceId>the-function</PhysicalResourceId>
        </StackResourceDetail></DescribeStackResourceResult></DescribeStackResourceResponse>`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const aws = {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'any',
      AWS_SECRET_ACCESS_KEY: 'any',
    };

    const { stdout } = await publish(aws, '--everyone', '1', '--from', '$news', '--stage', 'dev');
    server.close();

    expect(JSON.parse(stdout)).toEqual({ got: { action: 'broadcast', from: '$news', data: 1 } });
    expect(asked).toEqual([expect.stringContaining('LogicalResourceId=PublishLambdaFunction')]);
  });
});

describe('its arguments', () => {
  it.each<[string[], object]>([
    [['--to', '-7f3c', 'null'], { action: 'send', to: '-7f3c', from: '$operator', data: null }],
    [['--room=lobby', '1'], { action: 'publish', room: 'lobby', from: '$operator', data: 1 }],
    [['--everyone', '"x"', '--key', 'k'], { action: 'broadcast', from: '$operator', data: 'x', key: 'k' }],
    [['--signal', '--to', 'alice', '1'], { action: 'signal', to: 'alice', from: '$operator', data: 1 }],
    [['--room', 'lobby', '1', '--signal'], { action: 'signal', room: 'lobby', from: '$operator', data: 1 }],
  ])('%j are a message', (args, message) => {
    expect(readPublishCommand(args)).toEqual({ stage: undefined, message });
  });

  it.each([
    [[], USAGE],
    [['--to', 'alice'], USAGE],
    [['"hi"'], USAGE],
    [['--to', 'alice', '--everyone', '1'], USAGE],
    [['--too', 'alice', '1'], USAGE],
    [['--signal', '--everyone', '1'], USAGE],
    [['--signal', '--to', 'alice', '1', '--key', 'k'], USAGE],
    [['--to', 'alice', 'hi'], `This is not JSON: hi. A text needs quotes of its own: '"hi"'.`],
  ])('%j are refused', (args, message) => {
    expect(() => readPublishCommand(args)).toThrow(message);
  });
});
