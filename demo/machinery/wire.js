const KEPT_FRAMES = 200;

/** What goes over the connections of a client, and scissors: give `WebSocket` and `network` to the client as its options. */
export class Wire extends EventTarget {
  frames = [];
  counts = { opened: 0, lost: 0, sent: 0, received: 0 };
  isUnplugged = false;
  /** The browser's word on the network, and ours. */
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

  /** As if somebody had tripped over the cable: whatever is under way is lost. */
  cut() {
    for (const socket of [...this.#sockets]) socket.cut();
  }

  unplug() {
    this.isUnplugged = true;
    this.note('event', 'Unplugged: no connection is let through');
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
    this.note('event', `Connection ${this.counts.opened} is open`);
  }

  ended(socket) {
    if (!this.#sockets.delete(socket)) return;
    this.counts.lost += 1;
    this.note('event', 'Connection ended');
  }

  sent(text) {
    this.counts.sent += 1;
    this.note('out', withoutToken(text));
  }

  received(text) {
    this.counts.received += 1;
    this.note('in', text);
  }

  note(direction, text) {
    this.frames = [
      { number: ++this.#number, at: Date.now(), direction, text },
      ...this.frames.slice(0, KEPT_FRAMES - 1),
    ];
    this.dispatchEvent(new CustomEvent('note', { detail: { direction, text } }));
  }
}

/** Whoever looks over one's shoulder at the frames is not to see it. */
const withoutToken = (text) => text.replace(/("token":")[^"]*/, '$1…');

/** A WebSocket as the client uses it, in front of the browser's own. */
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
        wire.received(event.data);
        this.onmessage?.(event);
      };
      socket.onclose = (event) => this.#end(event);
    }

    send(text) {
      if (this.#isOver) return;
      wire.sent(text);
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
