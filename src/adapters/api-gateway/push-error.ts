import type { PostAnswer } from './posts/post-answer.js';

/** Why a push failed, in the form that the SDK gives to its errors. */
export class PushError extends Error {
  readonly $metadata: { httpStatusCode?: number } = {};
  readonly code?: unknown;

  constructor(answer: PostAnswer) {
    if ('status' in answer) {
      const { status, headers } = answer;
      super(`@connections answered ${status}`);
      this.name = String(headers['x-amzn-errortype'] ?? 'PushError');
      this.$metadata = { httpStatusCode: status };
    } else {
      const { name, message, code } = answer.error as Error & { code?: unknown };
      super(message, { cause: answer.error });
      this.name = name;
      this.code = code;
    }
  }
}
