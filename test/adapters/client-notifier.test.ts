import { InMemoryClientNotifier } from '../../src/adapters/in-memory/client-notifier.js';
import { type Clients, clientNotifierContract } from '../contracts/client-notifier.contract.js';
import { PushedClients } from '../support/worlds/pushed-clients.js';

const inMemory = (): Clients => {
  const notifier = new InMemoryClientNotifier();
  let opened = 0;
  return {
    notifier,
    open: async () => {
      const connectionId = `connection-${opened++}=`;
      notifier.open(connectionId);
      return connectionId;
    },
    close: async (connectionId) => notifier.close(connectionId),
    received: async (connectionId) => notifier.received(connectionId),
    deadline: () => Number.POSITIVE_INFINITY,
    end: async () => {},
  };
};

clientNotifierContract('in memory', inMemory);
clientNotifierContract('API Gateway', () => PushedClients.create());
