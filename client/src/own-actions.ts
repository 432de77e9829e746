import type { WaitOptions } from './requests/abortable.js';

/** The fields of an action's frame, and of its ack. */
export interface OwnAction {
  readonly fields: object;
  readonly reply: object;
}

/** A server's own actions by name: the same type that its schemas and use cases are written against. */
export type OwnActions<Own> = { readonly [A in keyof Own]: OwnAction };

/** Without a type, any action may be called, and any field of its reply read. */
export type AnyActions = Readonly<
  Record<string, { fields: object; reply: Readonly<Record<string, unknown>> }>
>;

export interface RequestOptions extends WaitOptions {
  /** Goes into the frame, for an action that runs only once for the same key. Such a call is repeated. */
  readonly key?: string | null | undefined;
  /** Repeat it until it is answered, for an action that may run twice. Default: it is sent once. */
  readonly repeat?: boolean | null | undefined;
}
