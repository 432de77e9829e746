/** The server's hints may be wrong: this long after the first one, the roster is asked for. */
const DELAY_MS = 800;

/** Keeps the list of members of each room. */
export const createRoster = (client, changed) => {
  const timers = new Map();

  const show = (conversation, members, isTruncated) => {
    conversation.members = [...new Set(members)].sort((a, b) => a.localeCompare(b));
    conversation.isTruncated = isTruncated;
    changed();
  };

  const ask = (conversation) => {
    if (timers.has(conversation)) return;
    const run = async () => {
      timers.delete(conversation);
      if (!conversation.isJoined || client.state !== 'live') return;
      // Without an answer, the next hint asks again.
      const members = await client
        .room(conversation.name)
        .presence()
        .catch(() => undefined);
      if (members) {
        const names = members.map(({ user }) => user);
        show(conversation, names, conversation.isTruncated);
      }
    };
    timers.set(conversation, setTimeout(run, DELAY_MS));
  };

  const hinted = (conversation, { joined, left }) => {
    const stayed = conversation.members.filter((one) => !left.includes(one));
    show(conversation, [...stayed, ...joined], conversation.isTruncated);
    ask(conversation);
  };

  return { show, ask, hinted };
};
