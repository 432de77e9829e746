/** The members of each room and their statuses: the library keeps the list. */
export const createRoster = (client, changed) => {
  const ownIn = ({ members }) => members.find(({ user }) => user === client.userId);

  const show = (conversation, members) => {
    conversation.members = [...members].sort((a, b) => a.user.localeCompare(b.user));
    if (conversation.isJoined) conversation.ownStatus.shown(ownIn(conversation));
    changed();
  };

  return {
    /** Returns the function that ends it. */
    follow: (conversation) =>
      client.room(conversation.name).on('members', (members) => show(conversation, members)),

    /** The room has just been joined. */
    entered(conversation, isTruncated) {
      conversation.isTruncated = isTruncated;
      show(conversation, client.room(conversation.name).members);
      conversation.isJoined = true;
      conversation.ownStatus.entered(isTruncated ? undefined : ownIn(conversation));
    },

    /** A list that is too long to be kept up to date is read again. */
    refresh({ isJoined, isTruncated, members, name }) {
      if (!isJoined || !isTruncated || !members.length) return;
      const room = client.room(name);
      // Without an answer, it stays as it is.
      room.presence().catch(() => {});
    },
  };
};
