import type { Callback, LevelDatabase, LevelIterator, Range } from 'dynalite/db/index.js';
import { WriteGuard } from './write-guard.js';

/**
 * Makes dynalite answer 500 when its database fails, and close its iterators. Otherwise it throws such an
 * error where nothing can catch it. And it ends an iterator by `return`, which LevelDB's iterators do not have: each query
 * would leave one open, with the pages that it read.
 */
export const answerFailures = (database: LevelDatabase): void => {
  const guard = new WriteGuard({
    open: () => database.open(),
    close: () => database.close._original(),
  });
  const { get, put, del, batch, keys, values } = database;
  const answer = (operation: Promise<unknown>, callback: Callback): void => {
    operation.then(
      (value) => callback(null, value),
      (error: Error) => callback(answerable(error)),
    );
  };
  const closingAll = <T>(open: (range?: Range) => LevelIterator<T>) => {
    return (range?: Range): LevelIterator<T> => closing(open.call(database, range));
  };
  Object.assign(database, {
    get: (key: string, callback: Callback) => answer(get(key), callback),
    put: (key: string, value: unknown, callback: Callback) =>
      answer(
        guard.write(() => put(key, value)),
        callback,
      ),
    del: (key: string, callback: Callback) =>
      answer(
        guard.write(() => del(key)),
        callback,
      ),
    batch: (operations: unknown[], callback: Callback) =>
      answer(
        guard.write(() => batch(operations)),
        callback,
      ),
    keys: closingAll(keys),
    values: closingAll(values),
  });
};

const closing = <T>(iterator: LevelIterator<T>): LevelIterator<T> => {
  const next = iterator.next.bind(iterator);
  iterator.next = () =>
    next().catch((error: Error) => {
      throw answerable(error);
    });
  iterator.return = () => iterator.close();
  return iterator;
};

/**
 * An error in the form that dynalite answers. dynalite prints the stack of such an error, so the stack is only its message.
 */
const answerable = (error: Error): Error => {
  const cause = error.cause instanceof Error ? `: ${error.cause.message}` : '';
  const message = `${error.message}${cause}`;
  const body = { __type: 'com.amazonaws.dynamodb.v20120810#InternalServerError', message };
  return Object.assign(error, { statusCode: 500, body, stack: message });
};
