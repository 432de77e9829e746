import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Clock } from '../../../application/ports/clock.js';

/** The time of a DynamoDB server by the `Date` of its answers, to the second. */
export class StoreTime {
  #aheadMs: number | undefined;

  constructor(
    documents: DynamoDBDocumentClient,
    private readonly clock: Clock,
  ) {
    // Innermost: refusals, such as failed conditions, are still plain answers here.
    documents.middlewareStack.add(
      (next) => async (request) => {
        const answer = await next(request);
        this.#hear(answer.response as { headers?: Record<string, string> });
        return answer;
      },
      { step: 'deserialize', priority: 'low', name: 'storeTime' },
    );
  }

  /** Undefined before the first answer. */
  now(): number | undefined {
    return this.#aheadMs === undefined ? undefined : this.clock.now() + this.#aheadMs;
  }

  #hear({ headers = {} }: { headers?: Record<string, string> }): void {
    const date = Date.parse(headers.date ?? '');
    if (!Number.isNaN(date)) this.#aheadMs = date - this.clock.now();
  }
}
