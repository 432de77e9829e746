const { DescribeStacksCommand } = require('@aws-sdk/client-cloudformation');
const { refusal } = require('../settings/refusal.cjs');

/** A stage would begin empty on another store, and clients would lose their place, so a change needs a move first. */
exports.refuseOtherStore = async (stage, provider, params) => {
  const deployed = await deployedStore(provider);
  if (!deployed || deployed === stage.store || params.includes('moved=yes')) return;
  throw refusal(
    `Stage "${stage.name}" is deployed on ${deployed}, and ${stage.path} says \`store: ${stage.store}\`, where nothing is yet. ` +
      'Move its rooms first (docs/stores.md#moving), then deploy with --param moved=yes.',
  );
};

/** Undefined: there is no stack yet, or it is older than this choice. */
const deployedStore = async (provider) => {
  const client = await provider.getCloudFormationClient();
  const command = new DescribeStacksCommand({ StackName: provider.naming.getStackName() });
  const described = await client.send(command).catch((error) => {
    if (/does not exist/.test(error.message)) return undefined;
    throw error;
  });
  const [stack] = described?.Stacks ?? [];
  if (!stack) return undefined;
  const output = stack.Outputs?.find(({ OutputKey }) => OutputKey === 'Store');
  return output?.OutputValue ?? 'dynamodb';
};
