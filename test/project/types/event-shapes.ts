import type * as gateway from '../../../gateway/lambda/event-shapes.js';
import type * as entry from '../../../src/entry/lambda/handlers/events.js';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/**
 * The gateway knows nothing of `src`, and `src` nothing of the gateway, so each describes the events of API Gateway. This
 * does not compile once the two descriptions differ.
 */
export const SAME: [
  Same<gateway.WebSocketEvent, entry.WebSocketEvent>,
  Same<gateway.AuthorizerEvent, entry.AuthorizerEvent>,
  Same<gateway.AuthorizerResult, entry.AuthorizerResult>,
  Same<gateway.WebSocketResult, entry.WebSocketResult>,
] = [true, true, true, true];
