// Who may connect, decided while packaging: no stage is open to guests because a variable was forgotten.
const OPEN_STAGES = ['dev', 'local', 'test'];

module.exports = async ({ resolveVariable }) => {
  const stage = await resolveVariable('sls:stage');
  const mode = process.env.AUTH_MODE || (OPEN_STAGES.includes(stage) ? 'guest' : 'jwt');
  if (mode === 'guest' && /^prod(uction)?$/i.test(stage))
    throw refusal(
      `Stage "${stage}" is not packaged with AUTH_MODE=guest: anybody could connect as anybody. ` +
        'Set AUTH_MODE=jwt, or choose another stage.',
    );
  return mode;
};

// The framework prints the stack where there is one, and the sentence drowns in it.
const refusal = (message) => Object.assign(new Error(message), { stack: undefined });
