import { readFileSync } from 'node:fs';
import type { Resource } from './stack.js';

interface SpecifiedType {
  type: string;
  required?: boolean;
  allowedValues?: unknown[];
  element?: SpecifiedType;
  types?: SpecifiedType[];
  definition?: string;
}

type Properties = Record<string, SpecifiedType>;

const {
  resources,
  definitions,
}: {
  resources: Record<string, { attributes: string[]; properties: Properties }>;
  definitions: Record<string, Properties>;
} = JSON.parse(readFileSync(new URL('specification.json', import.meta.url), 'utf8'));

const TAG: Properties = {
  Key: { type: 'string', required: true },
  Value: { type: 'string', required: true },
};

/** CloudFormation's objections to a template, by the published specification. */
export const specificationProblems = (template: Record<string, Resource>): string[] =>
  Object.entries(template).flatMap(([id, { Type, Properties = {} }]) => {
    const specified = resources[Type];
    return specified
      ? [...inObject(id, Properties, specified.properties), ...references(id, Properties, template)]
      : [`${id}: ${Type} is not in specification.json: add it to scripts/project/trim-specification.ts`];
  });

const inObject = (path: string, value: unknown, properties: Properties): string[] => {
  if (!isObject(value)) return [`${path} is not an object`];
  const missing = Object.keys(properties).filter((name) => properties[name]?.required && !(name in value));
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...Object.entries(value).flatMap(([name, inner]) => {
      const type = Object.hasOwn(properties, name) && properties[name];
      return type ? inValue(`${path}.${name}`, inner, type) : [`${path}.${name} is not specified`];
    }),
  ];
};

const inValue = (path: string, value: unknown, specified: SpecifiedType): string[] => {
  if (isReference(value) || specified.type === 'json') return [];
  const { type, allowedValues, element, types, definition } = specified;
  if (types) return inOneOf(types.map((each) => inValue(path, value, each)));
  if (definition) return inObject(path, value, definitions[definition] ?? {});
  if (type === 'tag') return inObject(path, value, TAG);
  if (type === 'array')
    return Array.isArray(value) ? inEach(path, value, element) : [`${path} is not a list`];
  if (type === 'map') return isObject(value) ? inEach(path, value, element) : [`${path} is not an object`];
  if (!IS[type]?.(value)) return [`${path} is not of type ${type}: ${JSON.stringify(value)}`];
  return allowedValues && !allowedValues.includes(value)
    ? [`${path} is none of ${allowedValues.join(', ')}: ${value}`]
    : [];
};

const IS: Record<string, (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
  number: Number.isFinite,
};

const inOneOf = (problems: string[][]): string[] =>
  problems.some(({ length }) => length === 0) ? [] : problems.flat();

const inEach = (path: string, value: object, element: SpecifiedType | undefined): string[] =>
  element ? Object.entries(value).flatMap(([key, inner]) => inValue(`${path}.${key}`, inner, element)) : [];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isReference = (value: unknown): boolean =>
  isObject(value) && /^(Ref|Fn::\w+)$/.test(Object.keys(value).join());

/** References to resources that do not exist, and to attributes that they do not have. */
const references = (path: string, value: unknown, template: Record<string, Resource>): string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref')
      return inner in template || String(inner).startsWith('AWS::') ? [] : [`${path}: no ${inner}`];
    if (key !== 'Fn::GetAtt') return references(`${path}.${key}`, inner, template);
    const [id, attribute] = inner as [string, string];
    const attributes = resources[template[id]?.Type ?? '']?.attributes ?? [];
    return attributes.includes(attribute) ? [] : [`${path}: ${id} has no ${attribute}`];
  });
};
