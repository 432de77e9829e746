import { type Block, blocks, documents } from '../../../test/project/docs/support/documents.js';
import { parseSession } from '../../../test/project/docs/support/session.js';
import { messageSchemas } from './schema-registry.js';

export interface FrameExample {
  name: string;
  payload: Record<string, unknown>;
}

/** Only the first frame of each name: one for each message, and for `error` one for each code. */
export type Examples = ReadonlyMap<string, readonly FrameExample[]>;

/** Frames from the conversations on the protocol's page: a test plays them all, so each was sent or received. */
export const playedExamples = (): Examples => {
  const found = new Map<string, FrameExample[]>();
  const page = documents().filter(({ path }) => path === 'docs/protocol.md');
  for (const block of page.flatMap(blocks).filter(({ language }) => language === 'session')) {
    for (const [message, payload] of messagesIn(block)) {
      const name = String(message === 'error' ? payload.code : message);
      const examples = found.get(message) ?? [];
      if (!examples.some((example) => example.name === name) && fits(message, payload))
        found.set(message, [...examples, { name, payload }]);
    }
  }
  return found;
};

/** Each frame of a conversation, with the name of its message. An ack belongs to the last frame of its client. */
const messagesIn = ({ lines }: Block): [string, Record<string, unknown>][] => {
  const asked = new Map<string, string>();
  const messages: [string, Record<string, unknown>][] = [];
  for (const step of parseSession(lines).steps) {
    const payload = 'text' in step ? parsed(step.text) : undefined;
    if (!payload) continue;
    if (step.kind === 'send') asked.set(step.client, String(payload.action));
    messages.push([messageOf(payload, asked.get(step.client)), payload]);
  }
  return messages;
};

const messageOf = ({ action, type }: Record<string, unknown>, asked = ''): string => {
  if (action !== undefined) return String(action);
  if (type === 'ack') return `${asked}Ack`;
  return type === 'error' ? 'error' : `${type}Push`;
};

/** Pages also show frames that are refused. */
const fits = (message: string, payload: unknown): boolean =>
  messageSchemas.get(message)?.safeParse(payload).success === true;

const parsed = (text: string): Record<string, unknown> | undefined => {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
};
