import { headerOf, type PostAnswer } from './posts/post-answer.js';

/** Why a push failed, in the form that the SDK gives to its errors. */
export class PushError extends Error {
  readonly $metadata: { httpStatusCode?: number } = {};
  readonly code?: unknown;

  constructor(answer: PostAnswer) {
    if ('status' in answer) {
      super(`@connections answered ${answer.status}`);
      this.name = headerOf(answer, 'x-amzn-errortype') ?? 'PushError';
      this.$metadata = { httpStatusCode: answer.status };
    } else {
      const { name, message, code } = answer.error as Error & { code?: unknown };
      super(message, { cause: answer.error });
      this.name = name;
      this.code = code;
    }
  }
}
