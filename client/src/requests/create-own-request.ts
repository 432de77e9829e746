import { FRAME_BYTES } from '../../../protocol/limits.js';
import type { Session } from '../connection/session.js';
import type { RequestOptions } from '../own-actions.js';
import { snapshot } from './encode.js';
import { requestUntilAnswered } from './request-until-answered.js';

/** Calls an action that this library does not know: once, because it may not be safe to run twice. */
export const createOwnRequest =
  (session: Session) =>
  (action: string, given: object, options?: RequestOptions | null): Promise<object> =>
    session.admit(async (check) => {
      const { key, repeat } = options ?? {};
      // Without the option, a field `key` of the action's own stays as it is.
      const fields = snapshot(key ? { ...given, key } : given, 'frame', FRAME_BYTES);
      const attempts = key || repeat ? undefined : 1;
      const frame = () => check(fields) as never;
      return (await requestUntilAnswered(session, action as never, frame, undefined, attempts)).reply;
    }, options);
