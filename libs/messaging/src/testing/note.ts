import { BinaryReader, BinaryWriter } from '@bufbuild/protobuf/wire';
import { defineEvent, type EventDefinition } from '@viernes/contracts';

export interface Noted {
  readonly note: string;
  readonly about: string;
}

/** Two strings, in the protobuf format. */
export const Noted = {
  encode: ({ note, about }: Noted, writer = new BinaryWriter()) =>
    writer.uint32(10).string(note).uint32(18).string(about),
  decode(input: BinaryReader | Uint8Array): Noted {
    const reader = input instanceof BinaryReader ? input : new BinaryReader(input);
    const fields = ['', ''];
    while (reader.pos < reader.len) {
      const field = reader.uint32() >>> 3;
      fields[field - 1] = reader.string();
    }
    return { note: fields[0] ?? '', about: fields[1] ?? '' };
  },
};

/** The event of the test service. The key is `about`. */
export function notedEvent(topic: string): EventDefinition<Noted> {
  return defineEvent<Noted>({ type: 'viernes.test.noted.v1', topic, key: ({ about }) => about, codec: Noted });
}
