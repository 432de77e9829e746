import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

const TIMEOUT_MS = 3_000;

/** The text of a secret, with the region and the credentials of the function. */
export const readSecret = async (arn: string): Promise<string> => {
  const client = new SecretsManagerClient({
    requestHandler: {
      connectionTimeout: TIMEOUT_MS,
      requestTimeout: TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
  try {
    const { SecretString: text } = await client.send(new GetSecretValueCommand({ SecretId: arn }));
    if (text === undefined) throw new Error('The secret is not a text');
    return text;
  } finally {
    client.destroy();
  }
};
