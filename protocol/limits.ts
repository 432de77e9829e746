/** API Gateway's limit for one frame, in either direction; also its billing unit. */
export const FRAME_BYTES = 32 * 1024;

/** Of `data`, as JSON. */
export const DATA_BYTES = 16_384;

export const ROOMS_PER_CONNECTION = 50;

/** `*`, the inbox and the rooms that a client can join. */
export const ROOMS_PER_FRAME: number = ROOMS_PER_CONNECTION + 2;

/** Items of one page. */
export const HISTORY_LIMIT = 100;
export const HISTORY_DEFAULT = 50;

/** Users that a reply names, and the bytes they take with their states: the rest of the frame fits any publication. */
export const ROSTER_USERS = 100;
export const ROSTER_BYTES: number = 15 * 1024;

/** Rosters that one `ping` compares: each is read completely. */
export const ROSTERS_PER_PING = 5;

/** Of a member's state, as JSON. */
export const STATE_BYTES = 256;

/** Of signals, in one room: its rate of signals is this divided by the number of receivers. */
export const SIGNAL_DELIVERIES_PER_SECOND = 500;

/** Limits that `hello` tells a client to keep to. */
export interface Limits {
  readonly frameBytes: number;
  readonly dataBytes: number;
  readonly rooms: number;
  readonly historyItems: number;
  /** Of a connection; these three are absent where there are no limits. */
  readonly framesPerSecond?: number;
  readonly framesAtOnce?: number;
  readonly signalDeliveriesPerSecond?: number;
}

export const LIMITS: Limits = {
  frameBytes: FRAME_BYTES,
  dataBytes: DATA_BYTES,
  rooms: ROOMS_PER_CONNECTION,
  historyItems: HISTORY_LIMIT,
};
