import { z } from 'zod';
import { escape, PROBLEM_NAMESPACE } from '../formats/to-xml.js';
import type { SoapMethod, SoapService } from './soap-service.js';
import { toXmlSchema } from './xml-schema.js';

const BINDINGS = {
  Soap11: 'http://schemas.xmlsoap.org/wsdl/soap/',
  Soap12: 'http://schemas.xmlsoap.org/wsdl/soap12/',
} as const;

/** The members of problem details that `toProblem` writes. */
const problem = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  instance: z.string(),
  traceId: z.string(),
  errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
});

/** Returns the name of the element with the result of a method. */
export function toResponseName({ name }: Pick<SoapMethod, 'name'>): string {
  return `${name}Response`;
}

/**
 * Describes a service in WSDL 1.1: messages in the document/literal wrapped style, which all tools support, and one binding
 * per SOAP version.
 *
 * @param url at which the client reaches the service
 */
export function writeWsdl({ name, namespace, methods }: SoapService, url: string): string {
  const elements = methods.flatMap((method) => [
    { name: method.name, schema: method.request },
    { name: toResponseName(method), schema: method.response },
  ]);
  // Escaped, because the client chooses the host.
  const location = escape(url).replaceAll('"', '&quot;');
  const versions = Object.keys(BINDINGS) as (keyof typeof BINDINGS)[];
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<wsdl:definitions name="${name}" targetNamespace="${namespace}" xmlns:tns="${namespace}" xmlns:problem="${PROBLEM_NAMESPACE}"`,
    '  xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:xsd="http://www.w3.org/2001/XMLSchema"',
    `  xmlns:Soap11="${BINDINGS.Soap11}" xmlns:Soap12="${BINDINGS.Soap12}">`,
    '<wsdl:types>',
    toXmlSchema(namespace, elements),
    toXmlSchema(PROBLEM_NAMESPACE, [{ name: 'problem', schema: problem }]),
    '</wsdl:types>',
    ...elements.map((element) => toMessage(element.name, `tns:${element.name}`)),
    toMessage('Problem', 'problem:problem'),
    `<wsdl:portType name="${name}">`,
    ...methods.map(toPortOperation),
    '</wsdl:portType>',
    ...versions.map((version) => toBinding(version, name, methods)),
    `<wsdl:service name="${name}">`,
    ...versions.map((version) =>
      [
        `<wsdl:port name="${name}${version}" binding="tns:${name}${version}">`,
        `<${version}:address location="${location}"/></wsdl:port>`,
      ].join(''),
    ),
    '</wsdl:service>',
    '</wsdl:definitions>',
  ].join('\n');
}

function toMessage(name: string, element: string): string {
  return `<wsdl:message name="${name}"><wsdl:part name="parameters" element="${element}"/></wsdl:message>`;
}

function toPortOperation(method: SoapMethod): string {
  return [
    `<wsdl:operation name="${method.name}"><wsdl:documentation>${method.operation.summary}</wsdl:documentation>`,
    `<wsdl:input message="tns:${method.name}"/><wsdl:output message="tns:${toResponseName(method)}"/>`,
    '<wsdl:fault name="Problem" message="tns:Problem"/></wsdl:operation>',
  ].join('');
}

function toBinding(version: keyof typeof BINDINGS, name: string, methods: readonly SoapMethod[]): string {
  const body = `<${version}:body use="literal"/>`;
  const operations = methods.map((method) =>
    [
      `<wsdl:operation name="${method.name}"><${version}:operation soapAction="" style="document"/>`,
      `<wsdl:input>${body}</wsdl:input><wsdl:output>${body}</wsdl:output>`,
      `<wsdl:fault name="Problem"><${version}:fault name="Problem" use="literal"/></wsdl:fault></wsdl:operation>`,
    ].join(''),
  );
  return [
    `<wsdl:binding name="${name}${version}" type="tns:${name}">`,
    `<${version}:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>`,
    ...operations,
    '</wsdl:binding>',
  ].join('\n');
}
