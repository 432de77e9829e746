/** Whose accounts begin with 2,500 requests a second, not 10,000: docs/quotas.md. */
const NEWER_REGIONS = new Set([
  'af-south-1',
  'ap-south-2',
  'ap-southeast-3',
  'ap-southeast-4',
  'ap-southeast-5',
  'ap-southeast-7',
  'ca-west-1',
  'eu-central-2',
  'eu-south-1',
  'eu-south-2',
  'il-central-1',
  'me-central-1',
  'mx-central-1',
]);

/** A fifth of the quota is left to frames, and to the pushes that pieces do not make. */
exports.pushesPerSecond = (region) => (NEWER_REGIONS.has(region) ? '2000' : '8000');
