import type { Clock } from '../../application/ports/clock.js';
import { ApiGatewayClientNotifier } from './client-notifier.js';
import { createManagementClient, type ManagementClientOptions } from './management-client.js';
import { PostClient } from './posts/post-client.js';
import { PostSender, type PushFailure } from './posts/post-sender.js';

/** One for a process: what it learns of API Gateway's limits holds for all pushes. */
export const createClientNotifier = (
  options: ManagementClientOptions,
  clock: Clock,
  onFailure?: (failure: PushFailure) => void,
): ApiGatewayClientNotifier => {
  const api = createManagementClient(options);
  const posts = new PostSender(new PostClient(api, clock, options), clock, options.maxSockets, onFailure);
  return new ApiGatewayClientNotifier(api, posts, clock, onFailure);
};
