import type { Clock } from '../../application/ports/clock.js';
import { ApiGatewayClientNotifier } from './client-notifier.js';
import { createManagementClient, type ManagementClientOptions } from './management-client.js';
import { ApiClock } from './posts/api-clock.js';
import { PostClient } from './posts/post-client.js';
import { PostSender, type PushFailure } from './posts/post-sender.js';

/** One for each process: API Gateway's limits hold for all its pushes. They begin with at most `perSecond`. */
export const createClientNotifier = (
  { perSecond, ...options }: ManagementClientOptions & { perSecond?: number | undefined },
  clock: Clock,
  onFailure?: (failure: PushFailure) => void,
): ApiGatewayClientNotifier => {
  const api = createManagementClient(options);
  const apiClock = new ApiClock(clock);
  const client = new PostClient(api, clock, options);
  const posts = new PostSender(client, clock, apiClock, { ...options, perSecond }, onFailure);
  return new ApiGatewayClientNotifier(api, posts, clock, apiClock, onFailure);
};
