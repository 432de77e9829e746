import type * as z from 'zod/mini';
import { type EventLog, shortenId } from '../../event-log.js';
import { toClientError } from '../frames/replies.js';

/** An operation for operators. */
export interface Operation<Request extends object, Result extends object> {
  /** The name of its function, and of its lines in the log. */
  name: string;
  request: z.ZodMiniType<Request>;
  /** An example of a valid request, for the error message. */
  example: string;
  /** The log message of a failure: the operation can be repeated. */
  onFailure: string;
  execute(request: Request): Promise<Result>;
}

/**
 * An operator's function. IAM decides who may invoke it.
 *
 * @throws Error if the payload is not a valid request, or with the code of a failure
 */
export const createOperator =
  <Request extends object, Result extends object>(
    { name, request, example, onFailure, execute }: Operation<Request, Result>,
    log: EventLog,
  ) =>
  async (input: unknown, context?: { awsRequestId?: string }): Promise<Result> => {
    const { success, data } = request.safeParse(input);
    if (!success) throw new Error(`The payload has to be ${example}`);
    const startedAt = performance.now();
    const fields = () => ({
      requestId: shortenId(context?.awsRequestId ?? ''),
      route: name,
      ...data,
      durationMs: Math.round(performance.now() - startedAt),
    });
    try {
      const result = await execute(data);
      log.info({ ...fields(), outcome: 'ok', ...result });
      return result;
    } catch (thrown) {
      const { code: outcome, cause: error } = toClientError(thrown);
      log.warn({ ...fields(), outcome, error }, onFailure);
      throw new Error(outcome);
    }
  };
