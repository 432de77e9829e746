import { RETENTION_MS } from '../../../domain/publications/publication.js';

const HOUR_MS = 3_600_000;

/** Rows outlive their retention, so that an epoch ends before its newest row can vanish. */
export const lifetimeOf = (retentionMs: number): number => retentionMs + 2 * HOUR_MS;

/** An append does not build on an epoch whose newest row, or whose beginning, has less of its lifetime left than this. */
export const MARGIN_MS: number = HOUR_MS;

/** How long the row of a room without publications stays. */
export const UNPUBLISHED_LIFETIME_MS: number = lifetimeOf(RETENTION_MS);
