import { QueryCommand } from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand,
  DeleteCommand,
  GetCommand,
  PutCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';

/** The calls of a frame to its store or API Gateway. */
export type Call =
  | { command: keyof typeof COMMANDS; input: Record<string, unknown> }
  | { connectionId: string; frame: string };

/** Overlapping calls, which follow the calls of the previous wave. */
export type Wave = Call[];

/** By class, because a bundle's classes have no names. */
export const COMMANDS = {
  batchWrite: BatchWriteCommand,
  delete: DeleteCommand,
  get: GetCommand,
  put: PutCommand,
  query: QueryCommand,
  update: UpdateCommand,
} as const;

type Name = keyof typeof COMMANDS;

export const callOf = (command: { input: object }): Call => {
  const name = (Object.keys(COMMANDS) as Name[]).find((one) => command instanceof COMMANDS[one]);
  if (!name) throw new Error(`COMMANDS lacks one: ${JSON.stringify(command.input)}`);
  return { command: name, input: command.input as Record<string, unknown> };
};
