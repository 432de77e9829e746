import { createDocumentClient } from '../../src/adapters/dynamodb/table/document-client.js';
import { type Call, COMMANDS, type Wave } from '../frames/calls.js';
import { answering } from '../processes/answering.js';
import { postRaw } from './post-raw.js';

// The floor of a frame: what `router-frames` asked, again, on tables with the same rows. The SDK's client is the same one, and
// posts are those of `raw-posts`.

const documents = createDocumentClient({ endpoint: String(process.env.DYNAMODB_ENDPOINT) });

const issue = (call: Call): Promise<unknown> =>
  'connectionId' in call
    ? postRaw(call.connectionId, Buffer.from(call.frame))
    : documents.send(new COMMANDS[call.command](call.input as never) as never);

/** CPU, in milliseconds. */
answering(async (frames: Wave[][]): Promise<number> => {
  const before = process.cpuUsage();
  for (const waves of frames) for (const wave of waves) await Promise.all(wave.map(issue));
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
});
