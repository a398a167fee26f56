/** What languages and libraries look for on any object. */
const ALWAYS_ALLOWED = new Set(['then', 'toJSON', 'asymmetricMatch', 'nodeType', 'inspect', 'domain']);

/** The object, but reading a member it does not have throws instead of giving undefined. */
export function strict<Target extends object>(name: string, target: Target): Target {
  return new Proxy(target, {
    get: (object, member) => {
      if (typeof member === 'string' && !(member in object) && !ALWAYS_ALLOWED.has(member)) {
        throw new Error(`The double of electron has no ${name}.${member}`);
      }
      const value = Reflect.get(object, member, object);
      return typeof value === 'function' ? value.bind(object) : value;
    },
  });
}

export interface DoubledEvent {
  defaultPrevented: boolean;
  preventDefault(): void;
}

export function makeEvent<Facts extends object>(facts: Facts): Facts & DoubledEvent {
  const event = {
    ...facts,
    defaultPrevented: false,
    preventDefault: () => {
      event.defaultPrevented = true;
    },
  };
  return event;
}
