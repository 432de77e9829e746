import type { AuthorizerEvent, WebSocketEvent } from '../../../gateway/lambda/event-shapes.js';

/** Handlers that remember their events, in the order of their invocation. */
export class Recorder<Event extends WebSocketEvent | AuthorizerEvent = WebSocketEvent> {
  readonly events: Event[] = [];
  #waiting: (() => void)[] = [];

  /** A handler that records and then answers. */
  handler(
    answer: (event: Event) => unknown = () => ({ statusCode: 200 }),
  ): (event: Event) => Promise<unknown> {
    return async (event) => {
      this.events.push(event);
      for (const wake of this.#waiting.splice(0)) wake();
      return await answer(event);
    };
  }

  of(routeKey: string): Event[] {
    return this.events.filter((event) => event.requestContext.routeKey === routeKey);
  }

  /** The event of this route at this position, once its handler was invoked. */
  async event<Kind = Event>(routeKey: string, index = 0): Promise<Kind> {
    while (this.of(routeKey).length <= index)
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    return this.of(routeKey)[index] as Kind;
  }
}
