import { join } from 'node:path';
import { afterAll, expect, it } from '@jest/globals';
import { Programs, REPOSITORY } from './support/program.js';

const WSCAT = join(REPOSITORY, 'node_modules/wscat/bin/wscat');

const programs = new Programs();
afterAll(() => programs.cleanUp());

it('two people with wscat talk to each other', async () => {
  const { url } = await programs.listening({ args: ['--memory'] });
  const wscat = (userId: string) =>
    programs.run(process.execPath, [WSCAT, '--no-color', '-c', `${url}?userId=${userId}`]);
  const [alice, bob] = [wscat('alice'), wscat('bob')];
  for (const [person, name] of [
    [alice, 'alice'],
    [bob, 'bob'],
  ] as const) {
    // wscat drops text that is typed before the connection is open.
    const typing = setInterval(() => person.type('{"action":"hello"}'), 100);
    await person.prints(`"userId":"${name}"`);
    clearInterval(typing);
  }

  alice.type('{"action":"broadcast","data":"Tervehdys kaikille!"}');
  for (const person of [alice, bob])
    await person.prints(/"type":"message","room":"\*".*"from":"alice".*"data":"Tervehdys kaikille!"/);
  await alice.prints(/"type":"ack","room":"\*","epoch":"[^"]+","offset":1\}/);

  bob.type('{"action":"send","to":"alice","data":"Kiitos."}');
  await alice.prints(/"room":"@alice".*"from":"bob".*"data":"Kiitos\."/);
  await bob.prints(/"type":"ack","room":"@alice"/);
  expect(bob.output).not.toContain('Kiitos."}');

  bob.type('oops');
  await bob.prints('"code":"invalid_json"');
  bob.type('{"action":"shout"}');
  await bob.prints(/"code":"unknown_action".*broadcast, send, publish, join/);
});
