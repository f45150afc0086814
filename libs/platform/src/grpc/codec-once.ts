interface SerializedMethod {
  readonly responseSerialize: (response: never) => Buffer;
}

/**
 * Returns the definition of a method whose controller returns the same object to many calls: each object is serialized
 * once. The controller must not change an object that it has returned.
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

interface DeserializedMethod {
  readonly responseDeserialize: (bytes: Buffer) => unknown;
}

/**
 * Returns the definition of a method whose responses are mostly equal to the previous one: its callers receive the same
 * object until other bytes arrive. They must not change it.
 */
export function deserializeOnce<Method extends DeserializedMethod>(method: Method): Method {
  let latest: { readonly bytes: Buffer; readonly response: unknown } | undefined;
  return {
    ...method,
    responseDeserialize: (bytes: Buffer) => {
      if (!latest?.bytes.equals(bytes)) latest = { bytes, response: method.responseDeserialize(bytes) };
      return latest.response;
    },
  };
}
