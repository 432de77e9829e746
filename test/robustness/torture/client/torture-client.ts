import type { SimulatedSocket } from '../simulation/aws/simulated-socket.js';
import type { ShownState } from '../simulation/records/states-and-signals.js';

export interface LogPosition {
  epoch: string;
  offset: number;
}

export interface LogItem {
  offset: number;
  id: string;
  from: string;
  at: number;
  data: unknown;
}

/** The parts of the platform that a client library uses. */
export interface Platform {
  WebSocket: new (url: string) => SimulatedSocket;
  clock: {
    now(): number;
    setTimeout(callback: () => void, ms: number): unknown;
    clearTimeout(timer: unknown): void;
  };
  /** Uniform in [0, 1). */
  random: () => number;
}

/** Receives what a client shows to its application. */
export interface Audience {
  /** The next message follows this cursor. */
  started(room: string, cursor: LogPosition): void;
  surfaced(room: string, epoch: string, item: LogItem): void;
  /** Some messages were lost: the next one follows this cursor. */
  reset(room: string, cursor: LogPosition): void;
}

/** A client as the torture uses it, with either library. Calls are repeated until they are answered. */
export interface TortureClient {
  /** With `resume`, continues where it left off. */
  join(room: string, resume: boolean): Promise<void>;
  leave(room: string): Promise<void>;
  /** To a room, an inbox (`@…`) or everyone (`*`). Without a key it is tried only once. */
  publish(room: string, data: unknown, key: string | undefined): Promise<void>;
  /** The members of a room, and their states. */
  members(room: string): Promise<{ users: string[]; states: readonly ShownState[] }>;
  setState(room: string, state: unknown): Promise<void>;
  /** To a room or an inbox (`@…`). It is lost without a connection. */
  signal(room: string, data: unknown): void;
  /** The whole history, oldest first. */
  history(room: string): Promise<{ epoch: string; item: LogItem }[]>;
  /** Resolves when nothing is missing in any room. */
  upToDate(): Promise<void>;
  cursorOf(room: string): LogPosition | undefined;
  rooms(): string[];
  /** Gives up every call that waits for an answer. */
  forsake(): void;
}
