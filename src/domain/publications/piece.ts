import type { Room } from '../../../protocol/names.js';
import type { Section } from '../section.js';
import type { Publication } from './publication.js';

/** A publication that was handed over. Each hand-over has another mark. */
export interface HandedOver extends Publication {
  mark: string;
}

/** A publication's place in its room's log, and the mark of the hand-over. */
export interface MarkedPlace {
  epoch: string;
  offset: number;
  mark: string;
}

/** Publications to send to a section of a room's members: it contains neither data nor connections. */
export interface Piece {
  room: Room;
  section: Section;
  places: readonly MarkedPlace[];
}

/** One piece for each section: together, they send every publication to every member. */
export const toPieces = (
  room: Room,
  sections: readonly Section[],
  publications: readonly HandedOver[],
): Piece[] => {
  const places = publications.map(({ epoch, offset, mark }) => ({ epoch, offset, mark }));
  return sections.map((section) => ({ room, section, places }));
};
