import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import type { Item } from './stored-item.js';

/** A command of `@aws-sdk/client-dynamodb`. */
interface Command<Input, Output> {
  readonly input: Input;
  // A method, so that commands with any client's types fit.
  resolveMiddleware(
    stack: never,
    config: never,
    options?: never,
  ): (command: never) => Promise<{ output: Output }>;
}

export interface Sending {
  signal?: AbortSignal | undefined;
  /** Takes the items of a query's answer, which are then absent from the output: the SDK would go through them three times. */
  onItems?: (items: Item[]) => void;
}

/** The parts of one command that pass through the middleware. */
type Call = Sending & { input: unknown; request?: object };
type Handler = (call: Call) => Promise<{ output: unknown }>;
type InnerHandler = (call: Call) => Promise<{ response: { statusCode: number; body: unknown } }>;

/**
 * Sends commands as the SDK's client does, with the client's configuration and middleware. But the client puts its middleware
 * together anew for each command, which takes a quarter of a call's processor time; this does so once for each kind of
 * command. So commands of one kind share the SDK's context, as with its own option `cacheMiddleware`, which allows no signals.
 */
export class CommandSender {
  readonly #handlers = new Map<unknown, Handler>();
  readonly #signals = new WeakMap<object, AbortSignal>();
  readonly #config: DynamoDBDocumentClient['config'];

  constructor(private readonly documents: DynamoDBDocumentClient) {
    const { requestHandler } = documents.config;
    const withSignals = Object.assign(Object.create(requestHandler), {
      handle: (request: never, options: object) =>
        requestHandler.handle(request, { ...options, abortSignal: this.#signals.get(request) as never }),
    });
    this.#config = { ...documents.config, requestHandler: withSignals };
  }

  async send<Input, Output>(command: Command<Input, Output>, sending: Sending = {}): Promise<Output> {
    const handler = this.#handlers.get(command.constructor) ?? this.#resolve(command);
    const { output } = await handler({ ...sending, input: command.input });
    return output as Output;
  }

  /** With the first command, when the client's middleware is complete. */
  #resolve(command: Command<unknown, unknown>): Handler {
    const stack = this.documents.middlewareStack.clone();
    stack.addRelativeTo(
      ((next: InnerHandler) => async (call: Call) => {
        const { signal, onItems, request } = call;
        if (signal && request) this.#signals.set(request, signal);
        const answer = await next(call);
        const { response } = answer;
        if (onItems && response.statusCode === 200) await this.#takeItems(response, onItems);
        return answer;
      }) as never,
      { name: 'commandSender', relation: 'after', toMiddleware: 'deserializerMiddleware' },
    );
    const handler = command.resolveMiddleware(stack as never, this.#config as never) as Handler;
    this.#handlers.set(command.constructor, handler);
    return handler;
  }

  async #takeItems(response: { body: unknown }, onItems: (items: Item[]) => void): Promise<void> {
    const bytes: Uint8Array = await this.#config.streamCollector(response.body);
    const { Items = [], ...rest }: { Items?: Item[] } = JSON.parse(
      Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(),
    );
    onItems(Items);
    response.body = Buffer.from(JSON.stringify(rest));
  }
}
