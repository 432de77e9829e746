/** Some members of a room: one part of its store, or the connection ids between two bounds. Without either: all members. */
export interface Section {
  part?: number;
  /** Exclusive. */
  after?: string;
  /** Inclusive. */
  upTo?: string;
}

export const EVERY_MEMBER: Section = {};

/** Every id, present or future, is in exactly one of them. */
export const sectionsBetween = (bounds: readonly string[]): Section[] => {
  const starts = [undefined, ...bounds];
  return starts.map((after, index) => {
    const upTo = bounds[index];
    return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
  });
};

export const isWithin = (id: string, { after, upTo }: Section): boolean =>
  (after === undefined || id > after) && (upTo === undefined || id <= upTo);
