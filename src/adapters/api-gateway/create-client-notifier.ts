import type { Clock } from '../../application/ports/clock.js';
import { ApiGatewayClientNotifier } from './client-notifier.js';
import { createManagementClient, type ManagementClientOptions } from './management-client.js';
import { ApiClock } from './posts/api-clock.js';
import { PostClient } from './posts/post-client.js';
import { PostSender, type PushFailure } from './posts/post-sender.js';

/** One for a process: what it learns of API Gateway's limits holds for all pushes. */
export const createClientNotifier = (
  options: ManagementClientOptions,
  clock: Clock,
  onFailure?: (failure: PushFailure) => void,
): ApiGatewayClientNotifier => {
  const api = createManagementClient(options);
  const apiClock = new ApiClock(clock);
  const client = new PostClient(api, clock, options);
  const posts = new PostSender(client, clock, apiClock, options.maxSockets, onFailure);
  return new ApiGatewayClientNotifier(api, posts, clock, apiClock, onFailure);
};
