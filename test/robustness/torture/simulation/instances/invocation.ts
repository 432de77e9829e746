/** One call of a function on one instance. */
export interface Invocation {
  readonly name: string;
  readonly startedAt: number;
  /** The connection whose frame it handles. */
  readonly connectionId: string | undefined;
  /** The action of the frame. */
  readonly action: string | undefined;
  endedAt: number | undefined;
  /** The injected faults in its table operations: `query ROOM#lobby`, … */
  readonly faults: string[];
  operations: number;
  /** Connections whose rows it wrote, or tried to. */
  readonly wrote: Set<string>;
  died: boolean;
}
