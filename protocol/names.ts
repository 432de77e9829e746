/** `*` (everyone), `@alice` (the inbox of alice) or a name that clients may join. */
export type Room = string;

export type UserId = string;

export const EVERYONE: Room = '*';

export const inboxOf = (userId: UserId): Room => `@${userId}`;

/** A room that clients may join, leave and publish to. It has no `#`, the separator of the store. */
export const ROOM_NAME = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

/**
 * Visible ASCII, because issuers may use any id, even URLs. Excluded: `#` separates in the store, `*` ends a permission's
 * prefix, JSON escapes `"` and `\`. An inbox begins with `@`, the name of a back end with `$`.
 */
export const USER_ID = /^[!%-)+-?A-[\]-~][!$-)+-[\]-~]{0,255}$/;

/** The name under which a back end publishes: no user id begins with `$`. */
export const BACK_END = /^\$[A-Za-z0-9][A-Za-z0-9._:-]{0,62}$/;

/** A user, or a back end: `alice`, `$billing`. */
export type Sender = string;

/** `id`, which only correlates a reply with its frame, and `key`, the idempotency key. */
export const LABEL = /^[A-Za-z0-9_-]{1,64}$/;
export const LABEL_LENGTH = 64;
