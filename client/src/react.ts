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

type AnyClient = Pick<Client, 'room' | 'on' | 'state'>;

const NOT_YET: Status = { state: 'offline', reason: undefined, attempt: 0, nextTryAt: undefined };
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
  const [room, setRoom] = useState<Room<T>>();
  const [messages, setMessages] = useState<readonly Message<T>[]>([]);
  const [error, setError] = useState<SwitchboardError>();
  useEffect(() => {
    if (!client) return;
    const joined = client.room<T>(name);
    const { signal, abort } = aborting();
    const show = (more: readonly Message<T>[]) => setMessages((shown) => [...shown, ...more].slice(-keep));
    const restart = async ({ epoch, offset }: { epoch: string; offset: number }) => {
      setMessages([]);
      if (!last) return;
      const before = { epoch, offset: offset + 1 };
      const { value } = await joined.history({ limit: last, before, signal }).next();
      if (value) setMessages((later) => [...value, ...later].slice(-keep));
    };
    const offs = [
      joined.on('message', (message) => show([message])),
      joined.on('reset', (place) => void restart(place).catch(none)),
      joined.on('error', setError),
    ];
    setRoom(joined);
    setMessages([]);
    setError(undefined);
    const joining = joined.join({ last: last || undefined, signal });
    joining.catch((refused) => {
      if (!signal.aborted) setError(refused);
    });
    return () => {
      for (const off of offs) off();
      abort();
      joining.then(() => joined.leave()).catch(none);
    };
  }, [client, name, last, keep]);
  return { room, messages, error };
};

/** The members, with their states, of a room that `useRoom` is in: `room.members`. */
export const usePresence = (client: AnyClient | undefined, name: string): readonly Member[] => {
  const [members, setMembers] = useState<readonly Member[]>([]);
  useEffect(() => {
    if (!client) return;
    const room = client.room(name);
    setMembers(room.members);
    const off = room.on('members', setMembers);
    return () => {
      off();
      setMembers([]);
    };
  }, [client, name]);
  return members;
};

/** The part of an `AbortController` that every platform has; the language's own types lack it. */
const aborting = (): { signal: AbortSignalLike; abort: () => void } => {
  const { AbortController } = globalThis as unknown as {
    AbortController: new () => { signal: AbortSignalLike; abort(): void };
  };
  const controller = new AbortController();
  return { signal: controller.signal, abort: () => controller.abort() };
};
