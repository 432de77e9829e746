/** Hints about who came and went are followed by the truth, asked for once they have calmed down. */
const DELAY_MS = 800;

/** Who is in which room, as far as is known. */
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
        .members()
        .catch(() => undefined);
      if (members) show(conversation, members, conversation.isTruncated);
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
