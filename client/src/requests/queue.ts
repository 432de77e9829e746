/** Runs tasks in `count` lanes: each lane runs its tasks in the order of the calls. */
export type Queue = <R>(operation: () => Promise<R>) => Promise<R>;

export const createQueue = (count: number): Queue => {
  const ends: Promise<unknown>[] = [];
  let calls = 0;
  return (operation) => {
    const lane = calls++ % count;
    const result = Promise.resolve(ends[lane]).then(operation);
    ends[lane] = result.catch(() => {});
    return result;
  };
};
