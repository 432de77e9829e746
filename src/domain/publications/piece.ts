import type { Room } from '../../../protocol/names.js';
import type { Section } from '../section.js';
import type { Publication } from './publication.js';

/** A publication that was handed over. Each handing over has another mark. */
export interface HandedOver extends Publication {
  mark: string;
}

/** Where a publication is in its room's log, and which handing over is meant. */
export interface MarkedPlace {
  epoch: string;
  offset: number;
  mark: string;
}

/** What some of a room's members are to be sent: it names neither. */
export interface Piece {
  room: Room;
  section: Section;
  places: readonly MarkedPlace[];
}

/** One for each section: together, every member is to get every publication. */
export const toPieces = (
  room: Room,
  sections: readonly Section[],
  publications: readonly HandedOver[],
): Piece[] => {
  const places = publications.map(({ epoch, offset, mark }) => ({ epoch, offset, mark }));
  return sections.map((section) => ({ room, section, places }));
};
