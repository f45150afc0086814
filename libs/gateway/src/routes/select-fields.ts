import type { FastifyInstance, FastifyRequest } from 'fastify';
import './fastify-augmentation.js';
import { inputOf } from './parse-input.js';
import type { Operation } from './operation.js';
import type { Selection } from './selection.js';

type Resource = Readonly<Record<string, unknown>>;

/** Removes the fields that the client has not selected from the responses of operations with `selectable`. */
export function selectFields(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    const { operation } = route.config ?? {};
    if (operation?.success.selectable) {
      route.preSerialization = (request, _reply, payload, done) => done(null, select(operation, request, payload));
    }
  });
}

function select(operation: Operation, request: FastifyRequest, payload: unknown): unknown {
  const { query, codedError } = request;
  if (codedError || !(query as Selection).fields) return payload;
  const { fields = [], include = [] } = inputOf(operation, request).query as Selection;
  const names = new Set([...fields, ...include]);
  const pick = (resource: Resource): Resource =>
    Object.fromEntries(Object.entries(resource).filter(([name]) => names.has(name)));
  const { list } = operation.success.selectable ?? {};
  if (list === undefined) return pick(payload as Resource);
  const page = payload as Readonly<Record<string, unknown>>;
  return { ...page, [list]: (page[list] as readonly Resource[]).map(pick) };
}
