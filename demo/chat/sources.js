/** Where the messages of each kind of conversation come from, and where they are sent. */

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
  historyOf: () => inbox.lettersWith(peer),
});

/** With whom a message in our inbox was exchanged. Only our own copies are believed about their receiver. */
export const peerOf = ({ from, data }, me) => (from === me && typeof data?.to === 'string' ? data.to : from);

/** The text of a message: other clients may send any JSON. */
export const textOf = ({ data }) => {
  if (typeof data === 'string') return data;
  return typeof data?.text === 'string' ? data.text : JSON.stringify(data);
};
