import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { answering } from './answering.js';

/** How the endpoint behaves from now on; `undefined` asks for the counts since the last question. */
export interface Behaviour {
  latencyMs: number;
  /** The ids that get 410. */
  gone: readonly string[];
  /** A token bucket like API Gateway's, full at the first request. Absent: no limit. */
  quota?: { perSecond: number; burst: number } | undefined;
}

export interface Seen {
  port: number;
  calls: number;
  refused: number;
  /** How many connections got a post, and how many posts all of them got. */
  reached: number;
  delivered: number;
  /** On the clock of `process.hrtime`, which all processes of a machine share. */
  firstAt: bigint | undefined;
  lastAt: bigint | undefined;
}

const tls = process.env.BENCH_TLS === 'on';
let behaviour: Behaviour = { latencyMs: 0, gone: [] };
let gone = new Set<string>();
let tokens = 0;
let filledAt = 0;
let seen: Omit<Seen, 'port' | 'reached'>;
let reached = new Set<string>();

const reset = (): void => {
  seen = { calls: 0, refused: 0, delivered: 0, firstAt: undefined, lastAt: undefined };
  reached = new Set();
  gone = new Set(behaviour.gone);
  tokens = behaviour.quota?.burst ?? 0;
  filledAt = 0;
};

const admitted = (): boolean => {
  const { quota } = behaviour;
  if (!quota) return true;
  const now = performance.now();
  if (filledAt > 0) tokens = Math.min(quota.burst, tokens + ((now - filledAt) * quota.perSecond) / 1_000);
  filledAt = now;
  if (tokens < 1) return false;
  tokens -= 1;
  return true;
};

const ANSWERS: Record<number, { type?: string; body: string }> = {
  200: { body: '{}' },
  410: { type: 'GoneException', body: '{"message":null}' },
  429: { type: 'LimitExceededException', body: '{"message":"Too Many Requests"}' },
};

const judge = (connectionId: string): number => {
  if (!admitted()) return 429;
  return gone.has(connectionId) ? 410 : 200;
};

const handle = (request: IncomingMessage, response: ServerResponse): void => {
  request.resume();
  request.on('end', () => {
    const connectionId = decodeURIComponent(request.url?.split('/').at(-1) ?? '');
    seen.calls += 1;
    seen.firstAt ??= process.hrtime.bigint();
    const status = judge(connectionId);
    if (status === 429) seen.refused += 1;
    if (status === 200) {
      seen.delivered += 1;
      seen.lastAt = process.hrtime.bigint();
      reached.add(connectionId);
    }
    const { type, body } = ANSWERS[status] as (typeof ANSWERS)[number];
    const answer = () => {
      response.writeHead(status, {
        'x-amzn-requestid': '8a6b1c52-6d0c-4b0e-9f10-0d1c6f6e7a11',
        'x-amz-apigw-id': 'QkJ3eE4oDoEEJ5A=',
        'content-type': 'application/json',
        'content-length': body.length,
        ...(type && { 'x-amzn-errortype': type }),
      });
      response.end(body);
    };
    if (behaviour.latencyMs > 0) setTimeout(answer, behaviour.latencyMs);
    else answer();
  });
};

const { BENCH_KEY: key = '', BENCH_CERT: cert = '' } = process.env;
const server = tls
  ? createSecureServer({ key: readFileSync(key), cert: readFileSync(cert) }, handle)
  : createServer(handle);
server.keepAliveTimeout = 600_000;
reset();
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  answering((question: Behaviour | undefined): Seen => {
    const was = { ...seen, port, reached: reached.size };
    if (question) behaviour = question;
    reset();
    return was;
  });
});
