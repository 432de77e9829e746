import type { SignalPlace } from '../../../protocol/actions.js';
import type { Room, Sender } from '../../../protocol/names.js';
import { ClientError } from '../../domain/client-error.js';
import type { FrameTime } from '../../domain/frame-time.js';
import type { JsonText } from '../../domain/json/json-text.js';
import type { Delivery } from '../delivery/pusher.js';
import type { Random } from '../ports/random.js';
import type { Signaller } from './signaller.js';

export interface BackEndSignal {
  room: Room;
  from: Sender;
  data: JsonText;
  /** Undefined: of a stream of its own. */
  place: SignalPlace | undefined;
  time?: FrameTime | undefined;
}

const TAG_LENGTH = 16;

/** Signals without a connection, to any room and any user. If it rejects, nothing was pushed. */
export class SignalForBackEnd {
  constructor(
    private readonly signaller: Signaller,
    private readonly random: Random,
  ) {}

  async execute({ room, from, data, place, time }: BackEndSignal): Promise<Delivery> {
    time?.signal.throwIfAborted();
    const members = await this.signaller.members(room, time);
    if (!members) throw new ClientError('room_too_large');
    const { tag, number } = place ?? { tag: this.random.id(TAG_LENGTH), number: 0 };
    return this.signaller.signal(room, { from, tag, number, data }, members);
  }
}
