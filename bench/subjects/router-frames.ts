import { ApiGatewayClientNotifier } from '../../src/adapters/api-gateway/client-notifier.js';
import { CommandSender } from '../../src/adapters/dynamodb/table/command-sender.js';
import { handler as router } from '../../src/entry/lambda/router.js';
import { callOf, type Wave } from '../frames/calls.js';
import { acked, Frames } from '../frames/frames.js';
import { Recording } from '../frames/recording.js';
import { answering } from '../processes/answering.js';

// Frames through the deployed router. Its calls to DynamoDB and API Gateway are recorded, so that `bare-frames` can
// repeat them.

/** How many frames of one kind to run; without a kind, sets up the connections and rooms that the frames need. */
export interface FramesQuestion {
  kind?: string;
  count: number;
}

export interface FramesAnswer {
  cpuMs: number;
  /** Of each frame. */
  waves: Wave[][];
}

const recording = new Recording();
const sender = CommandSender.prototype;
const { send } = sender;
sender.send = function (command, sending) {
  return recording.during(callOf(command), () => send.call(this, command, sending)) as Promise<never>;
};

const notifier = ApiGatewayClientNotifier.prototype;
const { send: push } = notifier;
notifier.send = function (connectionId, frame, deadline, effort) {
  return recording.during({ connectionId, frame }, () =>
    push.call(this, connectionId, frame, deadline, effort),
  );
};

const frames = new Frames(router);

const run = async (kind: string, count: number): Promise<FramesAnswer> => {
  const events = Array.from({ length: count }, () => frames.event(frames.kinds[kind]?.frame() as never));
  const replies: { body?: string }[] = [];
  const waves: Wave[][] = [];
  const before = process.cpuUsage();
  for (const event of events) {
    replies.push(await router(event));
    waves.push(recording.take());
  }
  const { user, system } = process.cpuUsage(before);
  for (const reply of replies) acked(reply);
  return { cpuMs: (user + system) / 1_000, waves };
};

answering(async ({ kind, count }: FramesQuestion): Promise<FramesAnswer> => {
  if (kind !== undefined) return run(kind, count);
  await frames.prepare();
  return { cpuMs: 0, waves: [recording.take()] };
});
