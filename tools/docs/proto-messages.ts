import { execa } from 'execa';
import { WORKSPACE } from '../workspace.ts';

export interface PayloadField {
  readonly name: string;
  readonly type: string;
  readonly comment: string;
}

/** Payload fields by event type. */
export type Payloads = ReadonlyMap<string, readonly PayloadField[]>;

interface FieldDescriptor {
  readonly jsonName: string;
  readonly type: string;
  readonly typeName?: string;
  readonly label: string;
  readonly proto3Optional?: boolean;
}

interface FileDescriptor {
  readonly messageType?: readonly { readonly field?: readonly FieldDescriptor[] }[];
  readonly sourceCodeInfo?: { readonly location: readonly Location[] };
}

interface Location {
  readonly path?: readonly number[];
  readonly leadingComments?: string;
}

/** Field numbers in descriptor.proto: messages of a file, and fields of a message. */
const MESSAGES = 4;
const FIELDS = 2;
const EVENT_TYPE = /^viernes\.[a-z]+\.[a-z-]+\.v\d+$/;

/** Reads the messages whose comment is an event type. */
export async function readPayloads(): Promise<Payloads> {
  const { stdout } = await execa('buf', ['build', 'libs/contracts', '-o', '-#format=json'], {
    cwd: WORKSPACE,
    preferLocal: true,
  });
  const { file } = JSON.parse(stdout) as { file: readonly FileDescriptor[] };
  return new Map(file.flatMap(toPayloads));
}

function toPayloads({ messageType = [], sourceCodeInfo }: FileDescriptor): [string, PayloadField[]][] {
  const comments = new Map(
    sourceCodeInfo?.location.map(({ path = [], leadingComments = '' }) => [path.join('.'), leadingComments]),
  );
  return messageType.flatMap(({ field = [] }, message) => {
    const [type = ''] = (comments.get(`${MESSAGES}.${message}`) ?? '').trim().split(/\s/);
    if (!EVENT_TYPE.test(type)) return [];
    const fields = field.map((descriptor, index) => ({
      name: descriptor.jsonName,
      type: toType(descriptor),
      comment: (comments.get(`${MESSAGES}.${message}.${FIELDS}.${index}`) ?? '').trim().replaceAll(/\s+/g, ' '),
    }));
    return [[type, fields]];
  });
}

function toType({ type, typeName, label, proto3Optional }: FieldDescriptor): string {
  const name = typeName === undefined ? type.replace('TYPE_', '').toLowerCase() : (typeName.split('.').at(-1) ?? '');
  if (label === 'LABEL_REPEATED') return `repeated ${name}`;
  return proto3Optional ? `optional ${name}` : name;
}
