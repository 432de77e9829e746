/** The process behind a `Helper`: it answers one question after the other. */
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
  // Nothing is left behind when the bench is interrupted.
  process.on('disconnect', () => process.exit());
  process.send?.({ answer: undefined });
};
