import { existsSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { type Browser, chromium } from 'playwright-core';

const USUAL_PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

const FLAGS = [
  // Chromium's own sandbox does not work for root, and tests in a container run as root.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const REASON = 'There is no Chromium here: install one, or set CHROMIUM_PATH';

const { CHROMIUM_PATH } = process.env;
const executablePath = CHROMIUM_PATH || USUAL_PLACES.find((path) => existsSync(path));

/** `describe` where there is a Chromium, and one skipped test that says so where there is none. */
export const describeInChromium = (name: string, suite: (browser: () => Browser) => void): void => {
  if (executablePath === undefined) {
    // Jest's summary counts skipped tests without naming them.
    process.stderr.write(`SKIPPED: "${name}". ${REASON}\n`);
    describe(name, () => {
      it.skip(REASON, () => {});
    });
    return;
  }
  describe(name, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await chromium.launch({ executablePath, args: FLAGS });
    });
    afterAll(() => browser?.close());
    suite(() => browser);
  });
};
