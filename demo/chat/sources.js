/** Where a conversation's messages come from and go to, for each of the three kinds. */

export const roomSource = (client, name) => ({
  id: name,
  kind: 'room',
  name,
  publish: (text, key) => client.room(name).publish({ text }, { key }),
  historyOf: (options) => client.room(name).history(options),
});

export const everyoneSource = (client) => ({
  id: '*',
  kind: 'everyone',
  name: 'Everyone',
  publish: (text, key) => client.broadcast({ text }, { key }),
  historyOf: (options) => client.everyone.history(options),
});

/**
 * What is sent to somebody is in his inbox and not in ours: a copy to ourselves brings it to our other devices, and back
 * after a reload.
 */
export const directSource = (client, peer) => ({
  id: `@${peer}`,
  kind: 'direct',
  name: peer,
  async publish(text, key) {
    const message = { text, to: peer };
    const sent = await client.send(peer, message, { key });
    return peer === client.userId ? sent : client.send(client.userId, message, { key });
  },
  async *historyOf(options) {
    for await (const page of client.inbox.history(options))
      yield page.filter((message) => peerOf(message, client.userId) === peer);
  },
});

/** With whom a message in our inbox was exchanged. Only our own copies are believed as to whom they were sent. */
export const peerOf = ({ from, data }, me) => (from === me && typeof data?.to === 'string' ? data.to : from);

/** What there is to read in a message: others may have sent any JSON. */
export const textOf = ({ data }) => {
  if (typeof data === 'string') return data;
  return typeof data?.text === 'string' ? data.text : JSON.stringify(data);
};
