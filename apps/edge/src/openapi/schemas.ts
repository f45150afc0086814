import { z } from 'zod';

export type JsonSchema = Record<string, unknown>;

/** Turns zod schemas into JSON Schema 2020-12, which OpenAPI 3.1 takes as it is. Schemas with an id become components. */
export class Schemas {
  readonly components: Record<string, JsonSchema> = {};

  /** The schema itself, or a reference where it has an id. */
  add(schema: z.ZodType): JsonSchema {
    // As input: an answer may gain fields, so nothing forbids others than those named here unless the schema itself does.
    const {
      $schema: _,
      $defs = {},
      ...json
    } = z.toJSONSchema(schema, { io: 'input' }) as JsonSchema & {
      $defs?: Record<string, JsonSchema>;
    };
    for (const [id, definition] of Object.entries($defs)) this.components[id] = this.rewrite(definition, id);
    const id = z.globalRegistry.get(schema)?.id;
    if (id === undefined) return this.rewrite(json);
    // zod 4.6 returns only a reference here when the schema has an id, and the definition in $defs.
    this.components[id] ??= this.rewrite(json, id);
    return { $ref: `#/components/schemas/${id}` };
  }

  private rewrite(json: JsonSchema, id?: string): JsonSchema {
    const text = JSON.stringify(json, (key, value: unknown) => {
      if (key === '$ref' && typeof value === 'string') return value.replace('#/$defs/', '#/components/schemas/');
      return value;
    });
    const { id: _, ...rest } = JSON.parse(text) as JsonSchema;
    return id === undefined ? (JSON.parse(text) as JsonSchema) : rest;
  }
}
