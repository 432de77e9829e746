import { randomBytes } from 'node:crypto';

const BYTES = 11;

/** Connection, request and message ids all look alike: 11 random bytes in base64url, padded to 16 characters. */
export const gatewayId = (): string => `${randomBytes(BYTES).toString('base64url')}=`;

export const isGatewayId = (text: string): boolean => /^[A-Za-z0-9_-]{15}=$/.test(text);
