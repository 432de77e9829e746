import type {
  BackEndOutcome,
  BackEndWork,
  PublishForBackEnd,
} from '../../../application/publishing/publish-for-back-end.js';
import { FrameTime } from '../../../domain/frame-time.js';
import { readBackEndMessage } from './read-message.js';

/** One outcome for each message, in the same order. Once the time is up, it begins no other message. */
export const publishMessages = async (
  publishForBackEnd: PublishForBackEnd,
  messages: readonly unknown[],
  requestId: string,
  timeoutMs: number,
): Promise<BackEndOutcome[]> => {
  const read = messages.map((message) => readOne(message, requestId));
  const accepted = read.filter((one) => 'room' in one);
  const end = setTimeout(() => {
    for (const { time } of accepted) time?.end();
  }, timeoutMs);
  try {
    const outcomes = (await publishForBackEnd.execute(accepted)).values();
    return read.map((one) => ('room' in one ? (outcomes.next().value as BackEndOutcome) : one));
  } finally {
    clearTimeout(end);
  }
};

const readOne = (message: unknown, requestId: string): BackEndWork | { error: unknown } => {
  try {
    return { ...readBackEndMessage(message), requestId, time: new FrameTime() };
  } catch (error) {
    return { error };
  }
};
