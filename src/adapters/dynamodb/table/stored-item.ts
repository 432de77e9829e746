import { convertToAttr, convertToNative } from '@aws-sdk/util-dynamodb';
import type { Key, Row } from './table.js';

/** A value as DynamoDB has it in JSON: the name of its type, and the value. */
export type Attribute = Parameters<typeof convertToNative>[0];
export type Item = Record<string, Attribute>;

/** Values without a way there, such as functions, are refused; undefined ones are left out. */
export const toItem = (values: Readonly<Record<string, unknown>>): Item => {
  const item: Item = {};
  for (const name in values) {
    const value = values[name];
    if (value !== undefined) item[name] = toAttribute(value);
  }
  return item;
};

export const keyOf = ({ pk, sk }: Key) => ({ pk: { S: pk }, sk: { S: sk } });

/** `pk`: of rows that were read without theirs. */
export const toRow = (item: Item, pk?: string): Row => {
  const row: Record<string, unknown> = pk === undefined ? {} : { pk };
  for (const name in item) row[name] = toValue(item[name] as Attribute);
  return row as Row;
};

/** Most values are strings and whole numbers, and the SDK's conversion takes ten times as long. */
const toAttribute = (value: unknown): Attribute => {
  if (typeof value === 'string') return { S: value };
  if (Number.isSafeInteger(value)) return { N: String(value) };
  return convertToAttr(value as Parameters<typeof convertToAttr>[0], { removeUndefinedValues: true });
};

const toValue = (attribute: Attribute): unknown => {
  if (attribute.S !== undefined) return attribute.S;
  if (attribute.N !== undefined) return Number(attribute.N);
  return convertToNative(attribute);
};
