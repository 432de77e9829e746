/**
 * The event that API Gateway passes to a WebSocket integration, discriminated on `requestContext.eventType`.
 * Our own types: the published `APIGatewayProxyWebsocketEventV2` lacks headers, query string, identity,
 * authorizer and the disconnect fields, and makes `messageId` mandatory.
 * Fields that API Gateway leaves out are absent, never null.
 */
export type WebSocketEvent = ConnectEvent | MessageEvent | DisconnectEvent;

export interface ConnectEvent extends HttpPart {
  requestContext: RequestContext & { eventType: 'CONNECT' };
  isBase64Encoded: false;
}

export interface MessageEvent {
  requestContext: RequestContext & { eventType: 'MESSAGE'; messageId: string };
  /** The text of the WebSocket message, byte for byte. */
  body: string;
  stageVariables?: Record<string, string>;
  isBase64Encoded: false;
}

export interface DisconnectEvent extends HttpPart {
  requestContext: RequestContext & {
    eventType: 'DISCONNECT';
    disconnectStatusCode: number;
    disconnectReason: string;
  };
  isBase64Encoded: false;
}

/** The event of a REQUEST authorizer. Unlike a CONNECT event, it has the Upgrade headers and no `isBase64Encoded`. */
export interface AuthorizerEvent extends HttpPart {
  type: 'REQUEST';
  /** `arn:aws:execute-api:{region}:{account}:{apiId}/{stage}/$connect` */
  methodArn: string;
  requestContext: RequestContext & { eventType: 'CONNECT' };
}

export interface HttpPart {
  headers: Record<string, string>;
  multiValueHeaders: Record<string, string[]>;
  queryStringParameters?: Record<string, string>;
  multiValueQueryStringParameters?: Record<string, string[]>;
  stageVariables?: Record<string, string>;
}

export interface RequestContext {
  /** The selected route: an action that matches none arrives as `$default`. */
  routeKey: string;
  /** Opaque; 16 characters that end in `=`. */
  connectionId: string;
  requestId: string;
  extendedRequestId: string;
  /** Common log format. */
  requestTime: string;
  requestTimeEpoch: number;
  connectedAt: number;
  messageDirection: 'IN';
  stage: string;
  domainName: string;
  apiId: string;
  identity: { sourceIp: string; userAgent?: string };
  /** `principalId` and the authorizer's context, flat; the same on every event of a connection. */
  authorizer?: AuthorizerContext;
}

export type AuthorizerContext = Record<string, string | number | boolean>;

/** Unknown top-level keys make API Gateway answer with its own `Internal server error` frame. */
export interface WebSocketResult {
  statusCode: number;
  body?: string;
  headers?: Record<string, string>;
}

/** API Gateway allows 8 KB for the whole of it. */
export interface AuthorizerResult {
  principalId: string;
  policyDocument: {
    Version: '2012-10-17';
    Statement: { Action: 'execute-api:Invoke'; Effect: 'Allow' | 'Deny'; Resource: string }[];
  };
  context?: AuthorizerContext;
}
