import { z } from 'zod';
import { parseXml, XmlError, type XmlElement } from './parse-xml.js';
import { ITEM_NAME, rootNameOf } from './to-xml.js';

/** The types that XML does not express: which elements are arrays, objects, numbers and booleans. */
interface Shape {
  readonly types: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Shape>;
  readonly items: Shape | undefined;
}

/** The members of a JSON Schema from zod that determine a shape. */
interface JsonSchema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
}

const UNKNOWN: Shape = { types: new Set(), properties: new Map(), items: undefined };

/** Assigning these properties can change prototypes. The JSON parser rejects `constructor` only if it has `prototype`. */
const FORBIDDEN_NAMES = ['__proto__', 'constructor'];

/** A decimal or floating-point number of XML Schema, except NaN and INF. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

const shapes = new WeakMap<z.ZodType, Shape>();

/**
 * Converts an XML document to the JSON value that the schema then validates. An element that does not fit the schema
 * becomes a value that does not fit either, so that its error is the same as in JSON.
 *
 * @throws XmlError
 */
export function fromXml(text: string, schema: z.ZodType): unknown {
  const root = parseXml(text);
  const rootName = rootNameOf(schema);
  if (root.name !== rootName) throw new XmlError('rootElement', { name: rootName });
  return toValue(root, shapeOf(schema));
}

/** Converts an element with any name, like `fromXml` converts a document. */
export function fromElement(element: XmlElement, schema: z.ZodType): unknown {
  return toValue(element, shapeOf(schema));
}

function shapeOf(schema: z.ZodType): Shape {
  const known = shapes.get(schema);
  if (known) return known;
  // An empty registry, because named schemas would become references.
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', metadata: z.registry() });
  const shape = toShape(json as JsonSchema);
  shapes.set(schema, shape);
  return shape;
}

function toShape(schema: JsonSchema): Shape {
  if (schema.anyOf) return schema.anyOf.map(toShape).reduce(merge, UNKNOWN);
  return {
    types: new Set([schema.type ?? []].flat()),
    properties: new Map(Object.entries(schema.properties ?? {}).map(([name, member]) => [name, toShape(member)])),
    items: schema.items && toShape(schema.items),
  };
}

function merge(a: Shape, b: Shape): Shape {
  return {
    types: new Set([...a.types, ...b.types]),
    properties: new Map([...a.properties, ...b.properties]),
    items: a.items ?? b.items,
  };
}

function toValue({ isNil, children, text }: XmlElement, { types, properties, items }: Shape): unknown {
  if (isNil) return null;
  const isBlank = text.trim() === '';
  if (types.has('array') && isBlank && children.every(({ name }) => name === ITEM_NAME)) {
    return children.map((child) => toValue(child, items ?? UNKNOWN));
  }
  if (children.length > 0 || (types.has('object') && isBlank)) return toObject(children, properties);
  return toScalar(text, types);
}

function toObject(children: readonly XmlElement[], properties: Shape['properties']): unknown {
  const valuesOf = new Map<string, unknown[]>();
  for (const child of children) {
    const { name } = child;
    if (FORBIDDEN_NAMES.includes(name)) throw new XmlError('forbiddenElement', { name });
    const value = toValue(child, properties.get(name) ?? UNKNOWN);
    const values = valuesOf.get(name);
    if (values) values.push(value);
    else valuesOf.set(name, [value]);
  }
  // A property that occurs more than once is invalid: it becomes an array, which its schema rejects.
  return Object.fromEntries([...valuesOf].map(([name, values]) => [name, values.length === 1 ? values[0] : values]));
}

function toScalar(text: string, types: Shape['types']): unknown {
  if (types.has('string')) return text;
  const trimmed = text.trim();
  if ((types.has('number') || types.has('integer')) && NUMBER.test(trimmed)) return Number(trimmed);
  if (types.has('boolean') && (trimmed === 'true' || trimmed === 'false')) return trimmed === 'true';
  return text;
}
