import { PACKAGER_PERMISSIONS } from './packager-permissions.js';
import { type Permission, PREFIX } from './permission.js';
import { RESOURCE_PERMISSIONS } from './resource-permissions.js';

export interface Policy {
  Version: string;
  Statement: { Effect: string; Action: string[]; Resource: string[]; Condition?: unknown }[];
}

/**
 * The least rights to deploy resources of these types, in stacks whose names begin with `prefix`.
 *
 * @throws Error for a type without known permissions
 */
export const derivePolicy = (types: Iterable<string>, prefix: string): Policy => {
  const permissions = [...types].sort().flatMap((type) => {
    const needed = RESOURCE_PERMISSIONS[type];
    if (!needed)
      throw new Error(
        `${type} is not in scripts/project/deployer-policy/resource-permissions.ts. Add what it needs.`,
      );
    return needed;
  });
  const statements = [...new Set([...PACKAGER_PERMISSIONS, ...permissions])].map((permission) =>
    statement(permission),
  );
  return JSON.parse(
    JSON.stringify({ Version: '2012-10-17', Statement: statements }).replaceAll(PREFIX, prefix),
  );
};

const statement = ({ actions, resources, condition }: Permission): Policy['Statement'][number] => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
  ...(condition && { Condition: condition }),
});
