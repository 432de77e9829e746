// biome-ignore-all lint/suspicious/noTemplateCurlyInString: API Gateway's expressions look like templates
import { describe, expect, it } from '@jest/globals';
import { routeSelection } from '../../../gateway/messages/route-selection.js';

const select = (expression: string, message: unknown) =>
  routeSelection(expression)(typeof message === 'string' ? message : JSON.stringify(message));

const chat = {
  service: 'chat',
  action: 'join',
  data: { room: 'lobby', 'a.b': { c: 'deep' } },
  list: ['x', 2],
};

describe('A route selection expression', () => {
  it.each([
    ['$request.body.action', 'join'],
    ['${request.body.action}', 'join'],
    ['$request.body.data.room', 'lobby'],
    ['${request.body.service}/${request.body.action}', 'chat/join'],
    ['$request.body.service/$request.body.action', 'chat/join'],
    ['${request.body.service}-${request.body.missing}', 'chat-'],
    ["$request.body.data['a.b'].c", 'deep'],
    ['${request.body["action"]}', 'join'],
    ['$request.body.list[1]', '2'],
    ['$request.body.list', '[x, 2]'],
    ['action', 'action'],
    ['\\$default', '$default'],
  ])('evaluates %s to %s', (expression, expected) => {
    expect(select(expression, chat)).toBe(expected);
  });

  it.each([
    [5, '5'],
    [1.5, '1.5'],
    [true, 'true'],
    ['', ''],
    [[], '[]'],
    [['a', null], '[a, null]'],
  ])('turns %j into text', (action, expected) => {
    expect(select('$request.body.action', { action })).toBe(expected);
  });

  it.each([
    'hello',
    '',
    '{',
    'null',
    '5',
    '"text"',
    '[1,2]',
    '{"x":1}',
    '{"action":null}',
    '{"action":{"a":1}}',
    '{"action":[[1]]}',
    '{"action":{"toString":"x"}}',
  ])('cannot be evaluated against %s', (body) => {
    expect(select('$request.body.action', body)).toBeUndefined();
  });

  it('cannot be evaluated against text that is not JSON, with several variables either', () => {
    expect(select('${request.body.a}/${request.body.b}', 'hello')).toBeUndefined();
  });

  it.each(['constructor', '__proto__', 'toString', 'length', 'constructor.name'])(
    'does not find the inherited property %s',
    (name) => {
      expect(select(`$request.body.${name}`, {})).toBeUndefined();
      expect(select(`$request.body.action.${name}`, { action: 'text' })).toBeUndefined();
    },
  );

  it('survives any depth of nesting', () => {
    const deep = `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
    expect(select('$request.body.action', `{"action":${deep}}`)).toBeUndefined();
  });
});
