import { type BindToFluentSyntax, ContainerModule, type Newable, type ServiceIdentifier } from 'inversify';

/** One token for each constructor parameter, in order: a missing or wrong token does not compile. */
type Tokens<Parts extends readonly unknown[]> = { [Place in keyof Parts]: ServiceIdentifier<Parts[Place]> };

type Bind = <T>(identifier: ServiceIdentifier<T>) => BindToFluentSyntax<T>;

/** A row of the wiring: binds a class to the parts of its constructor. */
export type Wired = (bind: Bind) => void;

export const wire = <Parts extends unknown[], Instance>(
  part: new (...parts: Parts) => Instance,
  ...tokens: Tokens<NoInfer<Parts>>
): Wired => wireAs(part as Newable<Instance>, part, ...tokens);

/** For a port, or for one of several instances of a class: `identifier` names it. */
export const wireAs = <Parts extends unknown[], Instance>(
  identifier: ServiceIdentifier<NoInfer<Instance>>,
  part: new (...parts: Parts) => Instance,
  ...tokens: Tokens<NoInfer<Parts>>
): Wired => {
  const make = (...parts: unknown[]) => new part(...(parts as Parts));
  return (bind) => {
    bind(identifier).toResolvedValue(make, [...(tokens as ServiceIdentifier[])]);
  };
};

export const wiring = (...rows: readonly Wired[]): ContainerModule =>
  new ContainerModule(({ bind }) => {
    for (const row of rows) row(bind);
  });
