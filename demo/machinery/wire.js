import { Latency } from './latency.js';

const KEPT_FRAMES = 200;

/** Watches a client's connections, and can cut them: `WebSocket` and `network` are options of the client. */
export class Wire extends EventTarget {
  frames = [];
  latency = new Latency();
  counts = { opened: 0, lost: 0, sent: 0, received: 0 };
  isUnplugged = false;
  /** When the server was last heard. */
  heardAt = 0;
  /** The browser's events about the network, and ours. */
  network = new EventTarget();
  WebSocket;
  #sockets = new Set();
  #number = 0;

  constructor() {
    super();
    this.WebSocket = watched(this);
    for (const type of ['online', 'offline'])
      addEventListener(type, () => {
        if (!this.isUnplugged) this.network.dispatchEvent(new Event(type));
      });
  }

  /** As if the cable had been pulled: everything under way is lost. */
  cut() {
    for (const socket of [...this.#sockets]) socket.cut();
  }

  unplug() {
    this.isUnplugged = true;
    this.note('event', 'Unplugged: every connection fails');
    this.cut();
  }

  plugIn() {
    this.isUnplugged = false;
    this.note('event', 'Plugged in again');
    this.network.dispatchEvent(new Event('online'));
  }

  opened(socket) {
    this.#sockets.add(socket);
    this.counts.opened += 1;
    this.heardAt = Date.now();
    this.note('event', `Connection ${this.counts.opened} is open`);
  }

  ended(socket) {
    if (!this.#sockets.delete(socket)) return;
    this.counts.lost += 1;
    this.latency.ended(socket);
    this.note('event', 'Connection ended');
  }

  sent(socket, text) {
    this.counts.sent += 1;
    this.latency.sent(socket, text);
    this.note('out', withoutToken(text));
  }

  received(socket, text) {
    this.counts.received += 1;
    this.heardAt = Date.now();
    this.note('in', text, this.latency.received(socket, text));
  }

  /** `ms`: how long the server took for this answer. */
  note(direction, text, ms) {
    this.frames = [
      { number: ++this.#number, at: Date.now(), direction, text, ms },
      ...this.frames.slice(0, KEPT_FRAMES - 1),
    ];
    this.dispatchEvent(new CustomEvent('note', { detail: { direction, text } }));
  }
}

/** The panel may be shown to others, who must not see it. */
const withoutToken = (text) => text.replace(/("token":")[^"]*/, '$1…');

/** As much of a WebSocket as the client uses, in front of the browser's own. */
const watched = (wire) =>
  class WatchedSocket {
    onopen = null;
    onmessage = null;
    onclose = null;
    onerror = null;
    #socket;
    #isOver = false;

    constructor(url, protocols = []) {
      if (wire.isUnplugged) {
        setTimeout(() => this.#end());
        return;
      }
      const socket = new WebSocket(url, protocols);
      this.#socket = socket;
      socket.onopen = (event) => {
        if (this.#isOver) return;
        wire.opened(this);
        this.onopen?.(event);
      };
      socket.onmessage = (event) => {
        if (this.#isOver) return;
        wire.received(this, event.data);
        this.onmessage?.(event);
      };
      socket.onclose = (event) => this.#end(event);
    }

    send(text) {
      if (this.#isOver) return;
      wire.sent(this, text);
      this.#socket.send(text);
    }

    close(code, reason) {
      this.#socket?.close(code, reason);
    }

    cut() {
      this.#end();
      this.#socket?.close();
    }

    #end(event = new Event('close')) {
      if (this.#isOver) return;
      this.#isOver = true;
      wire.ended(this);
      this.onclose?.(event);
    }
  };
