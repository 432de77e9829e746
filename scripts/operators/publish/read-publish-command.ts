import { parseCommandLine } from '../../support/parse-command-line.js';

export interface PublishCommand {
  /** Absent: the local program. */
  stage: string | undefined;
  message: Record<string, unknown>;
}

export const USAGE =
  'Usage: npm run publish -- --to alice \'{"text":"hi"}\', or --room lobby …, or --everyone …; --from, --key and --stage are optional; --signal instead of --key: it is not kept';

/** @throws Error with one line */
export const readPublishCommand = (args: readonly string[]): PublishCommand => {
  const { values, positionals } = parse(args);
  const { to, room, everyone, signal, from, key, stage } = values;
  const targets = [
    ...(to === undefined ? [] : [{ action: signal ? 'signal' : 'send', to }]),
    ...(room === undefined ? [] : [{ action: signal ? 'signal' : 'publish', room }]),
    ...(everyone === true ? [{ action: 'broadcast' }] : []),
  ];
  const [target] = targets;
  const [text] = positionals;
  if (signal && (everyone || key !== undefined)) throw new Error(USAGE);
  if (!target || targets.length > 1 || text === undefined || positionals.length > 1) throw new Error(USAGE);
  const message = { ...target, from, data: dataOf(text), ...(key !== undefined && { key }) };
  return { stage, message };
};

const parse = (args: readonly string[]) => {
  try {
    return parseCommandLine(
      {
        allowPositionals: true,
        options: {
          to: { type: 'string' },
          room: { type: 'string' },
          everyone: { type: 'boolean' },
          signal: { type: 'boolean' },
          from: { type: 'string', default: '$operator' },
          key: { type: 'string' },
          stage: { type: 'string' },
        },
      },
      args,
    );
  } catch (error) {
    throw new Error(`${(error as Error).message}. ${USAGE}`, { cause: error });
  }
};

const dataOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`This is not JSON: ${text}. A text needs quotes of its own: '"hi"'.`);
  }
};
