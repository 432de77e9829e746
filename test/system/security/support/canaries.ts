/** Texts that no line of the log may have. */
export const CANARIES = {
  data: 'canary-in-a-publication',
  refused: 'canary-in-a-refused-frame',
  secret: 'canary-secret-that-signs-all-tokens',
  claim: 'canary-in-a-claim',
  agent: 'canary-user-agent',
  address: '203.0.113.199',
} as const;
