/** Where the messages of each kind of conversation come from, and where they are sent. */

const PAGE = 50;

/** Of what a person does at the moment, only the newest counts. */
const NEWEST = { latest: 'typing' };

/** Everything before the oldest message that came by itself, or up to where the feed stands: what follows comes by itself. */
export async function* pagesBefore(client, feed, oldest, limit = PAGE) {
  await client.ready();
  const { epoch, offset } = oldest ?? { ...feed.cursor, offset: feed.cursor.offset + 1 };
  yield* feed.history({ limit, before: { epoch, offset } });
}

export const roomSource = (client, name) => ({
  id: name,
  kind: 'room',
  name,
  publish: (text, key) => client.room(name).publish({ text }, { key }),
  signal: (data) => client.room(name).signal(data, NEWEST),
  setState: (state) => client.room(name).setState(state),
  pagesBefore: (oldest) => pagesBefore(client, client.room(name), oldest),
});

export const everyoneSource = (client) => ({
  id: '*',
  kind: 'everyone',
  name: 'Everyone',
  publish: (text, key) => client.broadcast({ text }, { key }),
  signal: () => {},
  pagesBefore: (oldest) => pagesBefore(client, client.everyone, oldest),
});

/**
 * A direct message goes to the receiver's inbox only. A copy to ourselves shows it on our other devices, and again here
 * after a reload.
 */
export const directSource = (client, peer, inbox) => ({
  id: `@${peer}`,
  kind: 'direct',
  name: peer,
  async publish(text, key) {
    const message = { text, to: peer };
    const sent = await client.send(peer, message, { key });
    return peer === client.userId ? sent : client.send(client.userId, message, { key });
  },
  signal: (data) => {
    if (peer !== client.userId) client.signal(peer, data, NEWEST);
  },
  pagesBefore: () => inbox.pagesWith(peer),
});

/** With whom a message in our inbox was exchanged. Only our own copies are believed about their receiver. */
export const peerOf = ({ from, data }, me) => (from === me && typeof data?.to === 'string' ? data.to : from);

/** The text of a message: other clients may send any JSON. */
export const textOf = ({ data }) => {
  if (typeof data === 'string') return data;
  return typeof data?.text === 'string' ? data.text : JSON.stringify(data);
};
