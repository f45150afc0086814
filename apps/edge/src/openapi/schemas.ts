import { ITEM_NAME } from '@viernes/gateway';
import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Formats that OpenAPI tools support. zod's patterns for them are long and add nothing. */
const KNOWN_FORMATS: readonly unknown[] = ['uuid', 'date-time'];

/** Converts zod schemas to JSON Schema 2020-12, which OpenAPI 3.1 uses unchanged. Schemas with an id become components. */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};

  /** @returns a reference if the schema has an id, otherwise the schema itself */
  add(schema: z.ZodType): JsonSchema {
    // The output variant would forbid additional properties, and responses could never gain a field.
    const options = { io: 'input', override: simplify } as const;
    const {
      $schema: _,
      $defs = {},
      ...json
    } = z.toJSONSchema(schema, options) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    for (const [id, definition] of Object.entries($defs)) this.components[id] = toComponent(definition);
    const id = z.globalRegistry.get(schema)?.id;
    if (id === undefined) return redirectReferences(json);
    // zod 4.6 returns only a reference here when the schema has an id, and the definition in $defs.
    this.components[id] ??= toComponent(json);
    return { $ref: `#/components/schemas/${id}` };
  }
}

function simplify({ jsonSchema }: { jsonSchema: z.core.JSONSchema.BaseSchema }): void {
  if (KNOWN_FORMATS.includes(jsonSchema.format)) delete jsonSchema.pattern;
  const { minimum, maximum } = jsonSchema;
  if (minimum === Number.MIN_SAFE_INTEGER && maximum === Number.MAX_SAFE_INTEGER) {
    delete jsonSchema.minimum;
    delete jsonSchema.maximum;
  }
}

function toComponent(definition: JsonSchema): JsonSchema {
  const { id: _, ...component } = redirectReferences(definition);
  return JSON.parse(JSON.stringify(component), describeXml) as JsonSchema;
}

/** Describes arrays in XML. For everything else, the defaults of OpenAPI apply. */
function describeXml(_name: string, value: unknown): unknown {
  const { type, items } = (value ?? {}) as { type?: unknown; items?: object };
  if (type !== 'array' || !items) return value;
  return { ...(value as JsonSchema), xml: { wrapped: true }, items: { ...items, xml: { name: ITEM_NAME } } };
}

function redirectReferences(json: JsonSchema): JsonSchema {
  return JSON.parse(JSON.stringify(json).replaceAll('"$ref":"#/$defs/', '"$ref":"#/components/schemas/')) as JsonSchema;
}
