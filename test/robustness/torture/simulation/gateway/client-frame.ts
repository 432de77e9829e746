/** The frame of a client. */
export interface ClientFrame {
  action: string;
  room?: string;
  to?: string;
  key?: string;
  data?: unknown;
  /** The state of a member. */
  state?: unknown;
  counter?: number;
  tag?: string;
  number?: number;
  token?: string;
  since?: { epoch: string; offset: number };
  resume?: { room: string; epoch: string; offset: number }[];
}

/** The room that a publication or a signal is for. */
export const targetOf = ({ action, room = '', to }: ClientFrame): string =>
  to !== undefined ? `@${to}` : action === 'broadcast' ? '*' : room;
