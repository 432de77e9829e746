import { memberStates } from './member-states.js';
import { membershipProcedures } from './membership-procedures.js';
import type { Migration } from './migration.js';
import { publicationProcedures } from './publication-procedures.js';
import { sectionTable } from './section-table.js';
import { tables } from './tables.js';
import { upkeepProcedures } from './upkeep-procedures.js';

/** In order. A released migration never changes: a change is another migration. */
export const MIGRATIONS: readonly Migration[] = [
  tables,
  publicationProcedures,
  membershipProcedures,
  upkeepProcedures,
  sectionTable,
  memberStates,
];
