import { USER_ID } from '../../../protocol/names.js';

/**
 * The permissions of a user. A pattern is a whole name, or a prefix followed by one `*`: `team:42`, `public.*`, `*`.
 * Patterns match rooms and users alike.
 */
export interface Permissions {
  join: readonly string[];
  publish: readonly string[];
  signal: readonly string[];
  history: readonly string[];
  presence: readonly string[];
  /** The users to whom they may send messages and signals. */
  send: readonly string[];
  broadcast: boolean;
}

const LISTS = ['join', 'publish', 'signal', 'history', 'presence', 'send'] as const;

export const NO_PERMISSIONS: Permissions = {
  join: [],
  publish: [],
  signal: [],
  history: [],
  presence: [],
  send: [],
  broadcast: false,
};

export const ALL_PERMISSIONS: Permissions = {
  join: ['*'],
  publish: ['*'],
  signal: ['*'],
  history: ['*'],
  presence: ['*'],
  send: ['*'],
  broadcast: true,
};

/** For a token without a claim. A broadcast reaches every open connection, so it has to be granted. */
export const DEFAULT_PERMISSIONS: Permissions = { ...ALL_PERMISSIONS, broadcast: false };

/**
 * The permissions of a token's claim. A claim grants nothing that it does not name, and an invalid claim grants nothing at
 * all. A list may be written as `true` for `["*"]`, or `false` for none.
 */
export const permissionsFrom = (claim: unknown): Permissions => {
  if (claim === undefined) return DEFAULT_PERMISSIONS;
  if (typeof claim !== 'object' || claim === null || Array.isArray(claim)) return NO_PERMISSIONS;
  const read = (name: string): unknown => (Object.hasOwn(claim, name) ? Reflect.get(claim, name) : false);
  const lists = LISTS.map((name) => patternsFrom(read(name)));
  const [join, publish, signal, history, presence, send] = lists;
  const broadcast = read('broadcast');
  if (!join || !publish || !signal || !history || !presence || !send || typeof broadcast !== 'boolean')
    return NO_PERMISSIONS;
  return { join, publish, signal, history, presence, send, broadcast };
};

/** Compact JSON, for the authorizer's context; `parsePermissions` reads it back. */
export const formatPermissions = (permissions: Permissions): string =>
  JSON.stringify(permissions, (_, value: unknown) =>
    value === false || (Array.isArray(value) && value.length === 0) ? undefined : value,
  );

/** Absent or foreign text grants nothing. */
export const parsePermissions = (text: string | undefined): Permissions => {
  if (text === undefined) return NO_PERMISSIONS;
  try {
    return permissionsFrom(JSON.parse(text));
  } catch {
    return NO_PERMISSIONS;
  }
};

const isPattern = (text: string): boolean =>
  text === '*' || USER_ID.test(text.endsWith('*') ? text.slice(0, -1) : text);

const patternsFrom = (value: unknown): string[] | undefined => {
  if (typeof value === 'boolean') return value ? ['*'] : [];
  if (!Array.isArray(value)) return undefined;
  const patterns = value.filter((entry): entry is string => typeof entry === 'string' && isPattern(entry));
  return patterns.length === value.length ? patterns : undefined;
};
