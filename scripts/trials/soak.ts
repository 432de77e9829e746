import { parseArgs } from 'node:util';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { soakInstance } from './soak/instance.js';
import { soakProgram } from './soak/program.js';

answerHelp(
  'Usage: npm run soak [-- --minutes 10 --clients 200 --rate 40], or npm run soak -- --lambda [--frames 1000000]',
  `Publishes to rooms of ten on a program of its own, and fails when its memory grows, or when a message is lost or doubled.
With --lambda, the same for one instance of the router.`,
);

const { values } = parseArgs({
  options: {
    lambda: { type: 'boolean', default: false },
    minutes: { type: 'string', default: '10' },
    clients: { type: 'string', default: '200' },
    rate: { type: 'string', default: '40' },
    frames: { type: 'string', default: '1000000' },
  },
});

const passed = values.lambda
  ? await soakInstance(Number(values.frames))
  : await soakProgram({
      minutes: Number(values.minutes),
      clients: Number(values.clients),
      rate: Number(values.rate),
    });
process.exit(passed ? 0 : 1);
