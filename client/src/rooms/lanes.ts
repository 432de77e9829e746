/** Runs what it is given: as many at a time as there are lanes, each lane in the order of the calls. */
export type Lanes = <R>(operation: () => Promise<R>) => Promise<R>;

export const createLanes = (count: number): Lanes => {
  const ends: Promise<unknown>[] = [];
  let calls = 0;
  return (operation) => {
    const lane = calls++ % count;
    const result = Promise.resolve(ends[lane]).then(operation);
    ends[lane] = result.catch(() => {});
    return result;
  };
};
