// The package's one entry: what is not exported here may change at any time.
export type { RecoveryFailure as ResetReason } from '../../protocol/actions.js';
export type { Cursor } from '../../protocol/cursor.js';
export type { ErrorCode as ProtocolErrorCode } from '../../protocol/errors.js';
// biome-ignore lint/performance/noBarrelFile: a package needs one file that is its face
export { DATA_BYTES } from '../../protocol/limits.js';
export { ROOM_NAME, USER_ID } from '../../protocol/names.js';
export type { Client, ClientEvents, OwnPush } from './client.js';
export { createClient } from './create-client.js';
export type { Feed, FeedEvents, HistoryOptions, Message, ResetNotice } from './feed.js';
export type { ClientOptions, NetworkEvents } from './options/client-options.js';
export type { Clock } from './options/clock.js';
export type { WebSocketConstructor, WebSocketLike } from './options/web-socket.js';
export type { AnyActions, OwnAction, OwnActions, RequestOptions } from './own-actions.js';
export type { Published } from './published.js';
export type { AbortSignalLike, WaitOptions } from './requests/abortable.js';
export type { Joined, JoinOptions, Presence, PublishOptions, Room, RoomEvents } from './room.js';
export type { State } from './state.js';
export type { Status } from './status.js';
export { type ErrorCode, SwitchboardError } from './switchboard-error.js';
