import type { Clock } from '../../application/ports/clock.js';
import { ApiGatewayClientNotifier, type PushFailure } from './client-notifier.js';
import { createManagementClient, type ManagementClientOptions } from './management-client.js';
import { PostClient } from './posts/post-client.js';
import { PostSender } from './posts/post-sender.js';

/** One for a process: what it learns of API Gateway's limits holds for all pushes. They begin at `perSecond` at the most. */
export const createClientNotifier = (
  { perSecond, ...options }: ManagementClientOptions & { perSecond?: number | undefined },
  clock: Clock,
  onFailure?: (failure: PushFailure) => void,
): ApiGatewayClientNotifier => {
  const api = createManagementClient(options);
  const posts = new PostSender(new PostClient(api, clock, options), clock, options.maxSockets, perSecond);
  return new ApiGatewayClientNotifier(api, posts, clock, onFailure);
};
