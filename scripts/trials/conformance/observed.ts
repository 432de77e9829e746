import type { ClientOptions } from 'ws';
import { RecordingSocket } from '../../../test/gateway/support/recording-socket.js';

export interface ComparedEndpoint {
  readonly url: string;
  readonly token?: string | undefined;
}

/** Long enough for a cold start. */
const PATIENCE_MS = 10_000;

let connections = 0;

/** A new connection to an endpoint, for one case. It offers the token as browsers do. */
export const connectTo = (
  { url, token }: ComparedEndpoint,
  suffix = '',
  options: ClientOptions = {},
): RecordingSocket => {
  const [base = '', query = ''] = `${url}${suffix}`.split('?');
  connections += 1;
  const guest = token === undefined ? `userId=conformance-${process.pid}-${connections}` : '';
  const parameters = [query, guest].filter((part) => part !== '').join('&');
  const protocols = token === undefined ? ['switchboard.v1'] : ['switchboard.v1', `bearer.${token}`];
  return new RecordingSocket(parameters === '' ? base : `${base}?${parameters}`, protocols, options);
};

/** The first event after `act` on an open connection, a frame or the end, described in the same words in each run. */
export const reaction = async (
  client: RecordingSocket,
  act: (client: RecordingSocket) => void,
  frames = 1,
): Promise<string> => {
  const status = await client.status;
  if (status !== 101) return `refused with ${status}`;
  act(client);
  const last = client.frame(frames - 1).then(() => client.frames.map(summaryOf).join(', '));
  const seen = await withinPatience(
    Promise.race([last, client.closed.then(({ code }) => `closed with ${code}`)]),
  );
  await end(client);
  return seen;
};

/** Closes the connection properly: a user's connections are limited, and a cut one counts until the server notices. */
export const end = async (client: RecordingSocket): Promise<void> => {
  client.socket.close();
  await withinPatience(client.closed.then(() => 'closed'));
  client.socket.terminate();
};

export const withinPatience = (seen: Promise<string>): Promise<string> => {
  let timer: NodeJS.Timeout | undefined;
  const nothing = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve('nothing'), PATIENCE_MS);
  });
  return Promise.race([seen, nothing]).finally(() => clearTimeout(timer));
};

/** A frame without the fields that differ in each run. */
const summaryOf = (text: string): string => {
  try {
    const { type, id, code, message } = JSON.parse(text) as Record<string, unknown>;
    if (type === undefined) return `API Gateway: ${message}`;
    const named = type === 'ack' || type === 'error' ? [type, code, id] : [type];
    return named.filter((part) => typeof part === 'string').join(' ');
  } catch {
    return `${text.length} characters that are no JSON`;
  }
};
