import * as z from 'zod/mini';
import { CONNECTIONS_PER_USER } from '../domain/connection.js';
import { FRAME_LIMIT } from '../domain/limits/frame-limit.js';
import { DAY_MS, LONGEST_RETENTION_MS, RETENTION_MS } from '../domain/publications/publication.js';

const wholeNumber = z.pipe(
  z.string().check(z.regex(/^\d{1,9}$/, { error: 'is not a whole number' })),
  z.transform(Number),
);

const positive = z.pipe(
  z.string().check(z.regex(/^[1-9]\d{0,8}$/, { error: 'is not a whole number above 0' })),
  z.transform(Number),
);

const MOST_DAYS = LONGEST_RETENTION_MS / DAY_MS;

const days = z.pipe(
  z.string().check(
    z.refine((text) => /^[1-9]\d?$/.test(text) && Number(text) <= MOST_DAYS, {
      error: `is not a number of days from 1 to ${MOST_DAYS}`,
    }),
  ),
  z.transform(Number),
);

const flag = (unset: boolean) =>
  z._default(
    z.pipe(
      z.enum(['true', 'false'], { error: 'is neither true nor false' }),
      z.transform((text) => text === 'true'),
    ),
    unset,
  );

const url = z
  .string()
  .check(z.regex(/^https?:\/\/[^\s/]+(\/[^\s/]+)*$/, { error: 'is not a URL without a slash at its end' }));

const table = z
  .string()
  .check(z.regex(/^[A-Za-z0-9_.-]{3,255}$/, { error: 'is not a name that a table may have' }));

const STORES = ['dynamodb', 'mysql'] as const;

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const Settings = z.object({
  STORE: z._default(z.enum(STORES, { error: `is none of ${STORES.join(', ')}` }), 'dynamodb'),
  /** Names the server, the user and the database of `STORE=mysql`. */
  MYSQL_URL: z.optional(z.string()),
  /** The ARN of a secret with the user and the password, and, without `MYSQL_URL`, the server too. For functions. */
  MYSQL_SECRET_ARN: z.optional(z.string()),
  /** A file with the authority that certified the server's key. */
  MYSQL_CA_FILE: z.optional(z.string()),
  CONNECTIONS_TABLE: z._default(table, 'switchboard-connections'),
  MESSAGES_TABLE: z._default(table, 'switchboard-messages'),
  /** The stage's execute-api URL: `@connections` is below it. Never taken from an event: a custom domain differs. */
  CALLBACK_URL: z.optional(url),
  /** A DynamoDB other than AWS's, for development. */
  DYNAMODB_ENDPOINT: z.optional(url),
  /** The publishing invocation serves rooms of up to this many members. */
  FAN_OUT_INLINE_LIMIT: z._default(wholeNumber, 100),
  /** The queue of pieces, and the one for pieces that were given up. */
  PIECE_QUEUE_URL: z.optional(url),
  PIECE_FAILURES_URL: z.optional(url),
  /** The rate of pushes of all simultaneous pieces together; unset: they adapt, as other pushes do. */
  PUSHES_PER_SECOND: z.optional(positive),
  /** How many instances serve pieces at once. */
  PIECES_AT_ONCE: z._default(positive, 1),
  /** How long a new connection may take to open, in milliseconds. */
  OPENING_MS: z._default(wholeNumber, 10_000),
  /** `guest` accepts any user id that a client gives. */
  AUTH_MODE: z._default(z.enum(['guest', 'jwt'], { error: 'is neither guest nor jwt' }), 'jwt'),
  /** The URL of the issuer's keys; or a file with them; or, for development, a shared secret. */
  AUTH_JWKS_URL: z.optional(z.string()),
  AUTH_JWKS_FILE: z.optional(z.string()),
  AUTH_SECRET: z.optional(z.string()),
  AUTH_ISSUER: z.optional(z.string()),
  AUTH_AUDIENCE: z.optional(z.string()),
  /** The claim that holds the user id. */
  AUTH_USER_CLAIM: z._default(z.string(), 'sub'),
  AUTH_PERMISSIONS_CLAIM: z._default(z.string(), 'permissions'),
  AUTH_QUERY_TOKEN: flag(false),
  AUTH_SINGLE_USE: flag(false),
  /** Comma-separated; unset: any page may connect. */
  ALLOWED_ORIGINS: z.optional(z.string()),
  /** Whether `ALLOWED_ORIGINS` accepts clients that send no `Origin` (anything but a browser). */
  ALLOW_ABSENT_ORIGIN: flag(false),
  /** `off` removes every limit. */
  RATE_LIMIT: z._default(z.enum(['on', 'off'], { error: 'is neither on nor off' }), 'on'),
  /** Of one connection: sustained rate and burst. */
  FRAMES_PER_SECOND: z._default(positive, FRAME_LIMIT.perSecond),
  FRAMES_AT_ONCE: z._default(positive, FRAME_LIMIT.burst),
  CONNECTIONS_PER_USER: z._default(positive, CONNECTIONS_PER_USER),
  /** How long publications stay readable. */
  RETENTION_DAYS: z._default(days, RETENTION_MS / DAY_MS),
  STAGE: z._default(z.string(), 'unknown'),
  /** The namespace of the metrics in the log; unset: no metrics. */
  METRICS_NAMESPACE: z.optional(z.string()),
  LOG_LEVEL: z._default(z.enum(LOG_LEVELS, { error: `is none of ${LOG_LEVELS.join(', ')}` }), 'info'),
});

export type Settings = z.infer<typeof Settings>;

export const retentionMsOf = ({ RETENTION_DAYS }: Settings): number => RETENTION_DAYS * DAY_MS;

/**
 * Checks the variables of the environment; an empty variable counts as unset.
 *
 * @throws Error with one line that names the variable
 */
export const readSettings = (env: NodeJS.ProcessEnv): Settings => {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  // Read once: a parser that is compiled for it would cost more than it saves.
  const { success, data, error } = Settings.safeParse(set, { jitless: true });
  if (success) return data;
  const [issue] = error.issues;
  throw new Error(`${issue?.path.join('.')} ${issue?.message ?? 'is wrong'}`);
};
