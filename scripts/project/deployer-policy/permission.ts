export interface Permission {
  actions: string[];
  /** Of a deployment whose services have names that begin with `PREFIX`. */
  resources: string[];
  condition?: Record<string, Record<string, string>>;
}

/** Replaced by the beginning of the names, such as `switchboard-`. */
export const PREFIX = '<prefix>';

/** The actions of a service. */
export const actionsOf = (service: string, verbs: string): string[] =>
  verbs.split(' ').map((verb) => `${service}:${verb}`);
