import type { FastifyReply } from 'fastify';

/** Adds the name of a request header that selects the response to `Vary`. */
export function addVary(reply: FastifyReply, name: string): void {
  const vary = String(reply.getHeader('vary') ?? '');
  const names = vary.toLowerCase().split(/\s*,\s*/);
  if (names.includes('*') || names.includes(name.toLowerCase())) return;
  reply.header('vary', vary === '' ? name : `${vary}, ${name}`);
}
