import { expect, it } from '@jest/globals';
import { build } from 'esbuild';

/** Our own files in the bundle of `entry`. */
const inputsOf = async (entry: string): Promise<string[]> => {
  const { metafile } = await build({
    entryPoints: [entry],
    bundle: true,
    platform: 'node',
    mainFields: ['module', 'main'],
    metafile: true,
    write: false,
    logLevel: 'silent',
  });
  const bytes = Object.values(metafile.outputs).flatMap(({ inputs }) => Object.entries(inputs));
  return bytes
    .filter(([path, { bytesInOutput }]) => !path.startsWith('node_modules/') && bytesInOutput > 0)
    .map(([path]) => path);
};

it.each([
  'router',
  'authorizer',
  'fan-out',
  'pieces',
  'publish',
  'operators/disconnect-user',
  'operators/remove-user',
  'operators/erase-room',
  'operators/erase-inbox',
  'count-connections',
])('the function %s contains no schema of replies or pushes', async (name) => {
  const schemas = (await inputsOf(`src/entry/lambda/${name}.ts`)).filter((path) =>
    path.startsWith('schemas/'),
  );

  expect(['schemas/back-end-messages.ts', 'schemas/frames.ts', 'schemas/grammar.ts']).toEqual(
    expect.arrayContaining(schemas),
  );
});

it('the client library is its own files and the protocol', async () => {
  const inputs = await inputsOf('client/src/switchboard-client.ts');

  expect(inputs).toContain('protocol/limits.ts');
  expect(inputs.filter((path) => !/^(client\/src|protocol)\//.test(path))).toEqual([]);
});
