import type { Value } from '../../../../../src/adapters/mysql/database/database.js';
import type { StoreOperation } from '../store/store-operation.js';

/** The parameter of each procedure with the connection whose rows it writes. */
const CONNECTION_AT: ReadonlyMap<string, number> = new Map([
  ['switchboard_join', 1],
  ['switchboard_leave', 1],
  ['switchboard_remove_member', 1],
  ['switchboard_set_state', 1],
  ['switchboard_remove_connection', 0],
  ['switchboard_renew_connection', 0],
  // Statements, by their beginning.
  ['REPLACE INTO switchboard_connections', 0],
  ['REPLACE INTO switchboard_memberships', 1],
  ['UPDATE switchboard_connections', 1],
  ['UPDATE switchboard_memberships', 3],
]);

/** The parameter of an append that holds its claim. */
const CLAIM_AT = 5;

const OF_LOG = /switchboard_(append|head|heads|publications)\b/;

/** The parameter that names a user, a connection or a room. */
const named = (values: readonly Value[], at = 0): string => String(values[at] ?? '');

export const callOperation = (procedure: string, values: readonly Value[]): StoreOperation => {
  const hasClaim = procedure === 'switchboard_append' && values[CLAIM_AT] !== null;
  const ofLog = OF_LOG.test(procedure);
  return {
    text: `${procedure} ${named(values)}`,
    writes: true,
    isRepeated: false,
    connectionId: connectionOf(procedure, values),
    readsMembers: false,
    parts: 1,
    outlives: ofLog && !hasClaim ? 'a jump' : ofLog ? 'once applied' : 'nothing',
    fillsClaim: hasClaim,
  };
};

export const statementOperation = (sql: string, values: readonly Value[]): StoreOperation => {
  const [kind = ''] = /^(SELECT (COUNT|connection_id FROM)|\w+( INTO)?)/.exec(sql) ?? [];
  const [table = ''] = /switchboard_\w+/.exec(sql) ?? [];
  const writes = !kind.startsWith('SELECT');
  const isOfOne = sql.includes('connection_id = ?');
  return {
    text: `${kind} ${table} ${named(values)}`,
    writes,
    isRepeated: false,
    connectionId: writes ? connectionOf(`${kind} ${table}`, values) : undefined,
    readsMembers: !writes && table === 'switchboard_memberships' && !isOfOne,
    parts: 1,
    outlives: OF_LOG.test(table) ? 'a jump' : 'nothing',
    fillsClaim: false,
  };
};

const connectionOf = (name: string, values: readonly Value[]): string | undefined => {
  const at = CONNECTION_AT.get(name);
  return at === undefined ? undefined : named(values, at);
};
