import {
  BatchWriteItemCommand,
  DeleteItemCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';

/** The calls of a frame to its store or API Gateway. */
export type Call =
  | { command: keyof typeof COMMANDS; input: Record<string, unknown> }
  | { connectionId: string; frame: string };

/** Overlapping calls, which follow the calls of the previous wave. */
export type Wave = Call[];

/** By class, because a bundle's classes have no names. */
const COMMANDS = {
  batchWrite: BatchWriteItemCommand,
  delete: DeleteItemCommand,
  get: GetItemCommand,
  put: PutItemCommand,
  query: QueryCommand,
  update: UpdateItemCommand,
} as const;

type Name = keyof typeof COMMANDS;

export const callOf = (command: { input: unknown }): Call => {
  const name = (Object.keys(COMMANDS) as Name[]).find((one) => command instanceof COMMANDS[one]);
  if (!name) throw new Error(`COMMANDS lacks one: ${JSON.stringify(command.input)}`);
  return { command: name, input: command.input as Record<string, unknown> };
};

export const commandOf = (name: Name, input: object): object => {
  const Command = COMMANDS[name] as new (input: never) => object;
  return new Command(input as never);
};
