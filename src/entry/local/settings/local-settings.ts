import { listenableHost } from '../../../../gateway/http/host-addresses.js';
import { prepareDataFolder } from './data-folder.js';

export interface LocalSettings {
  port: number;
  /** `localhost`, or an IP address to listen at. */
  host: string;
  /** Origins of web pages that may connect besides the program's own. */
  origins: readonly string[];
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

  const host = listenableHost(env.HOST || 'localhost');
  if (host === undefined) throw new Error(`HOST ${env.HOST} is neither an IP address nor localhost`);
  const origins = (env.DEV_ORIGINS ?? '').split(/[\s,]+/).filter((origin) => origin !== '');

  const memory = args.includes('--memory');
  const mySql = env.STORE === 'mysql';
  if (memory && mySql) throw new Error('--memory and STORE=mysql exclude each other. Leave one of them out.');
  const dataFolder = memory || mySql ? undefined : env.DATA_FOLDER || '.switchboard';
  if (dataFolder !== undefined) prepareDataFolder(dataFolder);
  return { port: Number(port), host, origins, dataFolder, memory };
};
