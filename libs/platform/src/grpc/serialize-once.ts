interface SerializedMethod {
  readonly responseSerialize: (response: never) => Buffer;
}

/**
 * Returns the definition of a method whose controller returns the same object to many calls: each object is serialized once.
 * The controller must not change an object that it has returned.
 */
export function serializeOnce<Method extends SerializedMethod>(method: Method): Method {
  const serialized = new WeakMap<object, Buffer>();
  return {
    ...method,
    responseSerialize: (response: never) => {
      const known = serialized.get(response);
      if (known) return known;
      const bytes = method.responseSerialize(response);
      serialized.set(response, bytes);
      return bytes;
    },
  };
}
