/** One operation on a store, as an instance asks for it. */
export interface StoreOperation {
  /** For people, and for a check that has to excuse it: `put LOG#lobby META`. */
  readonly text: string;
  readonly writes: boolean;
  /** Whether the driver sends a write again whose answer it did not get. */
  readonly isRepeated: boolean;
  /** Whose rows it writes, or tries to. */
  readonly connectionId?: string | undefined;
  /** Whether it reads who is in a room. */
  readonly readsMembers: boolean;
  /** How many operations are made where there could be one: each is refused less often. */
  readonly parts: number;
  /** Whether it may last until after a jump: what is under way elsewhere has expired by then. */
  readonly outlives: 'nothing' | 'once applied' | 'a jump';
  /** Whether it fills the place that a claim has taken. */
  readonly fillsClaim: boolean;
}

/** Decides when an operation is applied, when its answer arrives, and whether either happens. */
export type Perform = <T>(operation: StoreOperation, apply: () => T | Promise<T>) => Promise<T>;
