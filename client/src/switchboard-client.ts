// The package's one entry: what is not exported here may change at any time.
export type { Client, ClientEvents } from './client.js';
// biome-ignore lint/performance/noBarrelFile: a package needs one file that is its face
export { createClient } from './create-client.js';
export type { ErrorCode, ProtocolErrorCode } from './error-code.js';
export type { Feed, FeedEvents, HistoryOptions, Message, ResetNotice } from './feed.js';
export type { Cursor, Published, ResetReason } from './frames.js';
export type { ClientOptions, NetworkEvents } from './options/client-options.js';
export type { Clock } from './options/clock.js';
export type { WebSocketConstructor, WebSocketLike } from './options/web-socket.js';
export type { Joined, JoinOptions, Presence, PublishOptions, Room, RoomEvents } from './room.js';
export type { State } from './state.js';
export { SwitchboardError } from './switchboard-error.js';
