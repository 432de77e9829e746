import type { IncomingMessage, ServerResponse } from 'node:http';
import type { CallbackFault, Faults } from '../faults.js';
import { isGatewayId } from '../gateway-id.js';
import type { GatewayLimits } from '../gateway-options.js';
import { discardBody, readBody } from '../http/read-body.js';
import { requestPath } from '../http/request-path.js';
import { ARN } from '../lambda/lambda-events.js';
import type { Meter } from '../meter.js';
import { TokenBucket } from '../token-bucket.js';
import type { ConnectionRegistry } from './connection-registry.js';
import { ENDINGS } from './open-connection.js';

interface Answer {
  status: number;
  message?: string;
  body?: object;
}

const ERROR_TYPES = new Map([
  [400, 'BadRequestException'],
  [403, 'ForbiddenException'],
  [410, 'GoneException'],
  [413, 'PayloadTooLargeException'],
  [429, 'LimitExceededException'],
  [500, 'InternalServerErrorException'],
  [502, 'BadGatewayException'],
  [503, 'ServiceUnavailableException'],
  [504, 'GatewayTimeoutException'],
]);

/** The callback API at `/{stage}/@connections/{connectionId}`, for the client of AWS's SDK. */
export class ConnectionsApi {
  readonly #rate: TokenBucket;

  constructor(
    private readonly stage: string,
    private readonly connections: ConnectionRegistry,
    private readonly faults: Faults,
    private readonly limits: GatewayLimits,
    private readonly meter: Meter,
    private readonly log: (line: string) => void,
  ) {
    this.#rate = new TokenBucket(limits.callbacksPerSecond);
  }

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '' } = request;
    const call = this.#call(request);
    if ('status' in call) {
      discardBody(request);
      this.#answer(request, response, call);
      return;
    }
    const body = await readBody(request, this.limits.messageBytes);
    const fault = this.faults.callback?.({ method, connectionId: call.connectionId });
    if (!fault) {
      this.#answer(request, response, this.#carryOut(method, call.connectionId, body));
      return;
    }
    if (fault.carryOut) this.#carryOut(method, call.connectionId, body);
    this.#misbehave(request, response, fault);
  }

  /** The connection's id, or the answer to a request without a valid one. */
  #call(request: IncomingMessage): { connectionId: string } | Answer {
    const { method = '', headers } = request;
    const signed = headers.authorization?.startsWith('AWS4-HMAC-SHA256 ');
    const [, stage, collection, id, ...more] = requestPath(request).split('/');
    if (!signed) return { status: 403, message: 'Missing Authentication Token' };
    if (stage === this.stage && collection === stage)
      return { status: 403, message: doubledStage(requestPath(request), stage, method) };
    if (stage !== this.stage || !id || more.length > 0 || !['GET', 'POST', 'DELETE'].includes(method))
      return { status: 403, message: 'Forbidden' };
    const connectionId = decoded(id);
    return connectionId !== undefined && isGatewayId(connectionId)
      ? { connectionId }
      : { status: 400, message: 'Invalid connectionId' };
  }

  #carryOut(method: string, connectionId: string, body: string | undefined): Answer {
    if (!this.#rate.take()) return { status: 429, message: 'Too Many Requests' };
    if (body === undefined) return { status: 413, message: 'Payload too large' };
    const connection = this.connections.open(connectionId);
    if (!connection) return { status: 410 };
    if (method === 'DELETE') {
      connection.close(ENDINGS.deleted);
      return { status: 204 };
    }
    if (method === 'GET') {
      const { connectedAt, identity } = connection.peer;
      return {
        status: 200,
        body: { connectedAt: iso(connectedAt), identity, lastActiveAt: iso(connection.lastActiveAt) },
      };
    }
    if (connection.unreadBytes > this.limits.unreadBytes)
      return { status: 429, message: 'Too Many Requests' };
    if (!connection.send(body)) return { status: 410 };
    this.meter.message('pushes', body);
    return { status: 200 };
  }

  #misbehave(request: IncomingMessage, response: ServerResponse, { answer, carryOut }: CallbackFault): void {
    const effect = carryOut ? 'carried out' : 'not carried out';
    if (typeof answer === 'number') {
      this.#answer(request, response, { status: answer, message: `On purpose, ${effect}` });
      return;
    }
    this.log(`${described(request)} ${answer} on purpose, ${effect}`);
    if (answer === 'reset') request.socket.resetAndDestroy();
  }

  #answer(request: IncomingMessage, response: ServerResponse, { status, message, body }: Answer): void {
    const type = ERROR_TYPES.get(status);
    this.log(`${described(request)} ${status}`);
    response.writeHead(status, {
      ...(type && { 'x-amzn-errortype': type }),
      'content-type': 'application/json',
    });
    response.end(
      status === 204 ? undefined : JSON.stringify(body ?? (type ? { message: message ?? null } : {})),
    );
  }
}

/** For the log: a request's text that is not a connection's id may be anything. */
const described = (request: IncomingMessage): string => {
  const id = decoded(requestPath(request).split('/').at(-1) ?? '') ?? '';
  return `${request.method} @connections/${isGatewayId(id) ? id : '?'}`;
};

/** The usual mistake with a custom domain; API Gateway names the resource that it understood. */
const doubledStage = (path: string, stage: string, method: string): string => {
  const resource = `${ARN}/${stage}/${method}${path.slice(stage.length + 1)}`;
  return `User is not authorized to perform: execute-api:Invoke on resource: ${resource}`;
};

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
};

const iso = (at: number): string => new Date(at).toISOString();
