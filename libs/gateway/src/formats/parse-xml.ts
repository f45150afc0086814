import type { FieldError, FieldErrorReason } from '@viernes/contracts';
import { SaxesParser } from 'saxes';
import { XSI_NAMESPACE } from './to-xml.js';

export interface XmlElement {
  readonly name: string;
  /** The URI of the namespace. Empty without one. */
  readonly uri: string;
  /** The name without its prefix. */
  readonly local: string;
  /** The attributes of the namespaces that the caller passed, by their local names. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly isNil: boolean;
  readonly children: XmlElement[];
  text: string;
}

/** Thrown for a document that is rejected. */
export class XmlError extends Error {
  readonly fieldError: Omit<FieldError, 'path'>;

  constructor(reason: FieldErrorReason, values?: FieldError['values'], options?: ErrorOptions) {
    super(reason, options);
    this.fieldError = { reason, ...(values && { values }) };
  }
}

/** Deeper than every schema, and not deep enough to exhaust the stack. */
const MAX_DEPTH = 32;

const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/**
 * Parses an XML document to its root element. Document types are rejected, so that no entity can be declared: neither
 * external ones, which read files, nor nested ones, which expand to gigabytes.
 *
 * @param namespaces of attributes to return. Namespace declarations and attributes of the `xsi` namespace are accepted
 *   as well, and others are rejected
 * @throws XmlError
 */
export function parseXml(text: string, namespaces: readonly string[] = []): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const document: XmlElement = { name: '', uri: '', local: '', attributes: {}, isNil: false, children: [], text: '' };
  const open = [document];
  const current = (): XmlElement => open.at(-1) ?? document;
  const appendText = (part: string): void => void (current().text += part);

  parser.on('error', (error) => {
    throw new XmlError('notXml', undefined, { cause: error });
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw new XmlError('notUtf8');
  });
  parser.on('doctype', () => {
    throw new XmlError('documentType');
  });
  parser.on('opentag', ({ name, uri, local, attributes }) => {
    if (open.length > MAX_DEPTH) throw new XmlError('nestedElements', { count: MAX_DEPTH });
    const declared = Object.values(attributes);
    const allowed = declared.filter((attribute) => namespaces.includes(attribute.uri));
    const isKnown = (attribute: { uri: string }) =>
      attribute.uri === XMLNS_NAMESPACE || attribute.uri === XSI_NAMESPACE;
    if (declared.some((attribute) => !isKnown(attribute) && !allowed.includes(attribute))) {
      throw new XmlError('attributes');
    }
    const nil = declared.find((attribute) => attribute.uri === XSI_NAMESPACE && attribute.local === 'nil')?.value;
    const named = Object.fromEntries(allowed.map((attribute) => [attribute.local, attribute.value]));
    const element = {
      name,
      uri,
      local,
      attributes: named,
      isNil: nil === 'true' || nil === '1',
      children: [],
      text: '',
    };
    current().children.push(element);
    open.push(element);
  });
  parser.on('text', appendText);
  parser.on('cdata', appendText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element && element.children.length > 0 && element.text.trim() !== '') {
      throw new XmlError('mixedContent');
    }
  });
  parser.write(text).close();
  const [root] = document.children;
  if (!root) throw new XmlError('notXml');
  return root;
}
