import { readFileSync } from 'node:fs';
import { fromFile, Parser } from '@asyncapi/parser';
import { beforeAll, expect, it } from '@jest/globals';
import { CONTRACT, contract } from '../../../scripts/project/asyncapi/contract.js';
import { ROUTES } from '../../../src/entry/lambda/frames/routes.js';
import { UNANSWERED_ROUTES } from '../../../src/entry/lambda/frames/unanswered/unanswered-routes.js';

let parsed: Awaited<ReturnType<Parser['parse']>>;

beforeAll(async () => {
  parsed = await fromFile(new Parser(), CONTRACT).parse();
});

it('is what `npm run asyncapi` writes', () => {
  expect(readFileSync(CONTRACT, 'utf8')).toBe(contract());
});

it('is valid, and its examples fit their schemas', () => {
  expect(parsed.diagnostics.map(({ message, path }) => `${path.join('.')}: ${message}`)).toEqual([]);
});

it('has an example for each message', () => {
  const messages = parsed.document?.allMessages().all() ?? [];
  expect(messages.length).toBeGreaterThan(0);
  expect(messages.filter((message) => message.examples().isEmpty()).map((message) => message.id())).toEqual(
    [],
  );
});

it('receives every action, and replies with its ack or an error, or to some not at all', () => {
  const received = parsed.document?.operations().filterByReceive() ?? [];
  expect(
    received.map((operation) => [
      operation.id(),
      operation
        .reply()
        ?.messages()
        .all()
        .map((message) => message.name()),
    ]),
  ).toEqual([
    ...[...ROUTES.keys()].map((action) => [action, [`${action}Ack`, 'error']]),
    ...[...UNANSWERED_ROUTES.keys()].map((action) => [action, undefined]),
  ]);
});
