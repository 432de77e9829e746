import { FRAME_BYTES } from '../../../protocol/limits.js';
import { encode } from '../../domain/encode.js';
import type { Publication } from '../../domain/publication.js';
import { bytesOf, toItem } from '../../domain/publication-item.js';
import type { FanOut } from './fan-out.js';
import type { PushResult } from './push.js';

const ENVELOPE_BYTES = 512;

export type DeliveryReport = PushResult & { room: string };

/** Serves one room from a batch: each connection gets the batch as one frame, or as few as it fits into. */
export class DeliverPublications {
  constructor(private readonly fanOut: FanOut) {}

  /** `publications` are of one room. Resolves once everybody had a turn, or at `deadline` (epoch milliseconds). */
  async execute(publications: readonly Publication[], deadline: number): Promise<DeliveryReport> {
    const room = publications[0]?.room ?? '';
    return { room, ...(await this.fanOut.deliver(room, toFrames(publications), deadline)) };
  }
}

const toFrames = (publications: readonly Publication[]): string[] => {
  const groups: Publication[][] = [];
  let left = 0;
  for (const publication of inOrder(publications)) {
    const group = groups.at(-1);
    left -= bytesOf(toItem(publication));
    if (group && left >= 0 && group[0]?.epoch === publication.epoch) group.push(publication);
    else {
      groups.push([publication]);
      left = FRAME_BYTES - ENVELOPE_BYTES - bytesOf(toItem(publication));
    }
  }
  return groups.map((group) =>
    encode({
      type: 'messages',
      room: group[0]?.room ?? '',
      epoch: group[0]?.epoch ?? '',
      items: group.map(toItem),
    }),
  );
};

/** Each once, by place: the stream gives a publication again when it is handed over again. */
const inOrder = (publications: readonly Publication[]): Publication[] => {
  const byPlace = new Map(
    publications.map((it) => [`${it.epoch}#${String(it.offset).padStart(16, '0')}`, it]),
  );
  return [...byPlace.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, it]) => it);
};
