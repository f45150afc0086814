export interface OpenApiDocument {
  readonly components: { readonly schemas: Readonly<Record<string, object>> };
  readonly paths: Readonly<Record<string, Readonly<Record<string, DescribedOperation>>>>;
}

interface DescribedOperation {
  readonly parameters?: readonly { readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
}

export const XML_TYPE = 'application/xml';

/** Returns the document without request bodies in XML. */
export function withoutXmlBodies(document: OpenApiDocument): OpenApiDocument {
  return mapOperations(document, (operation) => [selectTypes(operation, (type) => type !== XML_TYPE)]);
}

/**
 * Returns the document without idempotency keys: Schemathesis sends different requests with the same one, which are rejected
 * although each of them is valid.
 */
export function withoutIdempotencyKeys(document: OpenApiDocument): OpenApiDocument {
  return mapOperations(document, ({ parameters = [], ...operation }) => [
    { ...operation, parameters: parameters.filter(({ name }) => name !== 'Idempotency-Key') },
  ]);
}

/**
 * Returns the operations that accept XML, with no other request body. The names of the root elements are explicit, because
 * Schemathesis omits `Input` at the end of a name.
 */
export function onlyXmlBodies(document: OpenApiDocument): OpenApiDocument {
  const schemas = Object.fromEntries(
    Object.entries(document.components.schemas).map(([name, schema]) => [name, { xml: { name }, ...schema }]),
  );
  return mapOperations({ ...document, components: { ...document.components, schemas } }, (operation) =>
    operation.requestBody?.content[XML_TYPE] ? [selectTypes(operation, (type) => type === XML_TYPE)] : [],
  );
}

function selectTypes(operation: DescribedOperation, isSelected: (type: string) => boolean): DescribedOperation {
  const { requestBody } = operation;
  if (!requestBody) return operation;
  const content = Object.fromEntries(Object.entries(requestBody.content).filter(([type]) => isSelected(type)));
  return { ...operation, requestBody: { ...requestBody, content } };
}

function mapOperations(
  document: OpenApiDocument,
  map: (operation: DescribedOperation) => readonly DescribedOperation[],
): OpenApiDocument {
  const paths = Object.entries(document.paths).map(([path, operations]) => [
    path,
    Object.fromEntries(
      Object.entries(operations).flatMap(([method, operation]) => map(operation).map((mapped) => [method, mapped])),
    ),
  ]);
  return { ...document, paths: Object.fromEntries(paths) as OpenApiDocument['paths'] };
}
