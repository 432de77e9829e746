import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import { type Call, commandOf, type Wave } from '../frames/calls.js';
import { answering } from '../processes/answering.js';
import { postRaw } from './post-raw.js';

// The floor of a frame: what `router-frames` asked, again, on tables with the same rows. The SDK's client has the same settings
// and its own `send`; nothing is converted on the way in or out. Posts are those of `raw-posts`.

// It sends plain commands like the client that it was made from.
const client = createDocumentClient({
  endpoint: String(process.env.DYNAMODB_ENDPOINT),
}) as unknown as DynamoDBClient;

const issue = (call: Call): Promise<unknown> =>
  'connectionId' in call
    ? postRaw(call.connectionId, Buffer.from(call.frame))
    : client.send(commandOf(call.command, call.input) as never);

/** CPU, in milliseconds. */
answering(async (frames: Wave[][]): Promise<number> => {
  const before = process.cpuUsage();
  for (const waves of frames) for (const wave of waves) await Promise.all(wave.map(issue));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
});
