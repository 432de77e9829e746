/**
 * Writes the part of the published resource specification with which a test compares the template. The whole is large
 * and changes daily, so it is not a dependency: run `npm install --no-save @aws-cdk/aws-service-spec` first.
 */
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const RESOURCES = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::ApiMapping',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Deployment',
  'AWS::ApiGatewayV2::DomainName',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::RouteResponse',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::DynamoDB::Table',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::Permission',
  'AWS::Lambda::Url',
  'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::S3::Bucket',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Topic',
  'AWS::SQS::Queue',
  'AWS::SQS::QueuePolicy',
];

interface PublishedType {
  type: string;
  allowedValues?: unknown[];
  element?: PublishedType;
  types?: PublishedType[];
  reference?: { $ref: string };
}

interface PublishedEntity {
  properties: Record<string, { type: PublishedType; required?: boolean }>;
  attributes?: Record<string, unknown>;
}

interface Database {
  lookup(kind: string, index: string, how: string, value: string): { only(): PublishedEntity };
  get(kind: string, id: string): PublishedEntity;
}

// By a name that the compiler does not follow, since the package is not installed.
const load: (name: string) => unknown = createRequire(import.meta.url);
const { loadAwsServiceSpecSync } = load('@aws-cdk/aws-service-spec') as {
  loadAwsServiceSpecSync(): Database;
};
const { version } = load('@aws-cdk/aws-service-spec/package.json') as { version: string };

const database = loadAwsServiceSpecSync();
const definitions: Record<string, unknown> = {};

const trimType = ({ type, allowedValues, element, types, reference }: PublishedType): unknown => {
  if (reference) {
    define(reference.$ref);
    return { type, definition: reference.$ref };
  }
  return {
    type,
    ...(allowedValues && { allowedValues }),
    ...(element && { element: trimType(element) }),
    ...(types && { types: types.map(trimType) }),
  };
};

const trimProperties = ({ properties }: PublishedEntity): unknown =>
  Object.fromEntries(
    Object.entries(properties).map(([name, { type, required }]) => [
      name,
      { ...(trimType(type) as object), ...(required && { required }) },
    ]),
  );

const define = (id: string): void => {
  if (Object.hasOwn(definitions, id)) return;
  // A definition may contain itself.
  definitions[id] = {};
  definitions[id] = trimProperties(database.get('typeDefinition', id));
};

const resources = Object.fromEntries(
  RESOURCES.map((type) => {
    const resource = database.lookup('resource', 'cloudFormationType', 'equals', type).only();
    return [
      type,
      { attributes: Object.keys(resource.attributes ?? {}), properties: trimProperties(resource) },
    ];
  }),
);

writeFileSync(
  new URL('../../test/project/deployment/support/specification.json', import.meta.url),
  `${JSON.stringify({ source: `@aws-cdk/aws-service-spec ${version}`, resources, definitions })}\n`,
);
