import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

interface Reply<Answer> {
  answer: Answer;
  error?: string;
}

interface HelperOptions {
  env?: NodeJS.ProcessEnv;
  execArgv?: string[];
  /** Whether the bench hides its output, such as a log. */
  hidden?: boolean;
}

/** A child process of the bench, which answers questions. */
export class Helper<Question, Answer> {
  private constructor(private readonly child: ChildProcess) {}

  static async start<Question, Answer>(
    script: string,
    { env = {}, execArgv = [], hidden = false }: HelperOptions = {},
  ): Promise<Helper<Question, Answer>> {
    const child = fork(script, [], {
      env: { ...process.env, ...env },
      execArgv,
      serialization: 'advanced',
      stdio: ['ignore', hidden ? 'ignore' : 'inherit', 'inherit', 'ipc'],
    });
    const helper = new Helper<Question, Answer>(child);
    await helper.#reply();
    return helper;
  }

  async ask(question: Question): Promise<Answer> {
    this.child.send({ question });
    return this.#reply();
  }

  async end(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill();
    await once(this.child, 'exit');
  }

  async #reply(): Promise<Answer> {
    const died = new AbortController();
    const exit = once(this.child, 'exit', { signal: died.signal }).then(() => {
      throw new Error(`${this.child.spawnargs.at(-1)} has ended`);
    });
    exit.catch(() => {});
    try {
      const [reply] = (await Promise.race([once(this.child, 'message'), exit])) as [Reply<Answer>];
      if (reply.error) throw new Error(reply.error);
      return reply.answer;
    } finally {
      died.abort();
    }
  }
}
