type Schema = Readonly<Record<string, unknown>>;

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null;
}

/**
 * Returns the objects of a JSON schema that accept unknown properties of any type. A typing error there would not be rejected.
 *
 * @param path JSON pointer of the schema
 */
export function findOpenObjects(schema: unknown, path = ''): readonly string[] {
  if (!isSchema(schema)) return [];
  const isOpen =
    schema['type'] === 'object' &&
    schema['additionalProperties'] !== false &&
    !isSchema(schema['additionalProperties']);
  const nested = Object.entries(schema).flatMap(([key, value]) => findOpenObjects(value, `${path}/${key}`));
  return isOpen ? [path, ...nested] : nested;
}
