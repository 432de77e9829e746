import type { Stack } from './stack.js';

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: unknown;
}

export const list = <T>(value: T | T[]): T[] => (Array.isArray(value) ? value : [value]);

/** The rights of the roles of a stack. */
export const grantsOf = (stack: () => Stack) => {
  const statements = (role: string): Statement[] =>
    (stack().one(role).Policies as { PolicyDocument: { Statement: Statement[] } }[]).flatMap(
      ({ PolicyDocument }) => PolicyDocument.Statement,
    );
  const roles = () => [...stack().all('AWS::IAM::Role').keys()];
  const granted = (role: string, resource: string) =>
    statements(role)
      .filter(
        ({ Resource }) => JSON.stringify(Resource) === JSON.stringify({ 'Fn::GetAtt': [resource, 'Arn'] }),
      )
      .flatMap(({ Action }) => list(Action))
      .sort();
  return { statements, roles, granted };
};
