import { readOptions } from '../read-options.js';
import { DEFAULT_TRAFFIC, type Traffic } from './traffic.js';

const OPTIONS = {
  connections: 'connections',
  rooms: 'rooms',
  members: 'members',
  publications: 'publications',
  'back-end-publications': 'backEndPublications',
  signals: 'signals',
  states: 'states',
  'data-bytes': 'dataBytes',
  sessions: 'sessions',
  absences: 'absences',
  missed: 'missed',
  'ping-minutes': 'pingMinutes',
  'keep-alive-minutes': 'keepAliveMinutes',
  'function-ms': 'functionMs',
  'inline-limit': 'inlineLimit',
} as const satisfies Record<string, keyof Traffic>;

type Option = keyof typeof OPTIONS;

export const TRAFFIC_OPTIONS = Object.keys(OPTIONS) as Option[];

/**
 * The traffic that the command line describes.
 *
 * @throws Error with one line that names the mistake
 */
export const readTraffic = (): Traffic => {
  const given = readOptions(...TRAFFIC_OPTIONS);
  const traffic = { ...DEFAULT_TRAFFIC };
  for (const name of TRAFFIC_OPTIONS) {
    const text = given[name];
    if (text === undefined) continue;
    if (!/^\d+(\.\d+)?$/.test(text))
      throw new Error(`--${name} ${text} is not a number. Example: --${name} 10`);
    traffic[OPTIONS[name]] = Number(text);
  }
  return traffic;
};
