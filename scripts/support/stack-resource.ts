import { CloudFormationClient, DescribeStackResourceCommand } from '@aws-sdk/client-cloudformation';

/**
 * The name of what a stage's stack created.
 *
 * @throws Error with one line when there is no such stage in this account and region
 */
export const stackResource = async (stage: string, logicalId: string): Promise<string> => {
  const StackName = `${process.env.SERVICE || 'switchboard'}-${stage}`;
  const client = new CloudFormationClient({});
  try {
    const { StackResourceDetail } = await client.send(
      new DescribeStackResourceCommand({ StackName, LogicalResourceId: logicalId }),
    );
    return StackResourceDetail?.PhysicalResourceId as string;
  } catch (error) {
    throw new Error(
      `The stack ${StackName} cannot be read: ${(error as Error).message}. Check --stage, the region and the credentials.`,
    );
  } finally {
    client.destroy();
  }
};
