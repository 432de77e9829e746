/** One step of the schema. It may be run again after an interruption, so each statement must be repeatable. */
export interface Migration {
  number: number;
  statements: readonly string[];
}

/** Text is compared byte by byte: `Alice` is not `alice`. */
export const TABLE_OPTIONS = 'ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin';

/** Replaces a procedure: MySQL knows no `CREATE OR REPLACE`. */
export const procedure = (name: string, definition: string): string[] => [
  `DROP PROCEDURE IF EXISTS ${name}`,
  `CREATE PROCEDURE ${name} ${definition}`,
];

/** For every procedure with a transaction, after its variables. Without it, a failure would leave the transaction open. */
export const ROLL_BACK = 'DECLARE EXIT HANDLER FOR SQLEXCEPTION BEGIN ROLLBACK; RESIGNAL; END;';

/** Reads see the latest committed rows, and locks are on rows only, not on the gaps between them. */
export const BEGIN_TRANSACTION = 'SET TRANSACTION ISOLATION LEVEL READ COMMITTED; START TRANSACTION;';
