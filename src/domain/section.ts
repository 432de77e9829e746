/** Some of a room's members: a part that its store keeps apart, or those whose connection ids are between bounds; else all. */
export interface Section {
  part?: number;
  /** Exclusive. */
  after?: string;
  /** Inclusive. */
  upTo?: string;
}

export const EVERY_MEMBER: Section = {};

/** Whatever ids there will be, each is in one of them. */
export const sectionsBetween = (bounds: readonly string[]): Section[] => {
  const starts = [undefined, ...bounds];
  return starts.map((after, index) => {
    const upTo = bounds[index];
    return { ...(after !== undefined && { after }), ...(upTo !== undefined && { upTo }) };
  });
};

export const isWithin = (id: string, { after, upTo }: Section): boolean =>
  (after === undefined || id > after) && (upTo === undefined || id <= upTo);
