import { LABEL } from '../../../../../protocol/names.js';
import type { Identity } from '../../../../domain/access/identity.js';
import { parseFrame } from './frame.js';

/** A frame as it arrived. */
export interface Message {
  routeKey: string;
  body: string;
  requestId: string;
  /** Undefined if no authorizer established an identity. */
  identity: Identity | undefined;
}

/** Its content, or its error. */
export interface Parsed {
  frame: Record<string, unknown>;
  /** Absent if the frame has no `id` that a reply can repeat. */
  id: string | undefined;
  error?: unknown;
}

export const parse = ({ body }: Message): Parsed => {
  try {
    const frame = parseFrame(body);
    return { frame, id: idOf(frame) };
  } catch (error) {
    return { frame: {}, id: undefined, error };
  }
};

const idOf = ({ id }: Record<string, unknown>): string | undefined =>
  typeof id === 'string' && LABEL.test(id) ? id : undefined;
