/** Condition on the row that a write requires. */
export type Condition =
  | { exists: string }
  | { absent: string }
  | { equals: readonly [attribute: string, value: string | number] }
  | { below: readonly [attribute: string, value: number] }
  | { between: readonly [attribute: string, low: number, high: number] }
  | { sizeBelow: readonly [attribute: string, size: number] }
  | { contains: readonly [attribute: string, member: string] }
  | { any: readonly Condition[] }
  | { all: readonly Condition[] };

export interface Change {
  set?: Readonly<Record<string, unknown>>;
  /** Set only if the attribute is absent. */
  setOnce?: Readonly<Record<string, unknown>>;
  /** Keeps the old number of an attribute, or 0 if it is absent, under another name. */
  keep?: Readonly<Record<string, string>>;
  /** Adds a number; an absent attribute counts as 0. */
  increment?: Readonly<Record<string, number>>;
  /** Adds to a set of strings, which is created if absent. */
  add?: Readonly<Record<string, string>>;
  /** Removes from a set of strings; the attribute disappears with the last one. */
  discard?: Readonly<Record<string, string>>;
}

/** Collects the aliases of one request: every name is aliased, since many of ours are reserved words. */
export class Expression {
  readonly names: Record<string, string> = {};
  readonly values: Record<string, unknown> = {};
  #count = 0;

  name(attribute: string): string {
    const alias = `#${attribute}`;
    this.names[alias] = attribute;
    return alias;
  }

  value(value: unknown): string {
    const alias = `:v${this.#count}`;
    this.#count += 1;
    this.values[alias] = value;
    return alias;
  }

  condition(condition: Condition): string {
    if ('exists' in condition) return `attribute_exists(${this.name(condition.exists)})`;
    if ('absent' in condition) return `attribute_not_exists(${this.name(condition.absent)})`;
    if ('any' in condition) return this.#join(condition.any, ' OR ');
    if ('all' in condition) return this.#join(condition.all, ' AND ');
    if ('equals' in condition)
      return `${this.name(condition.equals[0])} = ${this.value(condition.equals[1])}`;
    if ('below' in condition) return `${this.name(condition.below[0])} < ${this.value(condition.below[1])}`;
    if ('between' in condition) {
      const [attribute, low, high] = condition.between;
      return `${this.name(attribute)} BETWEEN ${this.value(low)} AND ${this.value(high)}`;
    }
    if ('sizeBelow' in condition)
      return `size(${this.name(condition.sizeBelow[0])}) < ${this.value(condition.sizeBelow[1])}`;
    return `contains(${this.name(condition.contains[0])}, ${this.value(condition.contains[1])})`;
  }

  change({ set = {}, setOnce = {}, keep = {}, increment = {}, add = {}, discard = {} }: Change): string {
    const sets = [
      ...Object.entries(set).map(([attribute, value]) => `${this.name(attribute)} = ${this.value(value)}`),
      ...Object.entries(setOnce).map(([attribute, value]) => {
        const name = this.name(attribute);
        return `${name} = if_not_exists(${name}, ${this.value(value)})`;
      }),
      ...Object.entries(keep).map(
        ([attribute, of]) => `${this.name(attribute)} = if_not_exists(${this.name(of)}, ${this.value(0)})`,
      ),
    ];
    const members = (of: Readonly<Record<string, string>>): string[] =>
      Object.entries(of).map(
        ([attribute, member]) => `${this.name(attribute)} ${this.value(new Set([member]))}`,
      );

    const numbers = Object.entries(increment).map(
      ([attribute, by]) => `${this.name(attribute)} ${this.value(by)}`,
    );
    const added = [...numbers, ...members(add)];

    return [clause('SET', sets), clause('ADD', added), clause('DELETE', members(discard))]
      .filter((text) => text !== '')
      .join(' ');
  }

  #join(conditions: readonly Condition[], operator: string): string {
    return `(${conditions.map((condition) => this.condition(condition)).join(operator)})`;
  }
}

const clause = (keyword: string, parts: readonly string[]): string =>
  parts.length === 0 ? '' : `${keyword} ${parts.join(', ')}`;
