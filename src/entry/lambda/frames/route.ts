import type * as z from 'zod/mini';
import type { Action, ActionFrame, Reply } from '../../../../protocol/actions.js';
import { frames } from '../../../../schemas/frames.js';
import type { Delivery } from '../../../application/delivery/pusher.js';
import type { Caller } from '../../../domain/access/caller.js';
import type { Identity } from '../../../domain/access/identity.js';
import type { Application } from '../../application.js';
import { readMessage } from './reading/read-message.js';

/** Parses once, here at the edge; behind it everything is typed. */
export type Route<Ack = Reply<Action>> = (
  application: Application,
  identity: Identity,
  frame: unknown,
) => FrameWork<Ack>;

/** The work for one frame. */
export interface FrameWork<Ack = Reply<Action>> {
  /** The part that is read beside the session. */
  ahead?: Promise<unknown>;
  execute(caller: Caller): Promise<RouteResult<Ack>>;
}

/** The ack goes to the client, the rest to the log. */
export interface RouteResult<Ack = Reply<Action>> extends Delivery {
  ack: Ack;
}

type Execute<Frame, Result> = (application: Application, caller: Caller, frame: Frame) => Promise<Result>;

export const SCHEMAS: { readonly [A in Action]: z.ZodMiniType<ActionFrame<A>> } = frames;

/** The route of a use case that takes the caller and the frame. */
export const route =
  <A extends Action>(action: A, execute: Execute<ActionFrame<A>, Reply<A>>): Route<Reply<A>> =>
  (application, _, frame) => {
    const message = readMessage(SCHEMAS[action], frame);
    return { execute: async (caller) => ({ ack: await execute(application, caller, message) }) };
  };
