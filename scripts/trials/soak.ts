import { answerHelp } from '../../src/entry/local/answer-help.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { readArguments } from '../support/read-arguments.js';
import { readNumber } from '../support/read-number.js';
import { soakInstance } from './soak/instance.js';
import { soakProgram } from './soak/program.js';

const USAGE =
  'Usage: npm run soak [-- --minutes 10 --clients 200 --rate 40], or npm run soak -- --lambda [--frames 1000000]';
answerHelp(
  USAGE,
  `Publishes to rooms of ten on a program of its own, and fails when its memory grows, or when a message is lost or doubled.
With --lambda, the same for one instance of the router.`,
);

const read = () => {
  const { lambda, minutes, clients, rate, frames } = parseCommandLine({
    options: {
      lambda: { type: 'boolean', default: false },
      minutes: { type: 'string', default: '10' },
      clients: { type: 'string', default: '200' },
      rate: { type: 'string', default: '40' },
      frames: { type: 'string', default: '1000000' },
    },
  }).values;
  return {
    lambda,
    frames: readNumber('frames', frames, 'whole'),
    load: {
      minutes: readNumber('minutes', minutes),
      clients: readNumber('clients', clients, 'whole'),
      rate: readNumber('rate', rate),
    },
  };
};

const { lambda, frames, load } = readArguments(USAGE, read);
const passed = lambda ? await soakInstance(frames) : await soakProgram(load);
process.exit(passed ? 0 : 1);
