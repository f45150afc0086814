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
/** A message whose comment is an event type. */
const MESSAGE = /^\/\/ (viernes\.[a-z]+\.[a-z-]+\.v\d+)\n(message (\w+) \{(?:\}|[^]*?^\}))/gm;

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

/** @throws Error if no message has the event type as its comment */
export function findPayload(payloads: ReadonlyMap<string, Payload>, type: string): Payload {
  const payload = payloads.get(type);
  if (payload === undefined) throw new Error(`${type}: no message of libs/contracts/proto has it as its comment`);
  return payload;
}

/** Returns a .proto file with only this message, so that a generator can read it without other files of the project. */
export function toProtoFile({ package: packageName, message, imports }: Payload): string {
  const importLines = imports.map((path) => `import "${path}";\n`).join('');
  return `syntax = "proto3";\n\npackage ${packageName};\n\n${importLines}${importLines && '\n'}${message}\n`;
}
