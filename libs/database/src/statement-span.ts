import { SpanKind, type SpanDescription } from '@viernes/platform';

const MAX_TEXT_LENGTH = 1_000;

/** Literals of statements that do not pass them as parameters. */
const LITERALS = /'(?:[^']|'')*'/g;

/**
 * Describes the span of a statement: its first word, and its text without literals. Parameters can be personal data.
 *
 * @param statement text, or a named statement of pg
 * @see OpenTelemetry semantic conventions for PostgreSQL
 */
export function describeStatement(statement: string | { readonly text: string }): SpanDescription {
  const text = typeof statement === 'string' ? statement : statement.text;
  const [operation = 'QUERY'] = /[A-Za-z]+/.exec(text) ?? [];
  const attributes = {
    'db.system.name': 'postgresql',
    'db.operation.name': operation.toUpperCase(),
    'db.query.text': text.replaceAll(LITERALS, '?').replaceAll(/\s+/g, ' ').trim().slice(0, MAX_TEXT_LENGTH),
  };
  return { name: `postgresql ${operation.toUpperCase()}`, kind: SpanKind.CLIENT, attributes };
}
