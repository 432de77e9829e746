import { RETENTION_MS } from '../../../domain/publications/publication.js';

const HOUR_MS = 3_600_000;

/** Rows outlive their retention, so that an epoch ends before its newest row can vanish. */
export const LIFETIME_MS: number = RETENTION_MS + 2 * HOUR_MS;

/** An epoch whose newest row, or whose beginning, is older is not built upon. */
export const BUILT_UPON_MS: number = LIFETIME_MS - HOUR_MS;
