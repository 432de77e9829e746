import { answerHelp } from './answer-help.js';
import { sessionBill } from './bill/session-bill.js';
import { onClosedOutput } from './closed-output.js';
import { forgetAws } from './settings/aws-variables.js';
import { readLocalSettings } from './settings/local-settings.js';
import { type Switchboard, startSwitchboard } from './start.js';

answerHelp(
  'Usage: npm start [-- --memory]',
  `Runs Switchboard on this machine until Ctrl-C. With --memory it keeps everything in memory and leaves no files.
All other options are variables: README.md#options.`,
);

forgetAws(process.env);
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

let end = (): void => process.exit(0);
onClosedOutput(() => end());

const start = async (): Promise<Switchboard> => {
  try {
    const settings = readLocalSettings(process.argv.slice(2), process.env);
    return await startSwitchboard({ ...settings, env: process.env, gateway: { log: console.log } });
  } catch (error) {
    // One line, even if it quotes a variable with line breaks.
    console.error((error as Error).message.replaceAll(/\s+/g, ' '));
    process.exit(1);
  }
};

const switchboard = await start();
const { gateway, authMode, warning, stop } = switchboard;

const pageUrl = new URL('/', gateway.url.replace(/^ws/, 'http'));

let ending = false;
end = () => {
  if (ending) return;
  ending = true;
  stop().then(
    () => {
      const bill = sessionBill(switchboard.usage);
      if (bill !== undefined) console.log(`\n${bill}`);
      process.exit(0);
    },
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);

const wscat =
  authMode === 'guest'
    ? `npx wscat -c '${gateway.url}?userId=alice'`
    : `npx wscat -c ${gateway.url} -H "Authorization: Bearer $(npm run --silent token -- --user alice)"`;

console.log(`
Switchboard is listening on ${gateway.url}

  A chat to try it with, in as many tabs as you like: ${pageUrl}

  ${wscat}

  {"action":"broadcast","data":"Hello, everybody!"}
`);

if (warning !== undefined) console.warn(warning);
