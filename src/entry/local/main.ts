import { readLocalSettings } from './local-settings.js';
import { type Switchboard, startSwitchboard } from './start.js';

process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

const start = async (): Promise<Switchboard> => {
  try {
    const settings = readLocalSettings(process.argv.slice(2), process.env);
    return await startSwitchboard({ ...settings, env: process.env, gateway: { log: console.log } });
  } catch (error) {
    console.error((error as Error).message);
    process.exit(1);
  }
};

const { gateway, authMode, warning, stop } = await start();

const pageUrl = new URL('/', gateway.url.replace(/^ws/, 'http'));
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

const end = async (): Promise<void> => {
  await stop();
  process.exit(0);
};
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    end().catch((error: unknown) => {
      console.error(error);
      process.exit(1);
    });
  });
}
