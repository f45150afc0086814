import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The protobuf message of an event, as text. */
export interface Payload {
  /** `viernes.video.v1` */
  readonly package: string;
  /** `Published` */
  readonly name: string;
  /** The definition of the message. */
  readonly message: string;
  /** The imports that the message needs. */
  readonly imports: readonly string[];
}

const PROTO = join(import.meta.dirname, '..', '..', 'proto');
const PACKAGE = /^package ([\w.]+);$/m;
const IMPORT = /^import "([\w./]+)\/(\w+)\.proto";$/gm;
/** A message whose comment starts with this sentence. */
const MESSAGE =
  /^\/\/ Payload of the event type (viernes\.[a-z]+\.[a-z-]+\.v\d+)\.(?: .*)?\n(?:\/\/ .*\n)*(message (\w+) \{(?:\}|[^]*?^\}))/gm;

/** Reads the payloads of `libs/contracts/proto`, by event type. */
export function readPayloads(): ReadonlyMap<string, Payload> {
  const paths = globSync('**/*.proto', { cwd: PROTO });
  return new Map(paths.flatMap((path) => findPayloads(readFileSync(join(PROTO, path), 'utf8'))));
}

function findPayloads(proto: string): [string, Payload][] {
  const [, packageName = ''] = PACKAGE.exec(proto) ?? [];
  const imports = [...proto.matchAll(IMPORT)];
  return [...proto.matchAll(MESSAGE)].map(([, type = '', message = '', name = '']) => {
    const used = imports.filter(([, folder = '']) => message.includes(` ${folder.replaceAll('/', '.')}.`));
    const payload = {
      package: packageName,
      name,
      message,
      imports: used.map(([, folder, file]) => `${folder}/${file}.proto`),
    };
    return [type, payload];
  });
}

/** @throws Error if no message has the comment of this event type */
export function findPayload(payloads: ReadonlyMap<string, Payload>, type: string): Payload {
  const payload = payloads.get(type);
  if (payload === undefined)
    throw new Error(`libs/contracts/proto: no message has the comment "Payload of the event type ${type}."`);
  return payload;
}

/** Returns a .proto file with only this message, so that a generator can read it without other files of the project. */
export function toProtoFile({ package: packageName, message, imports }: Payload): string {
  const importLines = imports.map((path) => `import "${path}";\n`).join('');
  return `syntax = "proto3";\n\npackage ${packageName};\n\n${importLines}${importLines && '\n'}${message}\n`;
}
