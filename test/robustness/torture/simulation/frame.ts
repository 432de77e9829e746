/** The frame of a client. */
export interface Frame {
  action: string;
  room?: string;
  to?: string;
  key?: string;
  data?: unknown;
  token?: string;
  since?: { epoch: string; offset: number };
  resume?: { room: string; epoch: string; offset: number }[];
}

/** The room that a publication is for. */
export const targetOf = ({ action, room = '', to }: Frame): string =>
  action === 'send' ? `@${to}` : action === 'broadcast' ? '*' : room;
