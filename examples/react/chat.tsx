import { type FormEvent, useState } from 'react';
import { useConnection, usePresence, useRoom } from 'switchboard-client/react';

interface Props {
  readonly url: string;
  readonly userId: string;
  readonly room: string;
}

export const Chat = ({ url, userId, room: name }: Props) => {
  const { client, status } = useConnection(url, { userId });
  const { room, messages, error } = useRoom<{ text: string }>(client, name, { last: 50 });
  const members = usePresence(client, name);
  const here = members.map(({ user, state }) => (typeof state === 'string' ? `${user} (${state})` : user));
  const [text, setText] = useState('');
  const [problem, setProblem] = useState('');

  const say = (event: FormEvent) => {
    event.preventDefault();
    room?.publish({ text }).then(
      () => setText(''),
      ({ message }) => setProblem(message),
    );
  };

  return (
    <>
      <p role="status">{error?.message ?? (problem || status.state)}</p>
      <p>Here: {here.sort().join(', ')}</p>
      <ol>
        {messages.map(({ id, from, data }) => (
          <li key={id}>
            {from}: {data.text}
          </li>
        ))}
      </ol>
      <form onSubmit={say}>
        <input aria-label="Message" value={text} onChange={(event) => setText(event.target.value)} />
        <button type="submit">Send</button>
      </form>
    </>
  );
};
