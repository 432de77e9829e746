import { EventLog } from '../../../../src/entry/event-log.js';

/** A log at its lowest level, with its lines. */
export class CapturedLog {
  readonly lines: string[] = [];
  readonly log = new EventLog('trace', { write: (line) => this.lines.push(line) });

  get text(): string {
    return this.lines.join('');
  }

  get events(): Record<string, unknown>[] {
    return this.lines.map((line) => JSON.parse(line));
  }
}
