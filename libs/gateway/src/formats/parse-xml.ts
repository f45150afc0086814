import { SaxesParser } from 'saxes';
import { XSI_NAMESPACE } from './to-xml.js';

export interface XmlElement {
  readonly name: string;
  readonly isNil: boolean;
  readonly children: XmlElement[];
  text: string;
}

/** The message can be returned to the client. */
export class XmlError extends Error {}

/** Deeper than every schema, and far from the size of the stack. */
const MAX_DEPTH = 32;

const XMLNS_NAMESPACE = 'http://www.w3.org/2000/xmlns/';

/**
 * Parses an XML document to its root element. Document types are rejected, so that no entity can be declared: neither
 * external ones, which read files, nor nested ones, which expand to gigabytes.
 *
 * @throws XmlError
 */
export function parseXml(text: string): XmlElement {
  const parser = new SaxesParser({ xmlns: true, position: false });
  const document: XmlElement = { name: '', isNil: false, children: [], text: '' };
  const open = [document];
  const current = (): XmlElement => open.at(-1) ?? document;
  const appendText = (part: string): void => void (current().text += part);

  parser.on('error', (error) => {
    throw new XmlError('is not well-formed XML', { cause: error });
  });
  parser.on('xmldecl', ({ encoding }) => {
    if (encoding !== undefined && encoding.toLowerCase() !== 'utf-8') throw new XmlError('is not UTF-8');
  });
  parser.on('doctype', () => {
    throw new XmlError('must not contain a document type');
  });
  parser.on('opentag', ({ name, attributes }) => {
    if (open.length > MAX_DEPTH) throw new XmlError(`has more than ${MAX_DEPTH} levels of elements`);
    const declared = Object.values(attributes);
    if (declared.some(({ uri }) => uri !== XMLNS_NAMESPACE && uri !== XSI_NAMESPACE)) {
      throw new XmlError('must not contain attributes, except xsi:nil');
    }
    const nil = declared.find(({ uri, local }) => uri === XSI_NAMESPACE && local === 'nil')?.value;
    const element = { name, isNil: nil === 'true' || nil === '1', children: [], text: '' };
    current().children.push(element);
    open.push(element);
  });
  parser.on('text', appendText);
  parser.on('cdata', appendText);
  parser.on('closetag', () => {
    const element = open.pop();
    if (element && element.children.length > 0 && element.text.trim() !== '') {
      throw new XmlError('must not contain text next to elements');
    }
  });
  parser.write(text).close();
  const [root] = document.children;
  if (!root) throw new XmlError('is not well-formed XML');
  return root;
}
