import type { Caller } from '../../../domain/access/caller.js';
import type { Identity } from '../../../domain/access/identity.js';

/** A use case that begins to read before the caller is admitted: see `AdmitFrame`. */
export interface LookingAhead<Message, Ahead, Result> {
  lookAhead(identity: Identity, message: Message): Promise<Ahead>;
  execute(caller: Caller, message: Message, ahead: Promise<Ahead>): Promise<Result>;
}

export const aheadOf = <Message, Ahead, Result>(
  useCase: LookingAhead<Message, Ahead, Result>,
  identity: Identity,
  message: Message,
) => {
  const ahead = useCase.lookAhead(identity, message);
  return { ahead, execute: (caller: Caller) => useCase.execute(caller, message, ahead) };
};
