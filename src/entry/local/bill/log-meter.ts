import { type DestinationStream, pino } from 'pino';

/** The default log level of a deployment. */
const DEPLOYED = 'info';

/** Counts the bytes that a deployment would log, whatever this program prints. */
export class LogMeter {
  bytes = 0;

  /** For a log of `level`: the level to write at, and the destination. */
  around(level: string): { level: string; destination: DestinationStream } {
    const { values } = pino.levels;
    const isQuieter = (values[level] ?? Number.POSITIVE_INFINITY) > (values[DEPLOYED] ?? 0);
    const counter = {
      write: (line: string) => {
        this.bytes += Buffer.byteLength(line);
      },
    };
    const destination = pino.multistream([
      { level: level as pino.Level, stream: pino.destination(1) },
      { level: DEPLOYED, stream: counter },
    ]);
    return { level: isQuieter ? DEPLOYED : level, destination };
  }
}
