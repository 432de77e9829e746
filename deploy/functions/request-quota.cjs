const readStage = require('../settings/stage.cjs');

/** Regions where a new account has a quarter of the usual requests, as AWS lists them on 2026-11-21. */
const SMALLER = new Set([
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

/** Requests a second that all APIs of the account share in the region. */
module.exports = async (framework) => {
  const { requestQuota } = await readStage(framework);
  return requestQuota ?? requestQuotaOf(await framework.resolveVariable('self:provider.region'));
};

const requestQuotaOf = (region) => (SMALLER.has(region) ? 2_500 : 10_000);

module.exports.requestQuotaOf = requestQuotaOf;
