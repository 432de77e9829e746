import type { Change, Condition } from '../../../../../src/adapters/dynamodb/table/expression.js';
import type { Row } from '../../../../../src/adapters/dynamodb/table/table.js';

type Attributes = Readonly<Record<string, unknown>>;

/** Evaluates a condition like DynamoDB: a comparison with an absent value or another type is false. */
export const holds = (condition: Condition, row: Attributes = {}): boolean => {
  if ('exists' in condition) return row[condition.exists] !== undefined;
  if ('absent' in condition) return row[condition.absent] === undefined;
  if ('any' in condition) return condition.any.some((one) => holds(one, row));
  if ('all' in condition) return condition.all.every((one) => holds(one, row));
  if ('equals' in condition) return row[condition.equals[0]] === condition.equals[1];
  if ('below' in condition) {
    const value = row[condition.below[0]];
    return typeof value === 'number' && value < condition.below[1];
  }
  if ('between' in condition) {
    const [attribute, low, high] = condition.between;
    const value = row[attribute];
    return typeof value === 'number' && low <= value && value <= high;
  }
  if ('sizeBelow' in condition) {
    const value = row[condition.sizeBelow[0]];
    return value instanceof Set && value.size < condition.sizeBelow[1];
  }
  const value = row[condition.contains[0]];
  return value instanceof Set && value.has(condition.contains[1]);
};

/** The row after an update; before it, the row may not exist. */
export const changed = (
  row: Row,
  { set = {}, setOnce = {}, keep = {}, increment = {}, add = {}, discard = {} }: Change,
): Row => {
  const next: Row = { ...row };
  for (const name of [set, setOnce, keep, increment, add, discard].flatMap(Object.keys)) {
    if (name === 'pk' || name === 'sk') throw new Error(`${name} is part of the key`);
  }
  Object.assign(next, set);
  for (const [name, value] of Object.entries(setOnce)) next[name] = row[name] ?? value;
  for (const [name, of] of Object.entries(keep)) next[name] = row[of] ?? 0;
  for (const [name, by] of Object.entries(increment))
    next[name] = ((row[name] as number | undefined) ?? 0) + by;
  for (const [name, member] of Object.entries(add)) next[name] = new Set([...membersOf(row, name), member]);
  for (const [name, member] of Object.entries(discard)) {
    const left = membersOf(row, name).filter((one) => one !== member);
    if (left.length > 0) next[name] = new Set(left);
    else delete next[name];
  }
  return next;
};

const membersOf = (row: Row, name: string): string[] => [...((row[name] as Set<string> | undefined) ?? [])];
