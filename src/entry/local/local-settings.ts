import { accessSync, constants, mkdirSync } from 'node:fs';

export interface LocalSettings {
  port: number;
  /** Undefined: write nothing to disk. */
  dataFolder: string | undefined;
  memory: boolean;
}

/**
 * The settings of a local run, from its arguments and the environment.
 *
 * @throws Error with one line that names the mistake
 */
export const readLocalSettings = (args: readonly string[], env: NodeJS.ProcessEnv): LocalSettings => {
  const unknown = args.find((arg) => arg !== '--memory');
  if (unknown !== undefined) throw new Error(`${unknown} is not an option. The only option is --memory.`);
  const port = env.PORT || '3001';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535)
    throw new Error('PORT is not a port number. Set it to a number from 0 to 65535.');

  const memory = args.includes('--memory');
  const dataFolder = memory ? undefined : env.DATA_FOLDER || '.switchboard';
  if (dataFolder !== undefined) checkWritable(dataFolder);
  return { port: Number(port), dataFolder, memory };
};

const checkWritable = (folder: string): void => {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch {
    throw new Error(`DATA_FOLDER ${folder} cannot be written to. Set DATA_FOLDER, or run with --memory.`);
  }
};
