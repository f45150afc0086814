import { z } from 'zod';

/** The parameters by which a client selects the content of the resources in a response. */
export interface Selection {
  readonly fields?: readonly string[] | undefined;
  readonly include?: readonly string[] | undefined;
}

/** Names the list of resources in a response. Without a list, the response is the resource. */
export interface SelectableResponse {
  readonly list?: string;
}

/**
 * Returns the query parameters of an operation whose response has `selectable`.
 *
 * @param resource its optional fields are returned only if they are included
 * @param included the fields that clients can include. The handler adds them
 */
export function selectionQuery<const Included extends string>(resource: z.ZodObject, included: readonly Included[]) {
  const fields = listFields(resource);
  return {
    fields: commaSeparated(fields).describe(
      'Returns only these fields. A representation with some of the fields has its own entity tag.',
    ),
    include: commaSeparated(included).describe('Returns these fields, too'),
  };
}

/** Returns the schema of a response with some of the fields. */
export function toSparseSchema(response: z.ZodObject, { list }: SelectableResponse): z.ZodObject {
  if (list === undefined) return nameLike(response, response.partial());
  const { element: resource } = response.shape[list] as z.ZodArray<z.ZodObject>;
  return nameLike(response, response.extend({ [list]: z.array(nameLike(resource, resource.partial())) }));
}

/** A parameter with several values: `fields=id,name`. Clients can also repeat it. */
function commaSeparated<const Value extends string>(values: readonly Value[]) {
  const split = (text: unknown): unknown => (text === undefined ? undefined : String(text).split(','));
  return z.preprocess(split, z.array(z.enum(values)).min(1).max(values.length).optional()).meta({ explode: false });
}

function listFields({ shape }: z.ZodObject): string[] {
  return Object.entries(shape).flatMap(([name, field]) => (field instanceof z.ZodOptional ? [] : [name]));
}

/** Names the schema of a sparse response. Its XML has the root element of the complete schema. */
function nameLike(complete: z.ZodObject, sparse: z.ZodObject): z.ZodObject {
  const name = z.globalRegistry.get(complete)?.id ?? '';
  return sparse.meta({ id: `Sparse${name}`, xml: { name } });
}
