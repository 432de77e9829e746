import type { WaitOptions } from './requests/abortable.js';

/** What an action's frame says, and what its ack answers. */
export interface OwnAction {
  readonly fields: object;
  readonly reply: object;
}

/** A server's own actions by name: the same type that its schemas and use cases are written against. */
export type OwnActions<Own> = { readonly [A in keyof Own]: OwnAction };

/** Without a type, any action may be asked, and any field of its reply looked at. */
export type AnyActions = Readonly<
  Record<string, { fields: object; reply: Readonly<Record<string, unknown>> }>
>;

export interface RequestOptions extends WaitOptions {
  /** Goes into the frame, for an action that does the same thing once for the same key. Such a call is repeated. */
  readonly key?: string | null | undefined;
  /** Repeat it until it is answered, for an action that may be done twice. Default: it is sent once. */
  readonly repeat?: boolean | null | undefined;
}
