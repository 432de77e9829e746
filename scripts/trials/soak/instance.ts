import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { ANY_ACCESS } from '../../../src/entry/local/settings/access.js';
import { createTable } from '../../../src/entry/local/storage/create-table.js';
import { startDynamoDB } from '../../../src/entry/local/storage/dynamodb-server.js';
import { Memory } from './memory.js';

const TABLES = { CONNECTIONS_TABLE: 'switchboard-connections', MESSAGES_TABLE: 'switchboard-messages' };

/** One instance of the router in a separate process; the tables and `@connections` are in this process. */
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

export const soakInstance = async (frames: number): Promise<boolean> => {
  const dynamodb = await startDynamoDB();
  const client = new DynamoDBClient({ ...ANY_ACCESS, endpoint: dynamodb.endpoint });
  for (const name of Object.values(TABLES)) await createTable(client, name);
  const callbacks = createServer((request, response) => {
    request.resume().once('end', () => response.end());
  }).listen(0, '127.0.0.1');
  await once(callbacks, 'listening');

  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'scripts/trials/soak/answer-frames.ts', `${frames}`],
    {
      env: {
        PATH: process.env.PATH,
        ...TABLES,
        DYNAMODB_ENDPOINT: dynamodb.endpoint,
        CALLBACK_URL: `http://127.0.0.1:${(callbacks.address() as AddressInfo).port}/dev`,
        AUTH_MODE: 'guest',
        LOG_LEVEL: 'warn',
        RATE_LIMIT: process.env.RATE_LIMIT,
        AWS_REGION: ANY_ACCESS.region,
        AWS_ACCESS_KEY_ID: ANY_ACCESS.credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: ANY_ACCESS.credentials.secretAccessKey,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const memory = new Memory();
  let printed = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    const { answered, mebibytes, outcomes } = JSON.parse(line);
    memory.add(answered / frames, mebibytes);
    if (answered / frames - printed < 0.05) continue;
    printed = answered / frames;
    console.log(`${answered} frames  ${mebibytes.toFixed(0)} MiB  ${JSON.stringify(outcomes)}`);
  }
  client.destroy();
  callbacks.closeAllConnections();
  callbacks.close();
  await dynamodb.stop();
  return memory.judge() && child.exitCode === 0;
};
