import { createClientNotifier } from '../../src/adapters/api-gateway/create-client-notifier.js';
import { SystemClock } from '../../src/adapters/system/system-clock.js';
import { memberId } from '../member-id.js';
import { measured } from './measured.js';

const notifier = createClientNotifier(
  { endpoint: String(process.env.CALLBACK_URL), maxSockets: 256 },
  new SystemClock(),
);

measured(async () => {
  const outcome = await notifier.send(memberId(1), '{"type":"message"}', Date.now() + 5_000);
  if (outcome !== 'delivered') throw new Error(`The push has ${outcome}`);
  return undefined;
});
