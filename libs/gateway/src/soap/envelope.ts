import { ERRORS } from '@viernes/contracts';
import { toBodyError, withBodyError } from '../formats/body-error.js';
import { parseXml, type XmlElement } from '../formats/parse-xml.js';
import { escape, PROBLEM_NAMESPACE, toElement } from '../formats/to-xml.js';
import type { Problem } from '../problems/problem.js';

/** The differences between SOAP 1.1 and SOAP 1.2. */
export interface SoapVersion {
  /** The XML namespace of the envelope. */
  readonly envelope: string;
  readonly contentType: string;
  /** The fault code for errors of the client. */
  readonly client: string;
  /** The fault code for errors of the platform. */
  readonly server: string;
}

export const SOAP_11: SoapVersion = {
  envelope: 'http://schemas.xmlsoap.org/soap/envelope/',
  contentType: 'text/xml',
  client: 'Client',
  server: 'Server',
};

export const SOAP_12: SoapVersion = {
  envelope: 'http://www.w3.org/2003/05/soap-envelope',
  contentType: 'application/soap+xml',
  client: 'Sender',
  server: 'Receiver',
};

const VERSIONS = [SOAP_11, SOAP_12];
const NAMESPACES = VERSIONS.map(({ envelope }) => envelope);

/** An error for which SOAP defines a separate fault code. */
export class SoapError extends Error {
  constructor(
    readonly faultCode: 'VersionMismatch' | 'MustUnderstand',
    readonly version: SoapVersion,
  ) {
    super(faultCode);
  }
}

export interface SoapRequest {
  readonly version: SoapVersion;
  /** The element of the method. Neither its name nor the names of its descendants have prefixes. */
  readonly body: XmlElement;
}

/**
 * Reads the envelope of a request. Ignores its headers, except those that the client marks with `mustUnderstand`.
 *
 * @throws CodedError REQUEST_INVALID
 * @throws SoapError
 */
export function readEnvelope(text: string): SoapRequest {
  const envelope = withBodyError(() => parseXml(text, NAMESPACES));
  const version = VERSIONS.find(({ envelope: uri }) => uri === envelope.uri);
  if (!version || envelope.local !== 'Envelope') throw new SoapError('VersionMismatch', SOAP_11);
  const find = (local: string) =>
    envelope.children.find((child) => child.uri === version.envelope && child.local === local);
  const headers = find('Header')?.children ?? [];
  if (headers.some(({ attributes: { mustUnderstand = '' } }) => ['1', 'true'].includes(mustUnderstand))) {
    throw new SoapError('MustUnderstand', version);
  }
  const [body, ...others] = find('Body')?.children ?? [];
  if (!body || others.length > 0) throw toBodyError({ reason: 'rootElement', values: { name: 'Body' } });
  return { version, body: withoutPrefixes(body) };
}

export function writeEnvelope({ envelope }: SoapVersion, body: string): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<soap:Envelope xmlns:soap="${envelope}"><soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/**
 * Writes a fault. Its detail is the problem, in the XML format of the HTTP API.
 *
 * @param language of the title of the problem
 */
export function writeFault(version: SoapVersion, problem: Problem, language: string, faultCode: string): string {
  const detail = toElement('problem', problem, ` xmlns="${PROBLEM_NAMESPACE}"`);
  const text = escape(problem.title);
  const fault =
    version === SOAP_11
      ? `<faultcode>soap:${faultCode}</faultcode><faultstring>${text}</faultstring><detail>${detail}</detail>`
      : [
          `<soap:Code><soap:Value>soap:${faultCode}</soap:Value></soap:Code>`,
          `<soap:Reason><soap:Text xml:lang="${language}">${text}</soap:Text></soap:Reason><soap:Detail>${detail}</soap:Detail>`,
        ].join('');
  return writeEnvelope(version, `<soap:Fault>${fault}</soap:Fault>`);
}

/**
 * Returns the HTTP status of a fault. SOAP 1.1 defines only 500 (section 6.2). SOAP 1.2 defines 400 for the code of
 * client errors, and 500 for the others (part 2, table 20). The problem contains the status of the HTTP API.
 */
export function toFaultStatus(version: SoapVersion, faultCode: string): number {
  return version === SOAP_12 && faultCode === version.client ? 400 : 500;
}

/** Returns the fault code of a problem that is not an error of SOAP itself. */
export function toFaultCode({ client, server }: SoapVersion, { code }: Problem): string {
  return ERRORS[code].http < 500 ? client : server;
}

function withoutPrefixes(element: XmlElement): XmlElement {
  return { ...element, name: element.local, children: element.children.map(withoutPrefixes) };
}
