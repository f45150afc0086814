import { z } from 'zod';

interface Node {
  readonly $ref?: string | undefined;
  readonly type?: string | readonly string[] | undefined;
  readonly properties?: Readonly<Record<string, Node>> | undefined;
  readonly additionalProperties?: boolean | Node | undefined;
  readonly required?: readonly string[] | undefined;
  readonly items?: Node | undefined;
  readonly definitions?: Readonly<Record<string, Node>> | undefined;
}

const node: z.ZodType<Node> = z.lazy(() =>
  z.looseObject({
    $ref: z.string().optional(),
    type: z.union([z.string(), z.array(z.string())]).optional(),
    properties: z.record(z.string(), node).optional(),
    additionalProperties: z.union([z.boolean(), node]).optional(),
    required: z.array(z.string()).optional(),
    items: node.optional(),
    definitions: z.record(z.string(), node).optional(),
  }),
);

// Helm hands it to each chart that is part of another: nobody writes it into values.yaml.
const GIVEN_BY_HELM = 'global';

/** What a JSON schema (draft 7) says about the paths of a values.yaml. */
export class SchemaPaths {
  private readonly root: Node;

  /** @throws ZodError when it is no JSON schema */
  constructor(schema: unknown) {
    this.root = node.parse(schema);
  }

  /** Whether the object at this path is one value: its keys are free, or none of them must be there. */
  isWhole(path: string): boolean {
    const found = path.split('.').reduce<Node | undefined>((at, key) => this.resolve(at)?.properties?.[key], this.root);
    const here = this.resolve(found);
    return here?.properties === undefined || here.required === undefined;
  }

  /** Paths of all values, as readValues finds them in a values.yaml. */
  leaves(): readonly string[] {
    const found: string[] = [];
    const walk = (at: Node, above: string) => {
      for (const [key, property] of Object.entries(this.resolve(at)?.properties ?? {})) {
        const path = above === '' ? key : `${above}.${key}`;
        if (path === GIVEN_BY_HELM) continue;
        if (this.isWhole(path)) found.push(path);
        else walk(property, path);
      }
    };
    walk(this.root, '');
    return found;
  }

  /** Places where a misspelt name would pass: objects that are neither closed nor maps of typed values. */
  openObjects(): readonly string[] {
    const found: string[] = [];
    const walk = (at: Node, place: string) => {
      const isClosed = at.additionalProperties === false || typeof at.additionalProperties === 'object';
      if (at.type === 'object' && !isClosed) found.push(place);
      for (const [key, property] of Object.entries(at.properties ?? {})) walk(property, `${place}/${key}`);
      for (const [key, definition] of Object.entries(at.definitions ?? {})) walk(definition, `#/definitions/${key}`);
      if (at.items !== undefined) walk(at.items, `${place}[]`);
      if (typeof at.additionalProperties === 'object') walk(at.additionalProperties, `${place}/*`);
    };
    walk(this.root, '');
    return found;
  }

  private resolve(at: Node | undefined): Node | undefined {
    const name = at?.$ref?.replace('#/definitions/', '');
    return name === undefined ? at : this.root.definitions?.[name];
  }
}

/** What is in one list and not in the other, as sentences. */
export function drift(inValues: readonly string[], inSchema: readonly string[]): readonly string[] {
  return [
    ...inValues.filter((path) => !inSchema.includes(path)).map((path) => `values.schema.json does not know ${path}`),
    ...inSchema.filter((path) => !inValues.includes(path)).map((path) => `values.yaml does not have ${path}`),
  ];
}
