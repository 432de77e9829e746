import { expect, it } from '@jest/globals';
import { specificationProblems } from './support/specification-problems.js';

const STAGE = { ApiId: { Ref: 'Api' }, StageName: 'dev' };

const problems = (Type: string, Properties: Record<string, unknown>): string[] =>
  specificationProblems({
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
    Tested: { Type, Properties },
  });

it('a template that the specification allows has no problems', () => {
  expect(problems('AWS::ApiGatewayV2::Stage', STAGE)).toEqual([]);
});

it.each([
  ['AWS::ApiGatewayV2::Stage', { StageName: 'dev' }, 'Tested.ApiId is missing'],
  ['AWS::ApiGatewayV2::Stage', { ...STAGE, Throttle: 5 }, 'Tested.Throttle is not specified'],
  ['AWS::ApiGatewayV2::Stage', { ...STAGE, ApiId: { Ref: 'Gone' } }, 'Tested.ApiId: no Gone'],
  [
    'AWS::ApiGatewayV2::Stage',
    { ...STAGE, StageName: { 'Fn::GetAtt': ['Api', 'Colour'] } },
    'Tested.StageName: Api has no Colour',
  ],
  [
    'AWS::ApiGatewayV2::Stage',
    { ...STAGE, DefaultRouteSettings: { ThrottlingBurstLimit: '500' } },
    'Tested.DefaultRouteSettings.ThrottlingBurstLimit is not of type integer: "500"',
  ],
  ['AWS::Logs::LogGroup', { RetentionInDays: 31 }, /^Tested\.RetentionInDays is none of 1, 3, 5.*: 31$/],
  ['AWS::S3::Bucket', { Tags: [{ Key: 'team' }] }, 'Tested.Tags.0.Value is missing'],
  [
    'AWS::Sqs::Queue',
    {},
    'Tested: AWS::Sqs::Queue is not in specification.json: add it to scripts/project/trim-specification.ts',
  ],
])('a %s with %j has a problem', (type, properties, problem) => {
  expect(problems(type, properties)).toEqual([
    expect.stringMatching(typeof problem === 'string' ? exactly(problem) : problem),
  ]);
});

const exactly = (text: string): RegExp => new RegExp(`^${text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}$`);
