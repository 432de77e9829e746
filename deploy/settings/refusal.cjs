/** An error that the framework prints as one sentence: it prints a stack if there is one, and the sentence drowns in it. */
exports.refusal = (message) => Object.assign(new Error(message), { stack: undefined });
