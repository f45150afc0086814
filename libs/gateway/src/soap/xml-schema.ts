import { z } from 'zod';
import { escape, ITEM_NAME } from '../formats/to-xml.js';

/** The members of a JSON Schema by zod that XML Schema can express. */
interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string;
  readonly format?: string;
  readonly enum?: readonly string[];
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly $defs?: Readonly<Record<string, JsonSchema>>;
}

/** An element of a message. */
export interface MessageElement {
  readonly name: string;
  readonly schema: z.ZodObject;
}

const STRING_TYPES: Readonly<Record<string, string>> = { 'date-time': 'xsd:dateTime', date: 'xsd:date' };
const SCALAR_TYPES: Readonly<Record<string, string>> = {
  integer: 'xsd:long',
  number: 'xsd:double',
  boolean: 'xsd:boolean',
};

/** Describes JSON as `toXml` writes it: an XML Schema with one element per message. Schemas with a name become types. */
export function toXmlSchema(namespace: string, elements: readonly MessageElement[]): string {
  const types = new Map<string, string>();
  const written = elements.map(({ name, schema }) => {
    const json = z.toJSONSchema(schema, { unrepresentable: 'any' }) as JsonSchema;
    for (const [id, definition] of Object.entries(json.$defs ?? {})) types.set(id, toNamedType(id, definition));
    return `<xsd:element name="${name}">${toType(json)}</xsd:element>`;
  });
  return [
    `<xsd:schema targetNamespace="${namespace}" xmlns="${namespace}" elementFormDefault="qualified">`,
    ...written,
    ...types.values(),
    '</xsd:schema>',
  ].join('\n');
}

function toNamedType(id: string, definition: JsonSchema): string {
  const type = toType(definition);
  // A named type that equals a built-in one is a restriction of it without facets.
  const simple = /^xsd:/.test(type) ? `<xsd:simpleType><xsd:restriction base="${type}"/></xsd:simpleType>` : type;
  return simple.replace(/^<xsd:(simple|complex)Type>/, `<xsd:$1Type name="${id}">`);
}

/** Returns the name of a type, or an anonymous type. */
function toType(schema: JsonSchema): string {
  const { $ref, type = '', format = '', enum: values, properties, required = [], items } = schema;
  if ($ref !== undefined) return $ref.slice($ref.lastIndexOf('/') + 1);
  if (values) {
    const facets = values.map((value) => `<xsd:enumeration value="${escape(value)}"/>`).join('');
    return `<xsd:simpleType><xsd:restriction base="xsd:string">${facets}</xsd:restriction></xsd:simpleType>`;
  }
  if (items) return toSequence(toElement(ITEM_NAME, items, 'minOccurs="0" maxOccurs="unbounded"'));
  if (properties) {
    const members = Object.entries(properties).map(([name, member]) =>
      toElement(name, member, required.includes(name) ? '' : 'minOccurs="0"'),
    );
    return toSequence(members.join(''));
  }
  return SCALAR_TYPES[type] ?? STRING_TYPES[format] ?? 'xsd:string';
}

function toElement(name: string, schema: JsonSchema, occurrence: string): string {
  const options = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [schema];
  const isNillable = options.length < (schema.anyOf?.length ?? 1);
  const type = toType(options[0] ?? {});
  const start = ['<xsd:element', `name="${name}"`, occurrence, isNillable && 'nillable="true"']
    .filter(Boolean)
    .join(' ');
  return type.startsWith('<') ? `${start}>${type}</xsd:element>` : `${start} type="${type}"/>`;
}

function toSequence(members: string): string {
  return `<xsd:complexType><xsd:sequence>${members}</xsd:sequence></xsd:complexType>`;
}
