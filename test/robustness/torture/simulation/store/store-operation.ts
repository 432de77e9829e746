/** One operation on a store, as an instance requests it. */
export interface StoreOperation {
  /** For traces, and for checks that excuse its failure: `put LOG#lobby META`. */
  readonly text: string;
  readonly writes: boolean;
  /** Whether the driver repeats a write whose answer was lost. */
  readonly isRepeated: boolean;
  /** The connection whose rows it writes or tries to write. */
  readonly connectionId?: string | undefined;
  /** Whether it reads the members of a room. */
  readonly readsMembers: boolean;
  /** The number of operations that replace a single one: each is refused less often. */
  readonly parts: number;
  /** Whether it may last until after a jump, when the claims of other operations have expired. */
  readonly outlives: 'nothing' | 'once applied' | 'a jump';
  /** Whether it fills the place that a claim has taken. */
  readonly fillsClaim: boolean;
}

/** Decides when an operation is applied, when its answer arrives, and whether either happens. */
export type Perform = <T>(operation: StoreOperation, apply: () => T | Promise<T>) => Promise<T>;
