/** The same object with some of its methods replaced. */
export const overrideMethods = <T extends object>(original: T, changes: Partial<T>): T =>
  new Proxy(original, {
    get(target, name) {
      const owner = Object.hasOwn(changes, name) ? changes : target;
      const value = Reflect.get(owner, name) as unknown;
      return typeof value === 'function' ? value.bind(owner) : value;
    },
  });
