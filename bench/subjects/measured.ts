import { answering } from '../processes/answering.js';

export interface Measured {
  cpuMs: number;
  wallMs: number;
  /** The process's peak memory so far, in MiB. */
  rssMb: number;
  /** When posting began, on the clock of `process.hrtime`. */
  startedAt: bigint;
  /** How long posting took. */
  postingMs: number;
}

/** Runs `task` for each question and reports its cost; the task may report when posting began. */
export const measured = (task: (members: number) => Promise<bigint | undefined>): void =>
  answering(async (members: number): Promise<Measured> => {
    const began = process.hrtime.bigint();
    const cpu = process.cpuUsage();
    const startedAt = (await task(members)) ?? began;
    const { user, system } = process.cpuUsage(cpu);
    const endedAt = process.hrtime.bigint();
    return {
      cpuMs: (user + system) / 1_000,
      wallMs: Number(endedAt - began) / 1e6,
      rssMb: process.resourceUsage().maxRSS / 1_024,
      startedAt,
      postingMs: Number(endedAt - startedAt) / 1e6,
    };
  });
