/** An application that has the package and no sources: each marked line has to be an error. */
export const PACKAGE_USE = `
import { createClient, SwitchboardError, type AbortSignalLike, type ErrorCode, type Member, type Message } from 'switchboard-client';

interface Chat { readonly text: string }
interface Actions {
  roll: { fields: { readonly sides: number }; reply: { readonly rolled: number } };
}

export const use = async (): Promise<void> => {
  const client = createClient<Actions, { psst: string }, string>('wss://example.test/dev', { token: async () => 'token' });
  const room = client.room<Chat>('lobby');
  const off: () => void = room.on('message', ({ from, data, offset }) => console.log(from, data.text, offset + 1));
  room.on('presence', ({ joined, left }) => console.log(joined.length, left.length));
  room.on('reset', ({ reason, epoch, offset }) => console.log(reason === 'too_old', epoch, offset));
  room.on('error', ({ code }) => console.log(code === 'forbidden'));
  client.on('state', (state, error) => console.log(state === 'catching-up', error?.code));
  client.on('state', (state, _, { reason, attempt, nextTryAt = 0 }) => console.log(state, reason?.code === 'unreachable', attempt + nextTryAt));
  client.connect();
  console.log(client.status.reason?.message);
  client.inbox.on('message', ({ data }) => console.log(data.psst));
  client.everyone.on('message', ({ data }) => console.log(data.toUpperCase()));
  await room.join();
  const { offset, epoch }: { offset: number; epoch: string } = await room.publish({ text: 'hi' });
  await client.send('bob', { psst: 'hi' });
  room.on('signal', ({ from, tag, data }) => console.log(from, tag, data));
  room.signal({ x: 1 }, { latest: 'cursor' });
  client.signal('bob', 'typing');
  await client.broadcast('maintenance at ten');
  for await (const page of room.history({ limit: 10 })) page.map((message: Message<Chat>) => message.data.text);
  const members: readonly Member[] = await room.presence({ verify: true });
  await room.setState({ at: 'desk' });
  room.on('members', (all) => console.log(all.length === room.members.length, all[0]?.user));
  const code: ErrorCode = new SwitchboardError('timeout', 'Too late').code;
  off();
  await client.close();
  console.log(offset, epoch, members, code);

  const { rolled }: { rolled: number } = await client.request('roll', { sides: 6 }, { repeat: true });
  client.on('push', ({ type, dice }) => console.log(type, dice, rolled));
  const controller: AbortSignalLike = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} };
  await client.ready({ signal: controller });
  await room.join({ last: 50, signal: controller });
  await client.disconnect();
  await client[Symbol.asyncDispose]();
  const untyped = createClient('wss://example.test/dev', { lazy: true });
  console.log((await untyped.request('anything', { at: 'all' })).whatever);

  // @ts-expect-error: no such action
  await client.request('rol', { sides: 6 });
  // @ts-expect-error: a field of another type
  await client.request('roll', { sides: 'six' });
  // @ts-expect-error: a field that the action does not have
  await client.request('roll', { sides: 6, dice: 2 });
  // @ts-expect-error: no such field in the reply
  (await client.request('roll', { sides: 6 })).roled;
  // @ts-expect-error: no such event
  room.on('massage', () => {});
  // @ts-expect-error: another type of data
  await room.publish({ txet: 'hi' });
  // @ts-expect-error: no such code
  if (code === 'time_out') return;
  // @ts-expect-error: an inbox cannot be joined
  await client.inbox.join();
};
`;
