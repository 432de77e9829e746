// The package's entry for React: `switchboard-client/react`.
import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import {
  type AbortSignalLike,
  type AnyActions,
  type Client,
  type ClientOptions,
  createClient,
  type Member,
  type Message,
  type OwnActions,
  type Room,
  type Status,
  type SwitchboardError,
} from './switchboard-client.js';

export interface Connection<Own extends OwnActions<Own>, Direct, Announcement> {
  /** Absent until the first effects have run, and on a server. */
  readonly client: Client<Own, Direct, Announcement> | undefined;
  readonly status: Status;
}

export interface RoomView<T> {
  readonly room: Room<T> | undefined;
  /** Oldest first. The list begins anew when messages are missing. */
  readonly messages: readonly Message<T>[];
  /** Why this client is not in the room. */
  readonly error: SwitchboardError | undefined;
}

export interface RoomOptions {
  /** How many messages to begin with, 1 to 100. Default 50; 0 for none, which needs no permission to read history. */
  readonly last?: number;
  /** The most messages to keep. Default 500. */
  readonly keep?: number;
}

interface Shown<T> extends Omit<RoomView<T>, 'room'> {
  readonly of?: Room<T>;
}

type AnyClient = Pick<Client, 'room' | 'on' | 'state'>;

const NOT_YET: Status = { state: 'offline', reason: undefined, attempt: 0, nextTryAt: undefined };
const NONE: readonly never[] = [];
const NOTHING = { messages: NONE, error: undefined };
const none = () => {};
const notYet = () => NOT_YET;

/** A client that lives as long as the component. Another URL makes another client; only the first options count. */
export const useConnection = <
  Own extends OwnActions<Own> = AnyActions,
  Direct = unknown,
  Announcement = unknown,
>(
  url: string,
  options?: ClientOptions,
): Connection<Own, Direct, Announcement> => {
  const [first] = useState(options);
  const [client, setClient] = useState<Client<Own, Direct, Announcement>>();
  useEffect(() => {
    const made = createClient<Own, Direct, Announcement>(url, { ...first, lazy: true });
    let isWanted = true;
    setClient(made);
    // StrictMode mounts twice in one task: the client that it throws away has not connected yet.
    void Promise.resolve().then(() => {
      if (isWanted && !first?.lazy) made.connect();
    });
    return () => {
      isWanted = false;
      setClient(undefined);
      void made.close();
    };
  }, [url, first]);

  const subscribe = useCallback((changed: () => void) => client?.on('state', changed) ?? none, [client]);
  const status = useSyncExternalStore(subscribe, () => client?.status ?? NOT_YET, notYet);
  return { client, status };
};

/** Joins a room for as long as the component is mounted, and returns its messages. */
export const useRoom = <T = unknown>(
  client: AnyClient | undefined,
  name: string,
  { last = 50, keep = 500 }: RoomOptions = {},
): RoomView<T> => {
  // The same object for each call: what is shown belongs to the room that is asked for, from the first render on.
  const room = client?.room<T>(name);
  const [shown, setShown] = useState<Shown<T>>({ messages: NONE, error: undefined });
  useEffect(() => {
    if (!room) return;
    const { signal, abort } = aborting();
    const show = (
      change: (messages: readonly Message<T>[]) => readonly Message<T>[],
      error?: SwitchboardError,
    ) => setShown(({ messages }) => ({ of: room, messages: change(messages).slice(-keep), error }));
    let reads = 0;
    const showBefore = async ({ epoch, offset }: { epoch: string; offset: number }) => {
      reads += 1;
      const thisRead = reads;
      show(() => NONE);
      if (!last) return;
      const before = { epoch, offset: offset + 1 };
      const { value } = await room.history({ limit: last, before, signal }).next();
      if (value && thisRead === reads) show((later) => [...value, ...later]);
    };
    const failed = (error: SwitchboardError) => {
      if (!signal.aborted) show((messages) => messages, error);
    };
    const offs = [
      room.on('message', (message) => show((messages) => [...messages, message])),
      room.on('reset', (place) => void showBefore(place).catch(none)),
      room.on('error', failed),
    ];
    show(() => NONE);
    const { cursor } = room;
    const joining = room.join({ last: last || undefined, signal });
    joining.catch(failed);
    // Another component is in the room, or a cursor was stored: the join continues from there, and brings nothing older.
    if (cursor) void showBefore(cursor).catch(none);
    return () => {
      for (const off of offs) off();
      abort();
      joining.then(() => room.leave()).catch(none);
    };
  }, [room, last, keep]);
  const { messages, error } = shown.of === room ? shown : NOTHING;
  return { room, messages, error };
};

/** The members, with their states, of a room that `useRoom` is in: `room.members`. */
export const usePresence = (client: AnyClient | undefined, name: string): readonly Member[] => {
  const room = client?.room(name);
  const subscribe = useCallback((changed: () => void) => room?.on('members', changed) ?? none, [room]);
  return useSyncExternalStore(
    subscribe,
    () => room?.members ?? NONE,
    () => NONE,
  );
};

/** The part of an `AbortController` that every platform has; the language's own types lack it. */
const aborting = (): { signal: AbortSignalLike; abort: () => void } => {
  const { AbortController } = globalThis as unknown as {
    AbortController: new () => { signal: AbortSignalLike; abort(): void };
  };
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
};
