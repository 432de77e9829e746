/** How an operator closes a user's connections. */
export const kick = async (port: number, userId: string): Promise<void> => {
  const url = `http://127.0.0.1:${port}/2015-03-31/functions/disconnect-user/invocations`;
  const headers = { authorization: 'AWS4-HMAC-SHA256 Credential=local' };
  await fetch(url, { method: 'POST', headers, body: JSON.stringify({ userId }) });
};
