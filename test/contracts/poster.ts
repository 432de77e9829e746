import type { SendOutcome } from '../../src/application/ports/client-notifier.js';

/** A client of `@connections`. */
export interface Poster {
  send(connectionId: string, frame: string, deadline: number): Promise<SendOutcome>;
  destroy(): unknown;
}

export interface PosterKeys {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
  expiration?: Date;
}

export interface PosterOptions {
  endpoint: string;
  region: string;
  maxSockets: number;
  credentials: PosterKeys | (() => Promise<PosterKeys>);
  ca?: string;
}
