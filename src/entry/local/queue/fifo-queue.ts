import { randomUUID } from 'node:crypto';
import { Recent } from './recent.js';

export interface NewFifoMessage {
  body: string;
  groupId: string;
  deduplicationId: string;
}

export interface FifoMessage extends NewFifoMessage {
  messageId: string;
  /** Epoch milliseconds. */
  sentAt: number;
  sequenceNumber: number;
  receiveCount: number;
  firstReceivedAt: number;
  /** Until then it is hidden, with all messages behind it in its group. */
  hiddenUntil: number;
}

export interface FifoOptions {
  /** Seconds that a received message is hidden. */
  visibilityTimeout: number;
  /** A message that was received this often goes to `deadLetters`. */
  maxReceiveCount?: number;
  deadLetters?: FifoQueue;
  now?: () => number;
  newId?: () => string;
  /** Called when there is something to receive. */
  onMessage?: () => void;
}

const DEDUPLICATION_MS = 5 * 60_000;

/** An SQS FIFO queue without the network: groups keep their order, and a deduplication id counts once in five minutes. */
export class FifoQueue {
  readonly #messages: FifoMessage[] = [];
  readonly #known = new Recent<FifoMessage>(DEDUPLICATION_MS);
  #sequence = 0;

  constructor(private readonly options: FifoOptions) {}

  get messages(): readonly FifoMessage[] {
    return this.#messages;
  }

  send(sent: NewFifoMessage): FifoMessage {
    const now = this.#now();
    const known = this.#known.get(sent.deduplicationId, now);
    if (known) return known;
    const { newId = randomUUID } = this.options;
    this.#sequence += 1;
    const message = {
      ...sent,
      messageId: newId(),
      sentAt: now,
      sequenceNumber: this.#sequence,
      receiveCount: 0,
      firstReceivedAt: 0,
      hiddenUntil: 0,
    };
    this.#known.put(sent.deduplicationId, message, now);
    this.#messages.push(message);
    this.options.onMessage?.();
    return message;
  }

  /** As many messages as possible of the group with the oldest message, then of others. */
  receive(most: number): FifoMessage[] {
    const now = this.#now();
    this.#bury(now);
    const taken: FifoMessage[] = [];
    for (const groupId of new Set(this.#messages.map((message) => message.groupId))) {
      const group = this.#messages.filter((message) => message.groupId === groupId);
      if (group.some((message) => this.#isHidden(message, now))) continue;
      taken.push(...group.slice(0, most - taken.length));
      if (taken.length === most) break;
    }
    for (const message of taken) {
      message.receiveCount += 1;
      if (message.receiveCount === 1) message.firstReceivedAt = now;
      message.hiddenUntil = now + this.#hiddenMs;
    }
    return taken;
  }

  delete(messageId: string): void {
    const index = this.#messages.findIndex((message) => message.messageId === messageId);
    if (index >= 0) this.#messages.splice(index, 1);
  }

  /** The next time when a hidden message can be received again; undefined if none is hidden. */
  get nextAt(): number | undefined {
    const now = this.#now();
    const hidden = this.#messages.filter((message) => this.#isHidden(message, now));
    return hidden.length === 0 ? undefined : Math.min(...hidden.map(({ hiddenUntil }) => hiddenUntil));
  }

  get #hiddenMs(): number {
    return this.options.visibilityTimeout * 1_000;
  }

  /** A message that seems to be hidden for longer was hidden before the clock was set back. */
  #isHidden({ hiddenUntil }: FifoMessage, now: number): boolean {
    return hiddenUntil > now && hiddenUntil <= now + this.#hiddenMs;
  }

  #now(): number {
    return (this.options.now ?? Date.now)();
  }

  #bury(now: number): void {
    const { maxReceiveCount = Number.POSITIVE_INFINITY, deadLetters } = this.options;
    for (const message of [...this.#messages]) {
      if (message.receiveCount < maxReceiveCount || this.#isHidden(message, now)) continue;
      this.delete(message.messageId);
      deadLetters?.send(message);
    }
  }
}
