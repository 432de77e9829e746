import { createContext, runInContext } from 'node:vm';

/** A program for a web or service worker. */
export const WORKER = `
import { createClient } from 'switchboard-client';
createClient('ws://example.test/dev', { userId: 'alice' });
`;

/** Runs a bundle with what a worker has, and returns the addresses it connected to. */
export const runInWorker = async (bundle: string): Promise<string[]> => {
  const sockets: string[] = [];
  class WebSocket {
    constructor(url: string) {
      sockets.push(url);
    }
    close() {}
  }
  const scope: Record<string, unknown> = {
    WebSocket,
    URL,
    crypto,
    setTimeout: () => 1,
    clearTimeout: () => {},
    addEventListener: () => {},
    removeEventListener: () => {},
  };
  scope.self = scope;
  runInContext(bundle, createContext(scope));
  await new Promise((resolve) => setImmediate(resolve));
  return sockets;
};
