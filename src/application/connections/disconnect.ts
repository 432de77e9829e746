import type { Forget } from './forget.js';

/** `$disconnect` comes late, twice or never; it names a connection, so that it never hits that one's successor. */
export class Disconnect {
  constructor(private readonly forget: Forget) {}

  async execute(connectionId: string): Promise<void> {
    await this.forget.connection(connectionId);
  }
}
