import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Resource {
  Type: string;
  DeletionPolicy?: string;
  Properties: Record<string, unknown>;
}

/** The CloudFormation template that a deployment would send. */
export class Stack {
  readonly text: string;
  readonly resources: Record<string, Resource>;
  readonly outputs: Record<string, { Value: unknown }>;

  constructor(folder: string) {
    this.text = readFileSync(join(folder, 'cloudformation-template-update-stack.json'), 'utf8');
    const template = JSON.parse(this.text);
    this.resources = template.Resources;
    this.outputs = template.Outputs;
  }

  /** By logical id. */
  all(type: string): Map<string, Resource['Properties']> {
    const found = Object.entries(this.resources).filter(([, resource]) => resource.Type === type);
    return new Map(found.map(([id, { Properties }]) => [id, Properties]));
  }

  one(id: string): Resource['Properties'] {
    const resource = this.resources[id];
    if (!resource) throw new Error(`The stack has no ${id}, only ${Object.keys(this.resources).join(', ')}`);
    return resource.Properties;
  }
}
