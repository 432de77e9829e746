import type { WireRequest } from './wire-objections.js';
import type { Values } from './wire-values.js';

const EXPRESSION_BYTES = 4_096;

const EXPRESSIONS = [
  'KeyConditionExpression',
  'ConditionExpression',
  'UpdateExpression',
  'ProjectionExpression',
  'FilterExpression',
];

const WORDS = new Set(
  `AND OR NOT BETWEEN IN SET ADD DELETE REMOVE size contains begins_with
  attribute_exists attribute_not_exists if_not_exists`.split(/\s+/),
);

/** Every name has to be an alias: most of our attributes are reserved words, and later ones may be. */
export const expressionObjections = (request: WireRequest): string[] => {
  const texts = EXPRESSIONS.map((name) => request[name]).filter((text) => text !== undefined) as string[];
  const text = texts.join(' ');
  const bare = text.replace(/[#:]\w+/g, ' ').match(/[A-Za-z_]\w*/g) ?? [];
  return [
    ...texts
      .filter((one) => one === '' || Buffer.byteLength(one) > EXPRESSION_BYTES)
      .map(() => 'an expression is empty or over 4 KB'),
    ...bare.filter((word) => !WORDS.has(word)).map((word) => `${word} is not an alias`),
    ...aliasObjections('ExpressionAttributeNames', text.match(/#\w+/g) ?? [], request),
    ...aliasObjections('ExpressionAttributeValues', text.match(/:\w+/g) ?? [], request),
    ...boundObjections(text, (request.ExpressionAttributeValues ?? {}) as Values),
    ...pathObjections(request),
  ];
};

const aliasObjections = (map: string, used: readonly string[], request: WireRequest): string[] => {
  if (request[map] === undefined) return used.map((alias) => `${alias} is not defined`);
  const defined = Object.keys(request[map] as object);
  return [
    ...(defined.length > 0 ? [] : [`${map} is empty`]),
    ...defined.filter((alias) => !used.includes(alias)).map((alias) => `${alias} is not used`),
    ...used.filter((alias) => !defined.includes(alias)).map((alias) => `${alias} is not defined`),
  ];
};

const boundObjections = (text: string, values: Values): string[] =>
  [...text.matchAll(/BETWEEN (:\w+) AND (:\w+)/g)].flatMap(([bounds, low = '', high = '']) => {
    const [first, last] = [values[low], values[high]];
    const ordered =
      first?.N === undefined ? String(first?.S) <= String(last?.S) : Number(first.N) <= Number(last?.N);
    return ordered ? [] : [`the bounds of ${bounds} are the wrong way round`];
  });

/** An update may name a path only once, and never the key. */
const pathObjections = ({
  UpdateExpression: update,
  ExpressionAttributeNames: names,
}: WireRequest): string[] => {
  if (typeof update !== 'string') return [];
  const paths = update
    .split(/\b(?:SET|ADD|DELETE|REMOVE)\b/)
    .flatMap((clause) => clause.replace(/\([^)]*\)/g, '').split(','))
    .flatMap((part) => part.trim().match(/^#\w+/) ?? []);
  const attributes = paths.map((path) => String((names as Record<string, string> | undefined)?.[path]));
  return [
    ...(new Set(attributes).size === attributes.length ? [] : ['the update names a path twice']),
    ...attributes
      .filter((name) => name === 'pk' || name === 'sk')
      .map((name) => `the update changes ${name}`),
  ];
};
