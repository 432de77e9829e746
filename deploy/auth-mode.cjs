// Who may connect, decided while packaging: an open door is not deployed by forgetting a variable.
module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const production = /^prod(uction)?$/i.test(stage);
  const mode = process.env.AUTH_MODE || (production ? 'jwt' : 'guest');
  if (mode !== 'guest' && mode !== 'jwt') {
    throw new Error(`AUTH_MODE is "${mode}", but it must be "guest" or "jwt".`);
  }
  if (production && mode === 'guest') {
    throw new Error(
      `Stage "${stage}" is not packaged with AUTH_MODE=guest, because anybody could connect as anybody. ` +
        'Set AUTH_MODE=jwt, or choose another stage.',
    );
  }
  return mode;
};
