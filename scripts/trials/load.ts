import { writeFileSync } from 'node:fs';
import { answerHelp } from '../../src/entry/local/answer-help.js';
import { checkWritable } from '../support/check-writable.js';
import { parseCommandLine } from '../support/parse-command-line.js';
import { progressBar } from '../support/progress-bar.js';
import { readArguments } from '../support/read-arguments.js';
import { readEndpoint } from '../support/read-endpoint.js';
import { membersOf, planLoad } from './load/plan.js';
import { runLoad } from './load/run-load.js';
import { timeChart } from './load/time-chart.js';

const USAGE =
  'Usage: npm run load -- [--connections 5000] [--rate 5] [--rooms 500] [--seconds 60] [--opening 100] [--token …] [--output load] wss://…';
answerHelp(
  USAGE,
  `Clients in rooms publish at a rate. Writes load.json and load.svg. Exits with 1 when a message is lost, doubled or out of
order, or when anything is refused for good.`,
);

const read = () => {
  const { values, positionals } = parseCommandLine({
    allowPositionals: true,
    options: {
      connections: { type: 'string', default: '100' },
      rate: { type: 'string', default: '5' },
      rooms: { type: 'string' },
      seconds: { type: 'string', default: '60' },
      opening: { type: 'string', default: '100' },
      token: { type: 'string' },
      output: { type: 'string', default: 'load' },
    },
  });
  const url = readEndpoint(positionals);
  const { connections, rate, rooms, seconds, opening, output } = values;
  const plan = planLoad({
    connections: Number(connections),
    rate: Number(rate),
    seconds: Number(seconds),
    opening: Number(opening),
    ...(rooms !== undefined && { rooms: Number(rooms) }),
  });
  const files = { json: `${output}.json`, svg: `${output}.svg` };
  Object.values(files).forEach(checkWritable);
  return { url, plan, token: values.token, files };
};

const { url, plan, token, files } = readArguments(USAGE, read);
console.error(
  `${plan.connections} connections in ${plan.rooms} rooms of up to ${membersOf(plan)}; ${plan.rate} publications a second for ${plan.seconds} s`,
);
const report = await runLoad(url, plan, progressBar(process.stderr), token);
writeFileSync(files.json, `${JSON.stringify(report, undefined, 2)}\n`);
writeFileSync(files.svg, timeChart(report));
const { connected, published, lost, doubled, disordered, errors } = report;
console.table(report.times);
console.log({ connected, published, lost, doubled, disordered, errors });
console.log(`${files.json} and ${files.svg} have it all.`);
const fine = lost + doubled + disordered === 0 && Object.keys(errors).length === 0;
process.exit(fine && connected === plan.connections ? 0 : 1);
