/** One line of a documented conversation. */
export type TerminalStep =
  | { kind: 'connect'; client: string; token?: SessionTokenOptions }
  | { kind: 'send' | 'receive'; client: string; text: string }
  | { kind: 'closed'; client: string };

export interface SessionTokenOptions {
  expiresInSeconds: number;
  permissions: unknown;
}

export interface TerminalSession {
  /** The variables before `npm start`. */
  env: Record<string, string>;
  steps: TerminalStep[];
}

const TOKEN_SECONDS = '3600';

/**
 * Reads what a terminal shows: `$` before a command, `>` before what is sent, `<` before what comes. Where several clients
 * talk in one block, their names stand in front. A line that is indented goes on with the one before.
 *
 * @throws Error for a line that means nothing
 */
export const parseSession = (lines: readonly string[]): TerminalSession => {
  const session: TerminalSession = { env: {}, steps: [] };
  let user = '';
  for (const line of joined(lines)) {
    const [, name, direction, text = ''] = /^(?:(\w+) +)?([<>]) (.*)$/.exec(line) ?? [];
    const client = name ?? user;
    if (direction !== undefined) {
      session.steps.push({ kind: direction === '>' ? 'send' : 'receive', client, text });
    } else if (line.startsWith('$ ') && line.includes('npm start')) {
      for (const [, key = '', value = ''] of line.matchAll(/\b([A-Z_]+)=(\S+)/g)) session.env[key] = value;
    } else if (line.startsWith('$ ') && line.includes('wscat')) {
      const connect = connection(line);
      user = connect.client;
      session.steps.push(connect);
    } else if (/^(\w+ +)?Disconnected \(code: /.test(line)) {
      session.steps.push({ kind: 'closed', client: /^(\w+) +Disc/.exec(line)?.[1] ?? user });
    } else if (line.trim() !== '' && !line.startsWith('# ') && !line.startsWith('Connected ')) {
      throw new Error(`What is this line? ${line}`);
    }
  }
  return session;
};

const joined = (lines: readonly string[]): string[] => {
  const whole: string[] = [];
  for (const line of lines) {
    const previous = whole.at(-1);
    if (previous !== undefined && /^\s+\S/.test(line)) whole[whole.length - 1] = previous + line.trimStart();
    else whole.push(line);
  }
  return whole;
};

const connection = (command: string): TerminalStep & { kind: 'connect' } => {
  const [, user = /\buserId=(\w+)/.exec(command)?.[1]] = /--user (\w+)/.exec(command) ?? [];
  if (user === undefined) throw new Error(`Who connects? ${command}`);
  if (!command.includes('--user')) return { kind: 'connect', client: user };
  const [, expires = TOKEN_SECONDS] = /--expires (-?\d+)/.exec(command) ?? [];
  const [, permissions] = /--permissions '([^']*)'/.exec(command) ?? [];
  return {
    kind: 'connect',
    client: user,
    token: {
      expiresInSeconds: Number(expires),
      permissions: permissions === undefined ? undefined : JSON.parse(permissions),
    },
  };
};
