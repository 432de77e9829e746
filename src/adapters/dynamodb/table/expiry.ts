import { RETENTION_MS } from '../../../domain/publications/publication.js';
import type { Row } from './table.js';

/** Reads filter by `expiresAt`. `ttl`, in seconds, only lets DynamoDB delete the row, days late. */
export const expiry = (expiresAt: number): { expiresAt: number; ttl: number } => ({
  expiresAt,
  ttl: Math.ceil(expiresAt / 1000),
});

export const isLive = (row: Row, now: number): boolean => (row.expiresAt as number) > now;

/** Publications and seals outlive their retention, so that an epoch is sealed before its newest row can vanish. */
export const lifetimeOf = (retentionMs: number): number => retentionMs + 2 * 3_600_000;

export const PUBLICATION_LIFETIME_MS = lifetimeOf(RETENTION_MS);
