import type { OpenConnection } from './open-connection.js';

/** The connections whose upgrade has completed and whose socket is not closed yet. */
export class ConnectionRegistry {
  readonly #connections = new Map<string, OpenConnection>();

  get size(): number {
    return this.#connections.size;
  }

  add(connection: OpenConnection): void {
    this.#connections.set(connection.peer.connectionId, connection);
  }

  remove(connection: OpenConnection): void {
    this.#connections.delete(connection.peer.connectionId);
  }

  /** Undefined as soon as the connection starts to close. */
  open(connectionId: string): OpenConnection | undefined {
    const connection = this.#connections.get(connectionId);
    return connection?.isOpen ? connection : undefined;
  }

  all(): OpenConnection[] {
    return [...this.#connections.values()];
  }
}
