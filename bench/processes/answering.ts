/** Runs in the process of a `Helper`, and answers one question after the other. */
export const answering = <Question, Answer>(
  answer: (question: Question) => Answer | Promise<Answer>,
): void => {
  process.on('message', async ({ question }: { question: Question }) => {
    try {
      process.send?.({ answer: await answer(question) });
    } catch (error) {
      process.send?.({ error: (error as Error).stack });
    }
  });
  // Ends with the bench, also when that is interrupted.
  process.on('disconnect', () => process.exit());
  process.send?.({ answer: undefined });
};
