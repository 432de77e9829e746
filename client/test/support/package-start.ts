/** A program of another project: a client on a WebSocket that never opens. */
export const PACKAGE_START = `
import { createClient, SwitchboardError } from 'switchboard-client';
const sockets = [];
class WebSocket { constructor(url) { sockets.push(url); } close() { this.onclose(); } }
const client = createClient('ws://example.test/dev', { WebSocket, userId: 'alice' });
await null; await null;
const joining = client.room('lobby').join().catch((error) => error);
await client.close();
const error = await joining;
console.log(JSON.stringify([sockets, client.state, error instanceof SwitchboardError, error.code]));
`;
