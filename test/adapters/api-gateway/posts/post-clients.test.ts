import { PostToConnectionCommand } from '@aws-sdk/client-apigatewaymanagementapi';
import { createClientNotifier } from '../../../../src/adapters/api-gateway/create-client-notifier.js';
import { createManagementClient } from '../../../../src/adapters/api-gateway/management-client.js';
import { SystemClock } from '../../../../src/adapters/system/system-clock.js';
import { postClientContract } from '../../../contracts/post-client.contract.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

postClientContract('the post client', (options) => createClientNotifier(options, new SystemClock()));

postClientContract("the SDK's client", (options) => {
  const api = createManagementClient(options);
  return {
    send: async (ConnectionId, Data, deadline) => {
      const abortSignal = AbortSignal.timeout(deadline - Date.now());
      try {
        await api.send(new PostToConnectionCommand({ ConnectionId, Data }), { abortSignal });
        return 'delivered';
      } catch (error) {
        const status = (error as { $metadata?: { httpStatusCode?: number } }).$metadata?.httpStatusCode;
        return status === 410 || status === 400 ? 'gone' : 'failed';
      }
    },
    destroy: () => api.destroy(),
  };
});
